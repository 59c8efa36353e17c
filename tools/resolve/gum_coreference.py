#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns GUM's CoNLL-U into what train_resolve and resolve_eval read: one JSON object per document.

  gum_coreference.py --conllu train.conllu.gz --reader eval_clusters.py > train.jsonl

{"id", "text", "mentions": [[start, end, [[head start, head end], …], cluster, type, has a name, counts]]}, in bytes. `--reader` is
the scorer's script, whose read() rebuilds the text and the mentions, so that both see the same.
"""
import argparse
import importlib.util
import json
import sys


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--conllu", required=True)
    ap.add_argument("--reader", required=True)
    args = ap.parse_args()
    spec = importlib.util.spec_from_file_location("reader", args.reader)
    reader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reader)
    for doc in reader.read(args.conllu):
        at = [0]
        for c in doc["text"]:
            at.append(at[-1] + len(c.encode()))
        mentions = [[at[m["start"]], at[m["end"]], [[at[s], at[e]] for s, e in m["heads"]], m["cluster"], m["type"], m["name"],
                     m["counts"]] for m in doc["mentions"]]
        json.dump({"id": doc["id"], "text": doc["text"], "mentions": mentions}, sys.stdout, ensure_ascii=False)
        print()


if __name__ == "__main__":
    main()
