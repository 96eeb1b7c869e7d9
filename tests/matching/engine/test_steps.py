"""Steps over whole columns find the same by compiled loops as by whole arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import arrays, fast, steps
from matching.engine.bits import packed
from matching.engine.pack import Pack
from matching.engine.segment import Segment

SEEDS = st.integers(0, 2**32 - 1)


def both(step: str, *given: Any) -> list[Any]:
    """Return what a step finds in both ways; of what it changes, what it made of it."""
    found = []
    for way in (arrays, fast):
        mine = [one.copy() if isinstance(one, np.ndarray) else one for one in given]
        answer = getattr(way, step)(*mine)
        found.append(mine[-1] if answer is None else answer)
    return found


def assert_same(step: str, *given: Any) -> None:
    first, second = both(step, *given)
    np.testing.assert_array_equal(first, second)


def test_both_ways_have_the_same_steps() -> None:
    assert all(callable(getattr(arrays, name)) for name in fast.__all__)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, size=st.integers(0, 200), share=st.sampled_from((0.0, 0.03, 0.5, 1.0)))
def test_who_could_pass(seed: int, size: int, share: float) -> None:
    draw = np.random.default_rng(seed)
    rows = np.stack([packed(draw.random(size) < share) for _ in range(6)])
    ones, others, without = (draw.integers(0, len(rows), many) for many in (3, 3, draw.integers(0, 3)))
    for one in rows:
        assert_same("placed", one, int(np.bitwise_count(one).sum()))
    assert_same("of_people", draw.permutation(size).astype(np.uint32)[: size // 2], size)
    assert_same("answering", rows, ones, others, without)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, people=st.integers(0, 20), asked=st.integers(1, 5))
def test_words(seed: int, people: int, asked: int) -> None:
    draw = np.random.default_rng(seed)
    starts = np.cumsum([0, *draw.integers(0, 4, people)])
    entries = draw.integers(0, 30, starts[-1]).astype(np.uint32)
    segment = Segment(Pack({}, {"said.starts": starts, "said.places": entries}), None)
    parts = [(segment, np.flatnonzero(draw.random(people) < share)) for share in (0.7, 0.0, 0.5)]
    for one, other in zip(*both("said", parts), strict=True):
        np.testing.assert_array_equal(one, other)
    assert_same("unseen", (draw.random(30) < 0.5).astype(np.int32), entries)
    rows, questions = (draw.integers(-4000, 4001, (many, 8)).astype(np.int16) // 3 for many in (30, asked + 1))
    assert_same("compared", rows, np.unique(entries).astype(np.intp), questions)
    worth = np.round(draw.random((asked + 1, 30)), 3).astype(np.float32)
    first, second = both("met", worth, entries.astype(np.int32), np.diff(starts))
    np.testing.assert_allclose(first, second, rtol=0, atol=1e-6)


def test_where_numba_is_missing_whole_arrays_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "_taken", [arrays])
    monkeypatch.setattr(steps, "find_spec", lambda _: None)
    steps.load()
    assert steps.steps() is arrays
    monkeypatch.undo()
    steps.load()
    assert steps.steps() is fast
