#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes models/resolve-lexicon.model: what the resolve stage knows of words before it reads an article.

  make_lexicon.py --shared DIR --out models/resolve-lexicon.model       (needs: pip install numpy names xxhash)

- first names: how often each is a woman's, from the US Census 1990 lists that the PyPI package `names` ships (public
  domain) and the World Gender-Name Dictionary (CC0), and the same per two-letter ending for names that are not on the
  lists;
- nouns: how often each is a person, an organisation, a place: a softmax regression over open word vectors (CC0), fitted
  to the heads of GUM's training mentions (annotations CC BY 4.0) and blended with their counts;
- known names: what Wikipedia text calls people and organisations (known_roles.py).

DIR holds data/first_names, data/gum, data/gazetteers and data/silver. See models/resolve.md.
"""
import argparse
import collections
import csv
import gzip
import importlib.util
import math
import os
import re
import struct
import sys

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import known_roles
import model_file

CLASSES = {"person": 0, "organization": 1, "place": 2}  # everything else: 3
MIN_NOUN_COUNT = 25
L2 = 3e-4
# Percent of a sex's bearers: a name rarer than this says little, above all of people from elsewhere.
RARE = 0.004
# Log odds: of a name in one of the world dictionary's sources, of each further one, and the most that one list can say.
LISTED, PER_SOURCE, SURE = 1.5, 0.5, 4.5
NAME = re.compile(r"[A-Z]+(?:['-][A-Z]+)*")
PRIOR = 6.0  # how many sightings in GUM weigh as much as the regression


def census():
    """Name in lower case -> percent of men, of women who bear it."""
    folder = os.path.dirname(importlib.util.find_spec("names").origin)
    freq = {}
    for sex, column in (("male", 0), ("female", 1)):
        for line in open(os.path.join(folder, f"dist.{sex}.first")):
            name, percent = line.split()[:2]
            freq.setdefault(name.lower(), [0.0, 0.0])[column] = float(percent)
    return freq


def world(shared):
    """Name in lower case -> how many more of the dictionary's sources call it a woman's than a man's."""
    trends = {}
    with open(f"{shared}/data/first_names/wgnd.csv", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if NAME.fullmatch(row["NAME"]):
                trends[row["NAME"].lower()] = int(row["TREND"])
    return trends


def first_names(shared):
    """Name -> share of women, and the same of two-letter endings. The two lists add up as evidence (log odds), so that
    a name which is a woman's in one country and a man's in another one stays open."""
    american, trends = census(), world(shared)
    shares = {}
    endings = collections.defaultdict(lambda: [1.0, 1.0])
    for name in american.keys() | trends.keys():
        odds = 0.0
        if name in american:
            men, women = american[name]
            odds += max(-SURE, min(SURE, math.log((women + RARE / 2) / (men + RARE / 2))))
        trend = trends.get(name, 0)
        if trend != 0:
            odds += math.copysign(min(SURE, LISTED + PER_SOURCE * abs(trend)), trend)
        if abs(trend) > 1 or name in american:
            endings[name[-2:]][odds > 0] += 1
        if odds != 0:
            shares[name] = 1 / (1 + math.exp(-odds))
    return shares, endings


def gum_heads(path):
    """Counts (noun, class) over mentions headed by a common noun."""
    counts = collections.defaultdict(lambda: np.zeros(4))
    sentence = []

    def close():
        stack = []
        for i, row in enumerate(sentence):
            entity = next((x[7:] for x in row[9].split("|") if x.startswith("Entity=")), "")
            for m in re.finditer(r"\(([^()-]+)-([^()]*)|([^()]+)\)|\)", entity):
                if m.group(1):
                    stack.append((m.group(1), m.group(2).split("-")[0], i))
                else:
                    for k in range(len(stack) - 1, -1, -1):
                        if m.group(3) is None or stack[k][0] == m.group(3):
                            name, kind, first = stack.pop(k)
                            head(sentence[first : i + 1], kind)
                            break
        sentence.clear()

    def head(rows, kind):
        ids = {r[0] for r in rows}
        top = next((r for r in rows if r[6] not in ids), rows[-1])
        if top[3] == "NOUN":
            counts[top[1].lower()][CLASSES.get(kind, 3)] += 1

    for line in gzip.open(path, "rt"):
        if line.strip() and not line.startswith("#"):
            row = line.rstrip("\n").split("\t")
            if row[0].isdigit():
                sentence.append(row)
        elif not line.strip():
            close()
    return counts


# Words beside a noun that tell people, organisations, places and things apart.
NEXT = "who said 's of which where that was is has whose in says were told are".split()
PREVIOUS = "by in at his her a an to for with from near as former across outside inside between among against".split()
SUFFIXES = ["man", "men", "er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "ant", "ent", "ee", "ion", "ions", "ity", "ness",
            "ing", "ment", "ship", "ess", "land", "house", "yer", "eer"]


def contexts(shared):
    """noun -> (how often, counts of contexts) over the silver Wikipedia text."""
    size = len(NEXT) + len(PREVIOUS) + 2
    next_of, previous_of = {w: i for i, w in enumerate(NEXT)}, {w: i for i, w in enumerate(PREVIOUS)}
    seen = {}
    before, last, last_noun = "", "", None
    for name in ("simplewiki", "enwiki_core", "enwiki_2018plus"):
        for line in gzip.open(f"{shared}/data/silver/{name}.conll.gz", "rt"):
            part = line.rstrip("\n").split("\t")
            if len(part) < 3:
                before, last, last_noun = "", "", None
                continue
            word, tag, label = part
            word = word.lower()
            if last_noun is not None:
                if label == "B-PERSON":
                    last_noun[-1] += 1
                elif word in next_of:
                    last_noun[next_of[word]] += 1
            last_noun = None
            if tag in ("NN", "NNS") and label == "O":
                row = seen.get(word)
                if row is None:
                    row = seen[word] = [0] * size
                row[-2] += 1
                if last in previous_of:
                    row[len(NEXT) + previous_of[last]] += 1
                if before in previous_of:
                    row[len(NEXT) + previous_of[before]] += 1
                last_noun = row
            before, last = last, word
    return {w: np.array(r, float) for w, r in seen.items() if r[-2] >= MIN_NOUN_COUNT}


def nouns(shared):
    seen = contexts(shared)
    vectors = np.fromfile(f"{shared}/data/gazetteers/word_vectors_pca128.bin", dtype="<f4").reshape(-1, 128)
    vectors = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6)
    row_of, cluster_of = {}, {}
    for line in gzip.open(f"{shared}/data/gazetteers/word_clusters.tsv.gz", "rt"):
        word, row, _, cluster = line.rstrip("\n").split("\t")
        if word not in row_of or word.islower():
            row_of[word.lower()], cluster_of[word.lower()] = int(row), int(cluster)
    counts = gum_heads(f"{shared}/data/gum/train.conllu.gz")

    def features(word):
        near = vectors[row_of[word]] * 2 if word in row_of else np.zeros(128)
        c = seen.get(word)
        beside = np.zeros(len(NEXT) + len(PREVIOUS) + 2)
        if c is not None:
            rates = np.concatenate([c[:-2], c[-1:]]) / (c[-2] + 5)
            beside[: len(rates)] = np.sqrt(rates) * 6
            beside[-1] = 1
        return np.concatenate([near, beside, [word.endswith(s) for s in SUFFIXES], [word.endswith("s"), 1.0]])

    known = [w for w in counts if w in row_of or w in seen]
    x = np.stack([features(w) for w in known])
    y = np.stack([counts[w] / counts[w].sum() for w in known])
    weight = np.sqrt(np.array([counts[w].sum() for w in known]))[:, None]
    w, m, v = (np.zeros((x.shape[1], 4)) for _ in range(3))
    for t in range(1, 1501):  # Adam
        p = np.exp(x @ w)
        p /= p.sum(1, keepdims=True)
        g = x.T @ (weight * (p - y)) / weight.sum() + L2 * w
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w -= 0.03 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    out = {}
    for word in set(seen) | set(counts):
        p = np.exp(features(word) @ w)
        p /= p.sum()
        n = counts[word] if word in counts else np.zeros(4)
        p = (n + PRIOR * p) / (n.sum() + PRIOR)
        out[word] = (p, cluster_of.get(word, 127))
    return out


