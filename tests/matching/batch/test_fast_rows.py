"""Columns as rows of one matrix: made once, found by their number, whole however wide and many they are."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from matching.batch.fast import rows as rows_module
from matching.batch.fast.rows import Flat, Rows


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> Rows:
    monkeypatch.setattr(rows_module, "LEAST", 4)
    return Rows(3, np.uint16, 0)


def column(number: int) -> np.ndarray:
    return np.array([number, 2 * number, 0])


def test_a_column_is_made_once_and_keeps_its_number(rows: Rows) -> None:
    made: list[int] = []

    def make(number: int) -> np.ndarray:
        made.append(number)
        return column(number)

    numbers = [rows.number(one, partial(make, one)) for one in (7, 8, 7)]
    assert made == [7, 8] and numbers[0] == numbers[2] != numbers[1]
    assert rows.matrix[numbers[1]].tolist() == [8, 16, 0]


def test_there_is_room_for_whatever_one_assignment_asks_for(rows: Rows) -> None:
    numbers = [rows.number(one, partial(column, one)) for one in range(11)]
    assert [rows.matrix[number].tolist() for number in numbers] == [column(one).tolist() for one in range(11)]


def test_facts_that_take_more_bytes_widen_all_rows(rows: Rows) -> None:
    first = rows.number("first", lambda: column(5))
    wide = rows.number("wide", lambda: column(70_000))
    assert rows.matrix[wide].tolist() == [70_000, 140_000, 0] and rows.matrix[first].tolist() == [5, 10, 0]


def test_facts_that_take_more_bytes_leave_room_for_fewer_rows() -> None:
    rows = Rows(1_000, np.uint8, 200_000)
    rows.number("first", lambda: np.zeros(1_000, np.uint8))
    rooms = [rows.room]
    rows.number("wide", lambda: np.full(1_000, 256, np.int32))
    assert [*rooms, rows.room] == [199, 98] and rows.matrix.dtype == np.uint16


def test_what_was_forgotten_is_made_anew(rows: Rows) -> None:
    for one in range(3):
        rows.number(one, partial(column, one))
    room = rows.room
    rows.forget()
    assert (room, rows.room) == (1, 4)
    assert rows.matrix[rows.number(0, lambda: column(9))].tolist() == [9, 18, 0]


def test_parts_stand_one_after_the_other_however_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_module, "LEAST", 2)
    flat, wide = Flat(np.int16), Flat(np.int32, 2)
    assert [flat.add(np.full(many, many)) for many in (1, 0, 4)] == [(0, 1), (1, 1), (1, 5)]
    assert flat.found.tolist() == [1, 4, 4, 4, 4]
    assert [wide.add(np.ones((many, 2))) for many in (2, 1)] == [(0, 2), (2, 3)] and wide.found.shape == (3, 2)
