#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""licences_test.py BUILD_DIR: files with another licence than the program's are named in REUSE.toml, in the package's
copyright file and on the model cards, and these agree."""
import fnmatch
import pathlib
import re
import sys
import tomllib
import unittest

from tree import ROOT, text, tracked

COPYRIGHT = pathlib.Path(sys.argv.pop(1)).resolve() / "debian" / "copyright"
FILES = tracked()
# Debian has the text of these itself.
COMMON = pathlib.Path("/usr/share/common-licenses")


def names(expression: str) -> set[str]:
    return set(re.split(r" (?:AND|and) ", expression))


def words(content: str) -> list[str]:
    return re.findall(r"\w+", content)


def reuse() -> list[tuple[list[str], str]]:
    """(patterns, licence) of each entry of REUSE.toml, in its order."""
    entries = tomllib.loads(text("REUSE.toml"))["annotations"]
    return [([entry["path"]] if isinstance(entry["path"], str) else entry["path"], entry["SPDX-License-Identifier"])
            for entry in entries]


def stanzas() -> list[dict[str, str]]:
    """The stanzas of the copyright file: field -> value, lines after the first without their leading space."""
    found = []
    for block in re.split(r"\n\n+", COPYRIGHT.read_text(encoding="utf-8").strip()):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith(" "):
                fields[name] += "\n" + line[1:]
            else:
                name, separator, value = line.partition(":")
                if not separator or name in fields:
                    raise AssertionError(f"not a field: {line!r}")
                fields[name] = value.strip()
        found.append(fields)
    return found


def licence_of(path: str, entries: list[tuple[list[str], str]]) -> str:
    """The last entry that matches wins, in both files."""
    result = ""
    for patterns, licence in entries:
        if any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns):
            result = licence
    return result


class Reuse(unittest.TestCase):
    def test_every_pattern_matches_a_file(self) -> None:
        for patterns, _ in reuse():
            for pattern in patterns:
                self.assertTrue(fnmatch.filter(FILES, pattern), pattern)

    def test_every_licence_has_its_text_and_no_text_is_without_use(self) -> None:
        used = set().union(*(names(licence) for _, licence in reuse()))
        self.assertEqual(used, {pathlib.Path(path).stem for path in FILES if path.startswith("LICENSES/")})
        self.assertEqual(text("LICENSE"), text("LICENSES/Apache-2.0.txt"))

    def test_models_and_fonts_have_licences_of_their_own(self) -> None:
        for path in FILES:
            licence = licence_of(path, reuse())
            with self.subTest(path=path):
                if path.endswith(".woff2"):
                    self.assertEqual(licence, "OFL-1.1")
                elif path.startswith("models/") and path.endswith(".model"):
                    self.assertRegex(licence, r"^CC-BY(-SA)?-4\.0$")


class Models(unittest.TestCase):
    def test_the_list_of_models_and_the_cards_name_the_licence(self) -> None:
        rows = re.findall(r"^\| (`[^|]+`) \| \[([a-z]+\.md)\][^|]*\|[^|]*\| ([^|]+) \|$", text("models/README.md"), re.MULTILINE)
        listed = {}
        for files, card, licence in rows:
            for file in re.findall(r"`([^`]+)`", files):
                listed[f"models/{file}"] = licence
                with self.subTest(model=file):
                    self.assertRegex(text(f"models/{card}"), f"(?i)licence.*{re.escape(licence)}")
        models = [path for path in FILES if path.endswith(".model")]
        self.assertEqual(listed, {path: licence_of(path, reuse()).replace("-4.0", " 4.0").replace("CC-BY", "CC BY") for path in models})

    def test_share_alike_data_gives_a_share_alike_model(self) -> None:
        for row in re.findall(r"^\| `.*$", text("models/README.md"), re.MULTILINE):
            card = re.search(r"\(([a-z]+\.md)\)", row)
            data = re.sub(r"(?im)^.*licen[cs]e.*$", "", text(f"models/{card[1]}"))
            if "CC BY-SA" in data:
                self.assertIn("CC BY-SA 4.0", row)


class Package(unittest.TestCase):
    def test_it_has_the_form_that_debian_asks_for(self) -> None:
        header, *rest = stanzas()
        self.assertEqual(header["Format"], "https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/")
        for stanza in rest:
            with self.subTest(stanza=list(stanza.values())[0].splitlines()[0]):
                needed = {"Files", "Copyright", "License"} if "Files" in stanza else {"License"}
                self.assertLessEqual(needed, stanza.keys())
                self.assertTrue(all(stanza[name].strip() for name in needed))

    def test_every_licence_has_its_text(self) -> None:
        texts = {}
        for stanza in stanzas()[1:]:
            if "Files" not in stanza:
                name, _, content = stanza["License"].partition("\n")
                texts[name] = content
        used = set().union(*(names(stanza["License"]) for stanza in stanzas() if "Files" in stanza))
        self.assertEqual(used, texts.keys())
        for name, content in texts.items():
            with self.subTest(licence=name):
                if str(COMMON) in content:
                    self.assertIn(str(COMMON / name), content)
                else:
                    self.assertEqual(words(content), words(text(f"LICENSES/{name}.txt")))

    def test_it_says_what_the_source_says(self) -> None:
        package = [(stanza["Files"].split(), stanza["License"].replace(" and ", " AND ")) for stanza in stanzas() if "Files" in stanza]
        for patterns, _ in package:
            for pattern in patterns:
                self.assertTrue(fnmatch.filter(FILES, pattern), pattern)
        for path in FILES:
            if not path.startswith("tests/"):  # the package has none of the tests
                with self.subTest(path=path):
                    self.assertEqual(licence_of(path, package), licence_of(path, reuse()))

    def test_the_image_names_them_all(self) -> None:
        label = re.search(r'image\.licenses="([^"]+)"', text("deploy/Dockerfile"))
        self.assertEqual(names(label[1]), set().union(*(names(stanza["License"]) for stanza in stanzas() if "Files" in stanza)))


class Notice(unittest.TestCase):
    def test_it_points_to_the_cards_and_to_files_that_there_are(self) -> None:
        paths = re.findall(r"\b(?:models|pipeline|stages|deploy|tests)/[\w./-]+\w", text("NOTICE"))
        self.assertGreaterEqual(len(paths), 8)
        for path in paths:
            self.assertTrue((ROOT / path).exists(), path)


if __name__ == "__main__":
    unittest.main()
