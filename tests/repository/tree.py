# SPDX-License-Identifier: Apache-2.0
"""The files of the source tree, as git has them."""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77


def tracked() -> list[str]:
    """Paths from the root. Without git (an unpacked archive) the test is skipped."""
    try:
        result = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        print("git does not know this tree: skipped")
        sys.exit(SKIPPED)
    return [path for path in result.stdout.decode().split("\0") if path and (ROOT / path).exists()]


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")
