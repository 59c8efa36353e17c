# SPDX-License-Identifier: Apache-2.0
"""What open text calls people and organisations: "Norish president Una Dell", "Una Dell, a baker," "Una Dell was a baker".

known_roles(SHARED) -> {key of the name: [words, the most frequent first]}, from SHARED/data/silver and SHARED/data/silver_news
(Wikipedia, CC BY-SA). A person's key is made of the first and the last word, an organisation's of all but "the".
"""
import collections
import glob
import gzip

import model_file

NOUNS = {"NN", "NNS", "NNP", "NNPS", "JJ"}
REACH = 7  # words of one description
SEEN = 2  # a name that is met less often is left out
SHARE = 0.0025  # of a name's mentions: words that are rarer are noise
MOST_WORDS = 24
MASK = 0xFFFFFFFFFFFFFFFF


def person_key(first, last):
    """As WordLexicon::find_roles()."""
    return (model_file.hash_lower(first) * 0x9E3779B97F4A7C15 & MASK) ^ model_file.hash_lower(last)


def organisation_key(words):
    key = 0
    for word in words:
        key = (key * 0x9E3779B97F4A7C15 & MASK) ^ model_file.hash_lower(word)
    return key


def sentences(shared):
    paths = sorted(glob.glob(f"{shared}/data/silver/*.conll.gz") + glob.glob(f"{shared}/data/silver_news/*.conll.gz"))
    for path in paths:
        sentence = []
        for line in gzip.open(path, "rt", encoding="utf-8"):
            part = line.rstrip("\n").split("\t")
            if len(part) == 3:
                sentence.append(part)
            elif sentence:
                yield sentence
                sentence = []


def before(sentence, begin):
    """The words of the noun phrase that ends in the name."""
    at = begin
    while at > 0 and begin - at < REACH and not sentence[at - 1][2].endswith("PERSON"):
        word, tag, _ = sentence[at - 1]
        if tag not in NOUNS and word not in ("of", "-"):
            break
        at -= 1
    return [word.lower() for word, tag, _ in sentence[at:begin] if tag in NOUNS]


def after(sentence, end):
    """The words of the apposition or the predicate that follows the name, has an article and ends in a common noun."""
    if end + 1 >= len(sentence) or sentence[end][0].lower() not in (",", "is", "was"):
        return []
    if sentence[end + 1][0].lower() not in ("the", "a", "an"):
        return []
    at = end + 2
    while at < len(sentence) and at - end < REACH + 2 and sentence[at][1] in NOUNS and not sentence[at][2].endswith("PERSON"):
        at += 1
    return [word.lower() for word, _, _ in sentence[end + 2 : at]] if sentence[at - 1][1] == "NN" else []


def names(sentence):
    """(begin, end, type) of every person and organisation."""
    begin = 0
    while begin < len(sentence):
        label = sentence[begin][2]
        end = begin + 1
        while end < len(sentence) and sentence[end][2] == "I-" + label[2:]:
            end += 1
        if label in ("B-PERSON", "B-ORG"):
            yield begin, end, label[2:]
        begin = end


def known_roles(shared):
    seen, roles = collections.Counter(), collections.defaultdict(collections.Counter)
    for sentence in sentences(shared):
        for begin, end, kind in names(sentence):
            words = [row[0] for row in sentence[begin:end]]
            if kind == "PERSON":
                if not 2 <= len(words) <= 4:
                    continue
                key, described = person_key(words[0], words[-1]), before(sentence, begin) + after(sentence, end)
            else:
                words = words[1:] if words[0].lower() == "the" else words
                if not words or len(words) > 8:
                    continue
                key, described = organisation_key(words), after(sentence, end)
            seen[key] += 1
            for word in set(described):
                roles[key][word] += 1
    known = {}
    for key, counts in roles.items():
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS]
        kept = [word for word, n in ranked if n >= SHARE * seen[key] and word.isalpha()]
        if seen[key] >= SEEN and kept:
            known[key] = kept
    return known
