#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every source file names its licence in one of its first lines (https://spdx.dev/learn/handling-license-info/). Files that
cannot carry a comment, data, and what a program writes have their licence in REUSE.toml."""
import pathlib
import re
import unittest

from tree import ROOT, tracked

TAG = "SPDX-License-Identifier"  # apart from its value, so that this line is not taken for a tag
LINE = f"{TAG}: Apache-2.0"
# How a comment is written, by suffix, else by name; scripts without either begin with "#!".
COMMENTS = {".cpp": "// {}", ".h": "// {}", ".h.in": "// {}", ".inc": "// {}", ".js": "// {}", ".go": "// {}", ".libsonnet": "// {}",
            ".jsonnet": "// {}", ".css": "/* {} */", ".py": "# {}", ".sh": "# {}", ".cmake": "# {}",
            "CMakeLists.txt": "# {}", "Makefile": "# {}", "Dockerfile": "# {}"}
DATA = re.compile(r"^tests/.*/(golden|corpus|bad)/|^tests/schemas/|^deploy/demo/wire/")
# Written by programs: pipeline/live_page/page/world.txt and REUSE.toml have their licences.
GENERATED = {"pipeline/live_page/page/world.js", "stages/tokenize/code_point_ranges.inc"}


def comment_for(path: str) -> str | None:
    """The line that the file must have; None where it is no source file."""
    if path in GENERATED or DATA.search(path):
        return None
    name = pathlib.PurePath(path).name
    for ending, form in COMMENTS.items():
        if name == ending or (ending.startswith(".") and name.endswith(ending)):
            return form.format(LINE)
    with (ROOT / path).open("rb") as file:
        return f"# {LINE}" if file.read(2) == b"#!" else None


def first_place(lines: list[str]) -> int:
    """The index at which the line belongs: after "#!" and a line that names the encoding (PEP 263)."""
    place = 1 if lines and lines[0].startswith("#!") else 0
    if place < len(lines) and re.match(r"^[ \t\f]*#.*?coding[:=][ \t]*[-_.a-zA-Z0-9]+", lines[place]):
        place += 1
    return place


class Sources(unittest.TestCase):
    def test_each_names_its_licence(self) -> None:
        missing = []
        sources = 0
        for path in tracked():
            wanted = comment_for(path)
            if wanted is not None:
                sources += 1
                lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
                place = first_place(lines)
                if lines[place:place + 1] != [wanted]:
                    missing.append(f"{path}: line {place + 1} should be {wanted!r}")
        self.assertGreater(sources, 500)
        self.assertEqual(missing, [])


if __name__ == "__main__":
    unittest.main()
