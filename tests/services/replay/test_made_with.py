"""The commit that a run was made with, however the code came to lie where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from webapp.services.replay.made_with import commit_of

COMMIT, OTHER = "a" * 40, "b" * 40


@pytest.fixture
def git(tmp_path: Path) -> Path:
    """Return the folder of a history whose branch is in the list of many."""
    folder = tmp_path / "code" / ".git"
    folder.mkdir(parents=True)
    (folder / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (folder / "packed-refs").write_text(f"{OTHER} refs/heads/other\n{COMMIT} refs/heads/main\n", encoding="utf-8")
    return folder


def test_branch_is_found_in_the_list_of_many_and_a_file_of_its_own_is_newer(git: Path) -> None:
    assert commit_of(git.parent) == COMMIT
    own = git / "refs" / "heads" / "main"
    own.parent.mkdir(parents=True)
    own.write_text(f"{OTHER}\n", encoding="utf-8")
    assert commit_of(git.parent) == OTHER


def test_second_folder_of_one_history_has_a_head_of_its_own(git: Path, tmp_path: Path) -> None:
    head, folder = git / "worktrees" / "second", tmp_path / "second"
    head.mkdir(parents=True)
    folder.mkdir()
    (folder / ".git").write_text(f"gitdir: {head}\n", encoding="utf-8")
    (head / "HEAD").write_text("ref: refs/heads/other\n", encoding="utf-8")
    (head / "commondir").write_text("../..\n", encoding="utf-8")
    assert commit_of(folder) == OTHER
    (head / "HEAD").write_text(f"{COMMIT}\n", encoding="utf-8")
    assert commit_of(folder) == COMMIT


def test_code_without_history_or_with_a_branch_that_is_nowhere_has_none(git: Path, tmp_path: Path) -> None:
    assert commit_of(tmp_path) == ""
    (git / "HEAD").write_text("ref: refs/heads/gone\n", encoding="utf-8")
    assert commit_of(git.parent) == ""
