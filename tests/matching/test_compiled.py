"""Machine code of loops is kept for the code that it was made from, and for no other."""

from __future__ import annotations

from pathlib import Path

from matching.compiled import folder_for


def test_other_code_of_whatever_file_gets_another_folder_and_the_old_one_goes(tmp_path: Path) -> None:
    library, base = tmp_path / "library", tmp_path / "kept"
    (library / "inner").mkdir(parents=True)
    (library / "one.py").write_text("A = 1")
    (library / "inner/two.py").write_text("B = 2")
    first = folder_for(library, base)
    assert first is not None and first.is_dir() and folder_for(library, base) == first
    (library / "inner/two.py").write_text("B = 3")
    second = folder_for(library, base)
    assert second not in (None, first)
    assert list(base.iterdir()) == [second]


def test_where_nothing_can_be_kept_there_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert folder_for(tmp_path, tmp_path / "file") is None
