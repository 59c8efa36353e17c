#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns GAP's pronouns (Webster et al. 2018, Apache-2.0) into what train_resolve reads beside GUM: one JSON object per text.

  gap_pronouns.py gap-development.tsv > gap.jsonl

{"id", "text", "partial": true, "mentions": as gum_coreference.py writes them}, in bytes: the pronoun and two names. A name that the
pronoun does not mean has a cluster of its own; what else the text holds is unknown, which "partial" says.
"""
import csv
import json
import sys


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            text = row["Text"]

            def mention(column, cluster):
                begin = int(row[f"{column}-offset"])
                span = [len(text[:begin].encode()), len(text[: begin + len(row[column])].encode())]
                return [*span, [span], cluster, "person", column != "Pronoun", True]

            mentions = [mention("Pronoun", "meant")]
            for name in "AB":
                mentions.append(mention(name, "meant" if row[f"{name}-coref"].upper() == "TRUE" else name))
            json.dump({"id": row["ID"], "text": text, "partial": True, "mentions": mentions}, sys.stdout, ensure_ascii=False)
            print()


if __name__ == "__main__":
    main()
