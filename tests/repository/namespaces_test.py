#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A name's namespace is its folder's: what stands in stages/quotes/ is in copydesk::quotes. The tops of `stages/` and `pipeline/`
are copydesk itself. Other namespaces may be opened for forward declarations only. A stage's class is in x_stage.h."""
import pathlib
import re
import unittest

from tree import ROOT, tracked

OPENED = re.compile(r"^namespace copydesk((?:::\w+)*) \{$\n(.*?)^\}", re.MULTILINE | re.DOTALL)
FORWARD = re.compile(r"^(?:class|struct|enum class) \w+[^;{]*;$")
STAGE = re.compile(r"^class (\w+)Stage\b", re.MULTILINE)


def wanted(path: pathlib.PurePath) -> str | None:
    """The namespace of a file, without copydesk; None where the rule does not hold."""
    top, *folders = path.parts[:-1]
    if top == "config":
        return "::config"
    if top in ("stages", "pipeline"):
        return "".join(f"::{folder}" for folder in folders)
    return None


class Namespaces(unittest.TestCase):
    def test_are_the_folders(self) -> None:
        wrong, seen = [], 0
        for name in tracked():
            path = pathlib.PurePath(name)
            namespace = wanted(path) if path.suffix in (".h", ".cpp") else None
            if namespace is None:
                continue
            opened = OPENED.findall((ROOT / name).read_text(encoding="utf-8"))
            for found, content in opened:
                lines = [line for line in content.splitlines() if line.strip()]
                if found != namespace and not (lines and all(FORWARD.match(line) for line in lines)):
                    wrong.append(f"{name}: is in copydesk{found}, should be in copydesk{namespace}")
            seen += any(found == namespace for found, _ in opened)
        self.assertEqual(wrong, [])
        self.assertGreater(seen, 250)

    def test_stages_are_in_files_of_their_name(self) -> None:
        wrong = []
        for name in tracked():
            path = pathlib.PurePath(name)
            if path.parts[0] != "stages" or path.suffix != ".h":
                continue
            for stage in STAGE.findall((ROOT / name).read_text(encoding="utf-8")):
                if path.name != f"{stage.lower()}_stage.h":
                    wrong.append(f"{name}: {stage}Stage belongs in {stage.lower()}_stage.h")
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main()
