#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Articles of Wikipedia in which both men and women are spoken of, for train_resolve to learn from without answers:

  silver_pronouns.py SHARED > silver.jsonl

{"id", "text", "blind": true}: whom "he" and "she" mean there is known where names tell a man's from a woman's, and what else tells
it is learnt with genders hidden. From SHARED/data/silver (CC BY-SA). Every article that has ten pronouns and four of either sex.
"""
import gzip
import json
import sys

MOST = 4000
MOST_TOKENS = 1500
NO_BLANK_BEFORE = {",", ".", ";", ":", "?", "!", ")", "'s", "’s", "n't", "%", "''", "]"}
NO_BLANK_AFTER = {"(", "$", "``", "[", "£"}
QUOTES = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")"}


def text_of(sentences):
    out = []
    for number, sentence in enumerate(sentences):
        glue = True
        line = ""
        for word in sentence:
            word = QUOTES.get(word, word)
            line += word if glue or word in NO_BLANK_BEFORE or word == "”" else " " + word
            glue = word in NO_BLANK_AFTER or word == "“"
        out.append(line)
        out.append("\n\n" if number % 5 == 4 else " ")
    return "".join(out).strip()


def articles(path):
    sentences, sentence = [], []
    for line in gzip.open(path, "rt", encoding="utf-8"):
        if line.startswith("-DOCSTART-"):
            if sentences:
                yield sentences
            sentences, sentence = [], []
        elif line.strip():
            sentence.append(line.split("\t", 1)[0])
        elif sentence:
            sentences.append(sentence)
            sentence = []
    if sentences:
        yield sentences


def shorten(sentences):
    """The article's beginning, to whole sentences."""
    size = 0
    for number, sentence in enumerate(sentences):
        size += len(sentence)
        if size > MOST_TOKENS:
            return sentences[:number]
    return sentences


def main():
    shared = sys.argv[1]
    written = 0
    for name in ("enwiki_2018plus", "enwiki_core", "simplewiki"):
        for number, sentences in enumerate(articles(f"{shared}/data/silver/{name}.conll.gz")):
            sentences = shorten(sentences)
            words = [word.lower() for sentence in sentences for word in sentence]
            men = sum(words.count(word) for word in ("he", "him", "his"))
            women = sum(words.count(word) for word in ("she", "her"))
            if min(men, women) < 4 or men + women < 10:
                continue
            json.dump({"id": f"{name}-{number}", "text": text_of(sentences), "blind": True}, sys.stdout, ensure_ascii=False)
            print()
            written += 1
            if written == MOST:
                return


if __name__ == "__main__":
    main()
