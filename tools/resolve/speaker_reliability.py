#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How often a speaker's name is right, by what found it: the shares of stages/resolve/speaker_confidence.cpp, and how they hold up.

  speaker_reliability.py RECORDS.jsonl SHARED        RECORDS: what `copydesk enrich` makes of SHARED/eval/quotes/input.dev.jsonl

Prints, per stated confidence, in one half of the articles (every second one) and in the other, how many names there are and the share
that is right. Names are compared by SHARED/eval/speakers/eval_speakers.py; a name where no single named one speaks is wrong.
"""
import collections
import json
import sys


def main():
    records, shared = sys.argv[1:3]
    sys.path[:0] = [f"{shared}/eval/speakers", f"{shared}/eval/quotes"]
    from eval_quotes import Doc, match
    from eval_speakers import same

    answers = {}
    for line in open(f"{shared}/eval/speakers/names.dev.tsv", encoding="utf-8"):
        if line.strip():
            article, number, answer = line.rstrip("\n").split("\t")
            answers[article, int(number)] = answer
    predicted = {record["id"]: record for record in map(json.loads, open(records, encoding="utf-8"))}
    counts = collections.defaultdict(lambda: [[0, 0], [0, 0]])
    for n, gold in enumerate(map(json.loads, open(f"{shared}/eval/quotes/gold.dev.jsonl", encoding="utf-8"))):
        doc = Doc(gold["text"])
        quotes = predicted[gold["id"]]["quotes"]
        unnamed = {e["id"] for e in predicted[gold["id"]]["entities"] if e.get("unnamed")}
        pairs = match([doc.tokens(a["content"]) for a in gold["attributions"]], [doc.tokens(q["spans"]) for q in quotes])
        for i, (j, overlap) in pairs.items():
            speaker, answer = quotes[j].get("speaker", {}), answers.get((gold["id"], i), "?")
            if overlap < 0.5 or "confidence" not in speaker or speaker["entity"] in unnamed or answer[0] in "~?":
                continue
            count = counts[round(speaker["confidence"], 2)][n % 2]
            count[0] += 1
            count[1] += answer != "-" and same(answer, speaker["name"])[0]
    print("| stated | names, first half | right | names, second half | right |\n|---|---|---|---|---|")
    for stated, halves in sorted(counts.items()):
        print(f"| {stated:.2f} |" + "".join(f" {n} | {right / n:.2f} |" if n else " 0 | |" for n, right in halves))


if __name__ == "__main__":
    main()
