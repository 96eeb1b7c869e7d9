"""The judge of the coach: the same in any company and from any file, and nothing stands on one side of a line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data.model.telling import learned
from matching.coach import telling
from matching.coach.judge import Judge
from matching.text.exact import Array, unit

WIDTH = 80


def _rows(number: int, around: Array, seed: int) -> Array:
    chance = np.random.default_rng(seed)
    return unit(around + chance.normal(scale=0.05, size=(number, WIDTH)))


@pytest.fixture(scope="module")
def judge() -> Judge:
    """Empty sentences of two kinds, and between them those that say something: no line parts them."""
    first, last = np.eye(WIDTH)[:2]
    rows = np.vstack([_rows(30, first, 1), _rows(30, last, 2), _rows(60, first + last, 3)])
    return learned(rows, np.arange(120) >= 60, np.ones(120))


def test_what_lies_near_empty_sentences_of_any_kind_is_empty(judge: Judge) -> None:
    first, last = np.eye(WIDTH)[:2]
    assert (judge.clearness(_rows(20, first, 4)) < 0).all()
    assert (judge.clearness(_rows(20, last, 5)) < 0).all()
    assert (judge.clearness(_rows(20, first + last, 6)) > 0).all()


def test_a_row_is_judged_the_same_in_any_company(judge: Judge) -> None:
    rows = _rows(50, np.eye(WIDTH)[0], 7)
    alone = np.concatenate([judge.clearness(row[None]) for row in rows])
    assert alone.tobytes() == judge.clearness(rows).tobytes()


def test_a_saved_judge_comes_back(judge: Judge, tmp_path: Path) -> None:
    path = tmp_path / "judge.npz"
    judge.save(path)
    rows = _rows(5, np.eye(WIDTH)[1], 8)
    assert Judge.load(path).clearness(rows).tobytes() == judge.clearness(rows).tobytes()


def test_a_judge_of_another_head_is_refused(judge: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "judge.npz"
    judge.save(path)
    monkeypatch.setattr(telling, "JUDGE", path)
    other = type("Other", (), {"head": type("Head", (), {"fingerprint": "another"})})
    monkeypatch.setattr(telling, "shared_encoder", lambda: other)
    with pytest.raises(ValueError, match="another head"):
        telling.measured(["Weigh each calf"])
