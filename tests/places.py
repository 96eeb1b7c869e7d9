"""Finds files that name a place they must not: `python -m tests.places` lists them and fails.

A lock file with the host of a package index works only for whoever reaches that host, and a path of the machine that
a file was written on works nowhere else.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Written in pieces, so that this file does not name them either.
HOSTS = re.compile(
    r"\b(?:(?:test\.)?pypi|pythonhosted|npmjs|(?:deb|security)\.debian)\.(?:org|com|io)\b", re.IGNORECASE
)
INDEX_OPTION = re.compile(r"^\s*(?:-i|-f|--(?:extra-)?index-url|--find-links)\b")
HOME = re.compile(r"(?<![\w./])/(?:root|home/[a-z][\w-]*|Users/[A-Za-z][\w-]*)/")


def faults(path: Path, text: str, root: Path = ROOT) -> Iterator[str]:
    """Yield each line of `text` that names a package index's host or a folder of somebody's machine."""
    above = f"{root.parent}/"
    is_lock = path.name.startswith("requirements")
    for number, line in enumerate(text.splitlines(), start=1):
        if HOSTS.search(line) or (is_lock and (INDEX_OPTION.search(line) or "://" in line)):
            yield f"{path}:{number}: names a package index"
        # `/` and `/tmp/` stand above many a clone, and are no machine's own.
        if HOME.search(line) or (above not in ("/", "//", "/tmp/") and above in line):
            yield f"{path}:{number}: names a folder of one machine"


def tracked_files(root: Path = ROOT) -> Iterator[Path]:
    """Yield the files that are or would be committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    yield from (root / name for name in names.split("\0") if name and (root / name).is_file())


def main() -> int:
    """Print what is found; return 1 if anything is."""
    found: list[str] = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a workbook
        found += faults(path.relative_to(ROOT), text)
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
