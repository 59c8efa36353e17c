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
    """As stages/tokenize/hash.h: FNV-1a of the ASCII-lower-cased bytes, U+2019 as an apostrophe."""
    h = 0xCBF29CE484222325
    for byte in word.replace("\u2019", "'").encode():
        if 65 <= byte <= 90:
            byte += 32
        h = (h ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return h