def table(rows, width):
    rows = sorted(rows)
    return struct.pack(f"<{len(rows)}Q", *(r[0] for r in rows)), b"".join(r[1] for r in rows)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", required=True)
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    shares, endings = first_names(args.shared)
    # Half of each hash will do: of 25,000 other words one passes for a name of the list.
    by_hash = sorted({model_file.hash_lower(n) & 0xFFFFFFFF: round(200 * share) for n, share in shares.items()}.items())
    first = struct.pack(f"<{len(by_hash)}I", *(h for h, _ in by_hash)), bytes(share for _, share in by_hash)
    ending = bytearray([255] * (26 * 26))
    for two, (m, f) in endings.items():
        if len(two) == 2 and two.isascii() and two.isalpha() and m + f > 6:
            ending[(ord(two[0]) - 97) * 26 + ord(two[1]) - 97] = round(200 * f / (m + f))
    lexicon = nouns(args.shared)
    noun = table([(model_file.hash_lower(w), bytes([round(15 * p[0]) | round(15 * p[1]) << 4, round(15 * p[2]), c, 0]))
                  for w, (p, c) in lexicon.items()], 4)
    known = sorted(known_roles.known_roles(args.shared).items())
    begins, words = [0], []
    for _, described in known:
        words += [model_file.hash_lower(word) & 0xFFFFFFFF for word in described]
        begins.append(len(words))
    model_file.write(args.out, "resolve-lexicon", 3, [
        ("first_name", first[0]), ("first_name_female", first[1]), ("ending_female", bytes(ending)),
        ("noun", noun[0]), ("noun_class", noun[1]),
        ("known", struct.pack(f"<{len(known)}Q", *(key for key, _ in known))),
        ("known_begin", struct.pack(f"<{len(begins)}I", *begins)),
        ("known_word", struct.pack(f"<{len(words)}I", *words))])
    best = collections.Counter(int(p.argmax()) for p, _ in lexicon.values())
    print(f"{len(by_hash)} first names, {len(lexicon)} nouns {dict(best)}, {len(known)} known names", file=sys.stderr)
    for word in "leader company city minister spokesman government restaurant officials team talks island farmer bridge".split():
        print(word, *(f"{v:.2f}" for v in lexicon[word][0]), file=sys.stderr)


if __name__ == "__main__":
    main()
