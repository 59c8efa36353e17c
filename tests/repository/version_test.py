#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""version_test.py PROGRAM BUILD_DIR: the version stands in CMakeLists.txt, and everything else that names it agrees.
RELEASING.md says how it is changed."""
import datetime
import pathlib
import re
import subprocess
import sys
import unittest

from tree import text

BUILD = pathlib.Path(sys.argv.pop()).resolve()
PROGRAM = pathlib.Path(sys.argv.pop()).resolve()
VERSION = re.search(r"^project\(copydesk VERSION (\d+\.\d+\.\d+) ", text("CMakeLists.txt"), re.MULTILINE)[1]
HEADING = re.compile(r"^## \[?([^\]\s]+)\]?(?: - (\S+))?$", re.MULTILINE)


def one(path: str, pattern: str) -> str:
    found = re.findall(pattern, text(path), re.MULTILINE)
    if len(found) != 1:
        raise AssertionError(f"{path} has {len(found)} times {pattern}")
    return found[0]


class Version(unittest.TestCase):
    def test_the_program_says_it(self) -> None:
        said = subprocess.run([PROGRAM, "--version"], check=True, capture_output=True, text=True).stdout
        self.assertEqual(said.strip(), f"copydesk {VERSION}")

    def test_the_package_has_it(self) -> None:
        config = (BUILD / "CPackConfig.cmake").read_text(encoding="utf-8")
        self.assertEqual(re.findall(r'^set\(CPACK_PACKAGE_VERSION "(.*)"\)$', config, re.MULTILINE), [VERSION])

    def test_the_chart_has_it_and_deploys_it(self) -> None:
        self.assertEqual(one("deploy/helm/copydesk/Chart.yaml", r"^version: (\S+)$"), VERSION)
        self.assertEqual(one("deploy/helm/copydesk/Chart.yaml", r'^appVersion: "(\S+)"$'), VERSION)

    def test_the_example_in_the_documentation_has_it(self) -> None:
        self.assertEqual(one("docs/record.md", r'"pipeline": "copydesk ([^"]+)"'), VERSION)


class Changelog(unittest.TestCase):
    """https://keepachangelog.com/en/1.1.0/"""

    def test_what_is_not_released_comes_first_then_this_version(self) -> None:
        names = [name for name, _ in HEADING.findall(text("CHANGELOG.md"))]
        self.assertEqual(names[:2], ["Unreleased", VERSION])

    def test_versions_fall_and_so_do_their_dates(self) -> None:
        headings = HEADING.findall(text("CHANGELOG.md"))
        self.assertEqual(headings[0][1], "", "what is not released has no date")
        released = [(tuple(map(int, name.split("."))), datetime.date.fromisoformat(date)) for name, date in headings[1:]]
        versions = [version for version, _ in released]
        dates = [date for _, date in released]
        self.assertEqual(versions, sorted(set(versions), reverse=True))
        self.assertEqual(dates, sorted(dates, reverse=True))

    def test_changes_stand_under_the_usual_words(self) -> None:
        words = set(re.findall(r"^### (.+)$", text("CHANGELOG.md"), re.MULTILINE))
        self.assertLessEqual(words, {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"})


if __name__ == "__main__":
    unittest.main()
