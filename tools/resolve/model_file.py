# SPDX-License-Identifier: Apache-2.0
"""Writes the layout that stages/model_file.h reads: named sections of plain little-endian numbers, checksummed with XXH3."""
import os
import struct

import xxhash


def write(path, kind, version, sections):
    """`sections`: (name, bytes) in order. Writes beside `path`, then renames."""
    offset = (56 + 40 * len(sections) + 63) // 64 * 64
    table, body = b"", b""
    start = offset
    for name, data in sections:
        table += struct.pack("<24sQQ", name.encode(), start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 64)
    head = struct.pack("<16sII", kind.encode(), version, 0) + table
    head += b"\0" * (offset - 32 - len(head))
    rest = head + body
    with open(f"{path}.new", "wb") as f:
        f.write(b"CPYDESKM" + struct.pack("<IIQQ", 1, len(sections), 32 + len(rest), xxhash.xxh3_64_intdigest(rest)) + rest)
    os.replace(f"{path}.new", path)


def hash_lower(word):
    """As stages/tokenize/hash.h: ASCII folded to lower case, U+2019 to an apostrophe, eight bytes at a time."""
    mask = 0xFFFFFFFFFFFFFFFF
    data = bytes(b + 32 if 65 <= b <= 90 else b for b in word.replace("\u2019", "'").encode())
    h = 0x9AE16A3B2F90404F
    for i in range(0, len(data), 8):
        h = (h ^ int.from_bytes(data[i : i + 8], "little")) * 0x9E3779B97F4A7C15 & mask
        h ^= h >> 32
    h = h * 0x9FB21C651E98DF25 & mask
    return h ^ h >> 32
