#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores the syntax layer against Universal Dependencies: score_syntax.py SHARED PRINT_SYNTAX [--errors RELATION]

Makes raw text of GUM's open part (SHARED/data/gum), runs PRINT_SYNTAX (build/release/tools/syntax/print_syntax) on it, tags and
sentences included, and prints precision, recall and F1 of dev and train. A phrase is right where the annotated head is
in it.

  subject       clauses with a subject of their own: nsubj, nsubj:pass, nsubj:outer and expl of a verb or a copula. "There is X": there
  object        obj
  apposition    appos between two nouns
  coordination  conj between two nouns; the layer pairs neighbours
  extent        of a clause: all words under its verb, but those of clauses coordinated with it; with the same first and
                last word, punctuation apart. Clauses are verbs, and nouns and adjectives with a copula

--errors prints what is missing (-) or wrong (+) of one relation in dev.
"""
import argparse, gzip, json, os, subprocess, sys, tempfile

NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "DET", "SYM", "X"}
CLAUSAL = {"conj", "parataxis"}


def documents(path):
    """Yields (id, text, sentences); a sentence is a list of words {form, upos, head, rel, begin, end}."""
    name, text, sentences = None, "", []
    words, break_ = [], ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id = "):
                if name:
                    yield name, text, sentences
                name, text, sentences, break_ = line.split(" = ")[1].strip(), "", [], ""
            elif line.startswith("# newpar_block") or line.startswith("# newpar"):
                break_ = "\n\n"
            elif line[:1].isdigit():
                words.append(line.rstrip("\n").split("\t"))
            elif not line.strip() and words:
                if text:
                    text = text.rstrip(" ") + (break_ or " ")
                break_ = ""
                sentence, until = [], 0
                for cell in words:
                    if "." in cell[0]:
                        continue
                    misc = cell[9].split("|")
                    if "-" in cell[0]:
                        first, last = map(int, cell[0].split("-"))
                        start, until = len(text), last
                        text += cell[1] + ("" if "SpaceAfter=No" in misc else " ")
                        whole = (start, cell[1])
                        continue
                    number = int(cell[0])
                    if number <= until:   # a part of a word with a clitic: found again by its letters
                        at = whole[0] + (whole[1].find(cell[1]) if whole[1].find(cell[1]) >= 0 else 0)
                        begin, end = at, at + len(cell[1])
                    else:
                        begin, end = len(text), len(text) + len(cell[1])
                        text += cell[1] + ("" if "SpaceAfter=No" in misc else " ")
                    sentence.append({"form": cell[1], "upos": cell[3], "head": int(cell[6]), "rel": cell[7], "begin": begin, "end": end})
                sentences.append(sentence)
                words = []
    if name:
        yield name, text, sentences


def gold_of(sentences):
    """The annotated relations, as pairs of (begin, end) of heads; extents as (verb, first word, last word)."""
    gold = {kind: [] for kind in ("subject", "object", "apposition", "coordination", "extent")}
    for sentence in sentences:
        children = [[] for _ in range(len(sentence) + 1)]
        for i, word in enumerate(sentence):
            children[word["head"]].append(i)
        place = lambda i: (sentence[i]["begin"], sentence[i]["end"])
        def verb_of(i, outer=False):
            cop = [c for c in children[i + 1] if sentence[c]["rel"] == "cop"]
            if sentence[i]["upos"] in ("VERB", "AUX") and not (outer and cop):
                return i
            return (cop[0] if outer else cop[-1]) if cop else None
        for i, word in enumerate(sentence):
            head, rel = word["head"] - 1, word["rel"]
            if head < 0:
                continue
            if rel in ("nsubj", "nsubj:pass", "nsubj:outer", "expl"):
                there = [c for c in children[head + 1] if sentence[c]["rel"] == "expl"]
                verb = verb_of(head, rel == "nsubj:outer")
                if verb is not None and (rel == "expl" or not there):
                    gold["subject"].append((place(verb), place(i)))
            elif rel == "obj" and sentence[head]["upos"] == "VERB":
                gold["object"].append((place(head), place(i)))
            elif rel in ("appos", "conj") and word["upos"] in NOMINAL and sentence[head]["upos"] in NOMINAL and verb_of(i) is None and verb_of(head) is None:
                gold["apposition" if rel == "appos" else "coordination"].append((place(head), place(i)))
        for i, word in enumerate(sentence):
            verb = verb_of(i)
            if verb is None or word["rel"] in ("cop", "aux", "aux:pass", "amod", "compound", "case", "mark", "fixed"):
                continue
            under, stack = [], [i]
            while stack:
                at = stack.pop()
                under.append(at)
                for c in children[at + 1]:
                    if at == i and sentence[c]["rel"] in CLAUSAL and verb_of(c) is not None:
                        continue
                    if at == i and sentence[c]["rel"] in ("cc", "discourse", "punct"):
                        continue
                    stack.append(c)
            under = [j for j in under if sentence[j]["upos"] != "PUNCT"]
            if under:
                gold["extent"].append((place(verb), sentence[min(under)]["begin"], sentence[max(under)]["end"]))
    return gold


def found_of(record):
    found = {kind: [] for kind in ("subject", "object", "apposition", "coordination", "extent")}
    for clause in record["clauses"]:
        if "subject" in clause and not clause["shared"]:
            found["subject"].append((clause["verb"], clause["subject"]))
        if "object" in clause:
            found["object"].append((clause["verb"], clause["object"]))
        found["extent"].append((clause["verb"], clause["extent"]))
    found["apposition"] = record["appositions"]
    found["coordination"] = record["coordinations"]
    return found


def inside(part, whole):
    return whole[0] <= part[0] and part[1] <= whole[1] + 1


def compare(kind, gold, found, text):
    """Returns (right, gold not found, found not in gold)."""
    if kind == "extent":
        trim = lambda s: (s[0] + len(text[s[0]:s[1]]) - len(text[s[0]:s[1]].lstrip(" \n.,;:!?\"'()[]-\u2013\u2014\u201c\u201d\u2019")),
                          s[1] - len(text[s[0]:s[1]]) + len(text[s[0]:s[1]].rstrip(" \n.,;:!?\"'()[]-\u2013\u2014\u201c\u201d\u2019")))
        index = {}
        for n, (verb, extent) in enumerate(found):
            index.setdefault(trim(extent), []).append(n)
        used = set()
        missing = []
        for verb, begin, end in gold:
            hit = [n for n in index.get(trim((begin, end)), []) if n not in used and inside(verb, found[n][0])]
            if hit:
                used.add(hit[0])
            else:
                missing.append((verb, (begin, end)))
        return len(used), missing, [found[n] for n in range(len(found)) if n not in used]
    used, missing = set(), []
    by_place = {}
    for n, pair in enumerate(found):
        for at in range(pair[0][0], pair[0][1] + 1):
            by_place.setdefault(at, []).append(n)
    for pair in gold:
        near = [n for n in by_place.get(pair[0][0], []) if n not in used]
        hit = [n for n in near if inside(pair[0], found[n][0]) and inside(pair[1], found[n][1])]
        if kind == "coordination" and not hit:   # "A, B and C": the layer pairs neighbours, UD all with the first
            hit = [n for n in range(len(found)) if n not in used and inside(pair[1], found[n][1])]
        if hit:
            used.add(hit[0])
        else:
            missing.append(pair)
    return len(used), missing, [found[n] for n in range(len(found)) if n not in used]


def score(path, program, models, errors):
    docs = list(documents(path))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for name, text, _ in docs:
            file.write(json.dumps({"id": name, "text": text}) + "\n")
        file.flush()
        lines = subprocess.run([program, models, file.name], check=True, capture_output=True, text=True).stdout.splitlines()
    totals = {}
    for (name, text, sentences), line in zip(docs, lines):
        gold, found = gold_of(sentences), found_of(json.loads(line))
        for kind in gold:
            right, missing, wrong = compare(kind, gold[kind], found[kind], text)
            total = totals.setdefault(kind, [0, 0, 0])
            total[0] += right
            total[1] += len(gold[kind])
            total[2] += len(found[kind])
            if kind == errors:
                show = lambda pair: " | ".join(text[p[0]:p[1]].replace("\n", " ") for p in pair)
                for sign, pairs in (("-", missing), ("+", wrong)):
                    for pair in pairs:
                        at = min(p[0] for p in pair)
                        print(sign, show(pair), "   ::", text[max(0, at - 60):at + 120].replace("\n", " "))
    return totals


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("shared")
    parser.add_argument("program")
    parser.add_argument("--errors")
    options = parser.parse_args()
    models = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "models")
    print(f"{'':14}" + "".join(f"{part:>8}{'':>17}" for part in ("dev", "train")))
    print(f"{'':14}" + f"{'P':>7}{'R':>7}{'F1':>7}    " * 2)
    parts = [score(os.path.join(options.shared, "data/gum", part + ".conllu.gz"), options.program, models, options.errors if part == "dev" else None)
             for part in ("dev", "train")]
    for kind in parts[0]:
        row = f"{kind:14}"
        for totals in parts:
            right, gold, found = totals[kind]
            row += f"{100 * right / max(1, found):7.1f}{100 * right / max(1, gold):7.1f}{200 * right / max(1, gold + found):7.1f}    "
        print(row)


if __name__ == "__main__":
    main()
