#!/usr/bin/env python3
"""BlingFire's words and sentences, for comparison with tokenize_bench and `segment` (docs/tokenize.md).

  pip install blingfire numpy
  bench/tokenize_blingfire.py speed news.txt          MB of text per CPU second, articles of 5 kB
  bench/tokenize_blingfire.py segment texts.jsonl     {"id", "tokens", "sentences"} a line, as `segment` prints

BlingFire knows no paragraphs: it is given one at a time, which favours it.
"""
import json
import sys
import time

import blingfire


def articles(text):
    begin = 0
    while begin < len(text):
        end = text.find("\n\n", begin + 5000)
        end = len(text) if end < 0 else end
        yield text[begin:end]
        begin = end + 2


def speed(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    pieces = list(articles(text))
    seconds = []
    for _ in range(5):
        start = time.process_time()
        for piece in pieces:
            blingfire.text_to_words(piece)
            blingfire.text_to_sentences(piece)
        seconds.append(time.process_time() - start)
    print(f"BlingFire words and sentences: {len(text.encode()) / min(seconds) / 1e6:.1f} MB/s")


def segment(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            document = json.loads(line)
            tokens, sentences, begin = [], [], 0
            for paragraph in document["text"].split("\n\n"):
                if paragraph.strip():
                    for spans, cut in ((tokens, blingfire.text_to_words_with_offsets),
                                       (sentences, blingfire.text_to_sentences_and_offsets)):
                        spans.extend([begin + first, begin + last] for first, last in cut(paragraph)[1])
                begin += len(paragraph) + 2
            print(json.dumps({"id": document["id"], "tokens": tokens, "sentences": sentences}))


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("speed", "segment"):
        sys.exit(__doc__)
    {"speed": speed, "segment": segment}[sys.argv[1]](sys.argv[2])
