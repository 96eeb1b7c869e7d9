"""Compiled lists keep the pairs that a plain sort would keep, whatever comes, and in whatever order."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.batch.fast.bits import LIST, PERSON, WORD
from matching.batch.fast.choosing import ANYBODY, FOR_PERSON, FOR_WORK, Bars, Found
from matching.batch.fast.listing import LOG, Lists, Logs, all_emptied, kept
from matching.batch.fast.ranked import picks_of, side_of
from matching.batch.picks import Picks
from matching.batch.scores import BAND_STEPS
from matching.batch.side import Side
from matching.explanation import bands_of


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10**6), st.integers(1, 7), st.integers(1, 300), st.integers(1, 60), st.sampled_from([2, 9, 10**6])
)
def test_lists_hold_the_best_of_all_pairs(seed: int, top: int, people: int, works: int, different: int) -> None:
    _check(np.random.default_rng(seed), top, people, works, different)


def test_a_log_that_is_full_is_emptied_on_the_way() -> None:
    assert LOG < 100 * 60
    _check(np.random.default_rng(1), 3, 100, 60, 10**6)


def _check(dice: np.random.Generator, top: int, people: int, works: int, different: int) -> None:
    """Take all pairs of people and works into lists, with so many different lots, and compare with one sort of all."""
    bars, work_bars = Bars.none(2 * people), Bars.none(2 * works)
    mine, theirs, logs = Lists.empty(2 * people, top), Lists.empty(2 * works, top), Logs.empty(people)
    both = FOR_PERSON | FOR_WORK
    rows, all_pairs, room = np.arange(people, dtype=np.int32), [], Found.empty(-(-people // WORD) * WORD)
    for number in range(works):
        status = dice.integers(0, 2, people)
        scores, lots = dice.choice([49.9, 50.0, 51.3, 52.0], people), dice.integers(1, different + 1, people) / 10**6
        room.whose[:people] = rows << PERSON | status << LIST | both
        room.lots[:people], room.scores[:people] = lots, scores
        kept(people, room, number, number, top, bars, work_bars, mine, theirs, logs)
        owners = np.full(people, number, np.int32)
        all_pairs.append(Picks(rows, owners, status.astype(np.int8), scores, lots))
    all_emptied(logs, top, bars, mine)
    found = Picks.joined(all_pairs)
    best = found.best(top)
    _compare(mine, best, top)
    _compare(theirs, Picks(found.other, found.owner, found.status, found.score, found.lot).best(top), top)
    lists = best.owner * 2 + best.status
    full = np.flatnonzero(np.bincount(lists, minlength=2 * people) == top)
    bands = bands_of(best.score[np.searchsorted(lists, full, side="right") - 1])
    assert (bars.steps[full % 2 * people + full // 2] <= ANYBODY + bands * BAND_STEPS).all()


def _compare(lists: Lists, expected: Picks, top: int) -> None:
    side = side_of(Lists(*(array.copy() for array in lists)), top)  # to put lists in order takes them apart
    assert all(map(np.array_equal, side, Side.of(expected, len(lists.counts) // 2)))
    found = picks_of(lists, top, range(len(lists.counts) // 2))
    for field in fields(Picks):
        assert getattr(found, field.name).tolist() == getattr(expected, field.name).tolist()


@pytest.mark.parametrize("top", [1, 4])
def test_lists_without_anybody_stay_empty(top: int) -> None:
    assert not len(picks_of(Lists.empty(4, top), top, range(2)).owner)
