#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rewrites the texts of JSON lines in capitals or lower case; offsets stay true. To measure what case does to names.

    tools/recase.py upper < docs.jsonl > docs_upper.jsonl
"""
import json
import sys

if len(sys.argv) != 2 or sys.argv[1] not in ("upper", "lower"):
    sys.exit(__doc__)
recase = getattr(str, sys.argv[1])
for line in sys.stdin:
    record = json.loads(line)
    # A letter that would become two ("ß") stays as it is.
    record["text"] = "".join(new if len(new := recase(letter)) == 1 else letter for letter in record["text"])
    print(json.dumps(record, ensure_ascii=False))
