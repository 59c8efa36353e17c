#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes stages/tokenize/code_point_ranges.inc: what kind of character each code point is, as ranges.

  tools/make_code_points.py > stages/tokenize/code_point_ranges.inc

Source: the Unicode Character Database as Python's unicodedata brings it (the version stands in the output).
Code points from U+0080 on; what is not listed is a letter without case (also marks, joiners and unassigned ones).
"""
import unicodedata

SPACES = {0x200B, 0x2060, 0xFEFF}  # zero-width space, word joiner, byte order mark


def kind(code_point):
    category = unicodedata.category(chr(code_point))
    if code_point in SPACES or category[0] == "Z" or category == "Cc":
        return "kSpace"
    if 0x1F000 <= code_point <= 0x1FAFF or category[0] == "S":
        return "kSymbol"
    if category in ("Lu", "Lt"):
        return "kUpper"
    if category == "Ll":
        return "kLower"
    if category[0] == "N":
        return "kNumber"
    if category[0] == "P":
        return "kPunct"
    return "kLetter"


def ranges():
    kinds = [kind(c) for c in range(0x110000)]
    c = 0x80
    while c < 0x110000:
        end = c
        while end + 1 < 0x110000 and kinds[end + 1] == kinds[c]:
            end += 1
        cased = ("kUpper", "kLower")
        pairs = c
        if kinds[c] in cased:
            while kinds[pairs + 1] in cased and kinds[pairs + 1] != kinds[pairs]:
                pairs += 1
        if pairs > end + 2:  # capital and small letters in turn
            yield c, pairs, "kEvenUpper" if (kinds[c] == "kUpper") == (c % 2 == 0) else "kOddUpper"
            c = pairs + 1
        else:
            if kinds[c] != "kLetter":
                yield c, end, kinds[c]
            c = end + 1


print(f"// Written by tools/make_code_points.py from Unicode {unicodedata.unidata_version}. Do not edit.")
print("// clang-format off")
line = ""
for first, last, name in ranges():
    item = f"{{0x{first:X},0x{last:X},{name}}},"
    if len(line) + len(item) > 118:
        print(line)
        line = ""
    line += item
print(line)
print("// clang-format on")
