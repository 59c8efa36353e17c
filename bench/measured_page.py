# SPDX-License-Identifier: Apache-2.0
"""The parts of pages of docs/ that benchmarks write, each between `<!-- begin NAME -->` and `<!-- end NAME -->`."""
import os
import pathlib
import platform
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"


def machine():
    """What the figures were measured on, in a few words."""
    model = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    name = model.group(1) if model else platform.machine()
    return f"{os.cpu_count()} cores of {name}, {platform.system()} {platform.release().split('-')[0]}"


def update(section, lines, page=PAGE):
    """Replaces the lines of a section."""
    text = page.read_text()
    begin, end = f"<!-- begin {section} -->", f"<!-- end {section} -->"
    if begin not in text:
        sys.exit(f"{page}: has no section '{section}'")
    head, rest = text.split(begin)
    page.write_text(head + begin + "\n" + "\n".join(lines) + "\n" + end + rest.split(end)[1])
