"""Compiled likeness is that of the plain formula wherever it counts, for everybody and for some alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from matching.batch.fast.alike import LANES, Room, in_groups, likeness, of_some
from matching.batch.fast.bits import (
    LIST,
    PERSON,
    WORD,
    count_of,
    gathered,
    in_bits,
    judged,
    parted,
    places_of,
    words_for,
)
from matching.batch.fast.choosing import Found
from matching.batch.fast.compared import Worded
from matching.batch.said import FULL

PEOPLE, STATEMENTS, LEAST = 150, 40, 150


@pytest.mark.parametrize("asked", [1, 2, 6])
@pytest.mark.parametrize("clear", [True, False])
def test_likeness_is_exact_above_the_least(asked: int, clear: bool) -> None:
    dice = np.random.default_rng(asked)
    counts = dice.integers(0, 10, PEOPLE)
    starts, said = np.cumsum([0, *counts]), dice.integers(0, STATEMENTS, counts.sum())
    near = np.zeros((STATEMENTS + 1, LANES), np.uint16)
    near[:-1, : asked + 1] = dice.integers(0, FULL + 1, (STATEMENTS, asked + 1)) * (dice.random((STATEMENTS, 1)) < 0.4)
    share = np.append(np.ones(asked) if clear else dice.random(asked), 1.0)
    expected = np.zeros(PEOPLE, np.int64)
    for person in np.flatnonzero(counts).tolist():
        best = near[said[starts[person] : starts[person + 1]]].max(axis=0)[: asked + 1] / FULL * share
        met = np.sort(best[:-1])[::-1][:2].mean()
        expected[person] = round((met + best[-1]) / 2 * FULL)
    who, room = in_groups(starts, said, STATEMENTS), Room.empty(LANES)
    found = np.zeros((1, PEOPLE), np.uint16)
    likeness(near, Worded(np.arange(asked + 1), share, np.array([0, asked + 1])), LEAST, who, room, found)
    some, alone = np.arange(0, PEOPLE, 3, dtype=np.int32), np.zeros(PEOPLE, np.uint16)
    of_some(some, near, share, LEAST, who, room, alone)
    counts_for = expected > LEAST
    assert counts_for.any() and (found[0][counts_for] == expected[counts_for]).all()
    assert (found[0][~counts_for] <= LEAST).all()
    assert (np.maximum(alone[some], LEAST) == np.maximum(expected[some], LEAST)).all()


def test_a_wording_that_asks_the_same_several_times_has_room() -> None:
    near = np.zeros((2, LANES), np.uint16)
    near[0, :2] = FULL // 2, FULL - 1  # just between two whole numbers
    found, asked = (
        np.zeros((1, 1), np.uint16),
        Worded(np.array([*(LANES * [0]), 1]), np.ones(LANES + 1), np.array([0, LANES + 1])),
    )
    compiled: Any = likeness  # in Python nothing is written beside an array without being told
    compiled.py_func(near, asked, LEAST, in_groups(np.array([0, 1]), np.array([0]), 1), Room.empty(LANES), found)
    assert found.tolist() == [[FULL * 3 // 4]]


def test_there_is_room_for_what_is_written_of_no_bit() -> None:
    many = WORD - 1  # four are written at once, and one of these four is none
    left, room = np.array([[2**many - 1], [0]], np.uint64), len(Found.empty(WORD).whose)
    for loop in (lambda whose: gathered(left, 0, whose), lambda whose: places_of(left[0], whose)):
        memory = np.full(2 * WORD, -1, np.int32)
        assert loop(memory[:room]) == many
        # It is written to once more than there are, which is why there is room for one more, and not beside that.
        assert (memory[: many + 1] >= 0).all() and (memory[room:] == -1).all()


def test_bits_judge_as_bytes_do() -> None:
    dice = np.random.default_rng(5)
    columns = dice.choice(np.array([0, 1, 2], np.uint8), (2, 4, PEOPLE), p=[0.8, 0.15, 0.05])
    sums = np.minimum(columns.sum(axis=1), 2).astype(np.uint8)
    left = np.zeros((2, 2, words_for(PEOPLE)), np.uint64)
    for mode in range(2):
        judged(np.stack([in_bits(column) for column in columns[mode]]), np.arange(4, dtype=np.int32), left[mode])
    parted(*left)
    is_first = sums[0] <= sums[1]
    for mode, counts in enumerate((is_first, ~is_first)):
        expected = np.where(counts, sums[mode], 2)
        rows = np.zeros(PEOPLE + 1, np.int32)
        mine = np.flatnonzero(expected < 2)
        assert gathered(left[mode], 0, rows) == count_of(left[mode]) == len(mine)
        assert rows[: len(mine)].tolist() == (mine << PERSON | expected[mine].astype(int) << LIST).tolist()
        assert (
            places_of(left[mode, 0] | left[mode, 1], rows) == len(mine) and rows[: len(mine)].tolist() == mine.tolist()
        )
