#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What the documents say of the tree is so: links lead somewhere, decisions are listed, exit codes are the program's."""
import pathlib
import re
import unittest

from tree import ROOT, text, tracked

FILES = tracked()
# A link in Markdown, not in a code span: [words](target).
LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def anchors(path: str) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    found = set()
    for heading in re.findall(r"^#+ (.+)$", CODE.sub(lambda code: code[0] if "```" not in code[0] else "", text(path)), re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        found.add(re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-"))
    return found


class Links(unittest.TestCase):
    def test_they_lead_to_files_and_headings_that_there_are(self) -> None:
        checked = 0
        for path in FILES:
            if not path.endswith(".md") or path.startswith("tests/schemas/"):
                continue
            for target in LINK.findall(CODE.sub("", text(path))):
                if "://" in target or target.startswith("mailto:"):
                    continue
                file, _, anchor = target.partition("#")
                checked += 1
                with self.subTest(document=path, link=target):
                    to = (ROOT / path).parent / file if file else ROOT / path
                    self.assertTrue(to.exists(), "no such file")
                    if anchor and to.suffix == ".md":
                        self.assertIn(anchor, anchors(str(to.resolve().relative_to(ROOT))))
        self.assertGreater(checked, 100)


class Readmes(unittest.TestCase):
    MOST_WITHOUT = 8
    # Data, and folders of which every file is compiled or rendered: the folder above explains them.
    EXPLAINED_ABOVE = re.compile(r"^tests/.*/(golden|corpus|bad)(/|$)|/live_page/page$|/helm/copydesk/templates$|^tests/schemas|^LICENSES$")

    def test_a_folder_of_many_files_says_what_is_in_it(self) -> None:
        count: dict[str, int] = {}
        for path in FILES:
            folder = str(pathlib.PurePath(path).parent)
            count[folder] = count.get(folder, 0) + 1
        for folder, files in count.items():
            if files > self.MOST_WITHOUT and not self.EXPLAINED_ABOVE.search(folder):
                with self.subTest(folder=folder):
                    self.assertTrue(str(pathlib.PurePath(folder) / "README.md") in FILES, "has no README.md")

    def test_the_files_that_they_name_are_there(self) -> None:
        name = re.compile(r"`([\w./-]+\.(?:h|cpp|py|js|inc|txt|tsv|json|jsonl|yaml))`")
        for path in FILES:
            folder = pathlib.PurePath(path).parent
            # tests/wire/README.md names records that are made elsewhere, by their own names.
            if path.endswith("/README.md") and not path.startswith(("tests/wire/", "tests/schemas/")):
                for named in name.findall(text(path)):
                    with self.subTest(readme=path, file=named):
                        below = [file for file in FILES if file == named or
                                 (file.startswith(f"{folder}/") and file.endswith(f"/{named}"))]
                        self.assertTrue(below)

    def test_a_stage_reads_and_makes_what_its_readme_says(self) -> None:
        said = 0
        for path in FILES:
            line = re.search(r"\*\*In\*\*: (.+?)\. \*\*Out\*\*: `(\w+)`", text(path)) if re.match(r"stages/\w+/README", path) else None
            if line:
                said += 1
                headers = "".join(text(file) for file in FILES if re.fullmatch(rf"{pathlib.PurePath(path).parent}/\w+\.h", file))
                with self.subTest(readme=path):
                    layers = re.search(r"using Input = Reads<([^>]+)>;\s+using Output = (\w+);", headers)
                    self.assertEqual((re.findall(r"`(\w+)`", line[1]), line[2]), (re.findall(r"(?:\w+::)?(\w+)(?:,|$)", layers[1]), layers[2]))
        self.assertGreaterEqual(said, 7)


class Decisions(unittest.TestCase):
    FORM = ["Context", "Decision", "Consequences"]

    def test_they_are_numbered_listed_and_have_the_form(self) -> None:
        files = sorted(path for path in FILES if re.match(r"docs/adr/\d", path))
        index = text("docs/adr/README.md")
        for number, path in enumerate(files, 1):
            with self.subTest(decision=path):
                name = pathlib.PurePath(path).name
                title = re.match(r"# (\d+)\. (.+)\n", text(path))
                self.assertTrue(name.startswith(f"{number:04}-"))
                self.assertEqual(int(title[1]), number)
                self.assertIn(f"| [{number:04}]({name}) | {title[2]} |", index)
                self.assertRegex(text(path), r"\n(Accepted|Superseded by \[\d{4}\]\([^)]+\)), \d{4}-\d\d-\d\d\.\n")
                self.assertEqual(re.findall(r"^## (.+)$", text(path), re.MULTILINE), self.FORM)


class ExitCodes(unittest.TestCase):
    def test_the_table_is_the_programs(self) -> None:
        header = next(path for path in FILES if path.startswith("pipeline/") and path.endswith("/exit_codes.h"))
        codes = re.findall(r"^ *kExit\w+ = (\d+)", text(header), re.MULTILINE)
        section = text("docs/stability.md").split("\n## Exit codes\n")[1].split("\n## ")[0]
        self.assertEqual(re.findall(r"^\| (\d+) \|", section, re.MULTILINE), codes)


if __name__ == "__main__":
    unittest.main()
