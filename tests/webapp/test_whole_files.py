"""A file that a row is to name: on the disk, whole and with its name, before anything can rest on it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from webapp.vault import Vault


def test_file_and_name_are_on_the_disk_before_the_vault_says_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[str, bool]] = []
    sync = os.fsync

    def watch(handle: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        kept.append(("folder" if is_folder else "file", any(tmp_path.glob("[!.]*"))))
        sync(handle)

    monkeypatch.setattr(os, "fsync", watch)
    name = Vault(tmp_path, "a key").put(b"a paper")
    assert kept == [("file", False), ("folder", True)]
    assert Vault(tmp_path, "a key").get(name) == b"a paper"
    assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_what_was_not_written_whole_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError("no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no room"):
        Vault(tmp_path, "a key").put(b"a paper")
    assert not list(tmp_path.glob("[!.]*"))
