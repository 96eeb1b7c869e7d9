from pathlib import Path

import numpy as np
import pytest

from matching.text.encoder import HEAD, HEADS
from matching.text.head import Head


@pytest.fixture(scope="module")
def head() -> Head:
    return Head.load(HEADS / HEAD)


def test_rows_have_length_one_and_zero_stays_zero(head: Head) -> None:
    rows = np.random.default_rng(1).normal(size=(4, 512)).astype(np.float32)
    rows[2] = 0
    lengths = np.linalg.norm(head.apply(rows), axis=1)
    assert lengths == pytest.approx([1, 1, 0, 1], abs=1e-5)


def test_a_row_gives_the_same_bytes_in_any_company(head: Head) -> None:
    rows = np.random.default_rng(2).normal(size=(40, 512)).astype(np.float32)
    together = head.apply(rows)
    for count in (1, 2, 3, 7, 8, 9, 31):
        assert head.apply(rows[:count]).tobytes() == together[:count].tobytes()


def test_a_saved_head_comes_back_with_its_fingerprint(head: Head, tmp_path: Path) -> None:
    head.save(tmp_path / "head.npz")
    assert Head.load(tmp_path / "head.npz").fingerprint == head.fingerprint


def test_the_shipped_head_is_the_one_that_the_readme_names(head: Head) -> None:
    assert head.fingerprint in (HEADS / "README.md").read_text(encoding="utf-8")


def test_a_file_that_would_run_code_is_refused(tmp_path: Path) -> None:
    names = ("wide", "near", "deep", "broad", "short", "long")
    objects = {name: np.array([{"a": 1}], dtype=object) for name in names}
    np.savez(tmp_path / "bad.npz", **objects)
    with pytest.raises(ValueError, match="allow_pickle"):
        Head.load(tmp_path / "bad.npz")
