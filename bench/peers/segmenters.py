# SPDX-License-Identifier: Apache-2.0
"""BlingFire and ICU, for bench/peers/run: words and sentences of JSON lines {"id", "text"}.

    segmenters.py blingfire|icu INPUT OUTPUT

Writes {"id", "tokens", "sentences"} with offsets in code points and prints, as JSON, the CPU seconds that one round
over all texts takes. Both are C libraries and timed as such, with buffers made beforehand and no span made in Python.
"""
import ctypes
import ctypes.util
import itertools
import json
import re
import statistics
import sys
import time

ROUNDS = 15


class BlingFire:
    def __init__(self, texts):
        import blingfire
        self.api = blingfire
        self.utf8 = [text.encode() for text in texts]
        room = 2 * max(map(len, self.utf8))
        self.out = ctypes.create_string_buffer(room)
        self.starts, self.ends = ((ctypes.c_int * room)() for _ in range(2))

    def round(self):
        for function in (self.api.blingfire.TextToWordsWithOffsets, self.api.blingfire.TextToSentencesWithOffsets):
            for utf8 in self.utf8:
                function(utf8, len(utf8), self.out, self.starts, self.ends, len(self.out))

    def spans(self, text):
        """By paragraphs, which it does not know itself."""
        for function in (self.api.text_to_words_with_offsets, self.api.text_to_sentences_and_offsets):
            yield [(paragraph.start() + begin, paragraph.start() + end)
                   for paragraph in re.finditer(r"[^\n]*\S[^\n]*", text) for begin, end in function(paragraph.group())[1]]


class Icu:
    WORDS, SENTENCES, DONE = 1, 3, -1

    def __init__(self, texts):
        name = ctypes.util.find_library("icuuc")
        version = re.search(r"\d+$", name).group()
        library = ctypes.CDLL(name)
        self.open, self.set_text, self.next = (getattr(library, f"ubrk_{function}_{version}")
                                               for function in ("open", "setText", "next"))
        self.open.restype = ctypes.c_void_p
        self.open.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
        self.set_text.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
        self.next.argtypes = [ctypes.c_void_p]

    def boundaries(self, kind, text):
        status = ctypes.c_int(0)
        iterator = self.open(kind, b"en_US", None, 0, ctypes.byref(status))
        utf16 = text.encode("utf-16-le") + b"\0\0"
        self.set_text(iterator, utf16, len(utf16) // 2 - 1, ctypes.byref(status))
        if status.value > 0:
            raise RuntimeError(f"ICU error {status.value}")
        points = {unit: point for point, unit in enumerate(
            itertools.accumulate((1 + (ord(letter) > 0xFFFF) for letter in text), initial=0))}
        begin = 0
        while (end := self.next(iterator)) != self.DONE:
            if text[points[begin]:points[end]].strip():
                yield points[begin], points[end]
            begin = end

    def spans(self, text):
        return list(self.boundaries(self.WORDS, text)), list(self.boundaries(self.SENTENCES, text))


def main():
    which, source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    segmenter = {"blingfire": BlingFire, "icu": Icu}[which]([article["text"] for article in articles])
    with open(target, "w", encoding="utf-8") as out:
        for article in articles:
            words, sentences = segmenter.spans(article["text"])
            out.write(json.dumps({"id": article["id"], "tokens": words, "sentences": sentences}) + "\n")
    result = {}
    if hasattr(segmenter, "round"):  # ICU is timed by bench/tokenize_bench
        seconds = []
        for _ in range(ROUNDS):
            begin = time.process_time()
            segmenter.round()
            seconds.append(time.process_time() - begin)
        result["seconds"] = statistics.median(seconds)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
