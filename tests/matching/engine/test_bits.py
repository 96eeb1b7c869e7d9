"""Rows of bits tell who answers what is asked, and of days nobody too few."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import bits
from matching.engine.bits import Bits, arrays_of, name_of, of_people, packed, unpacked
from matching.engine.marks import Marks
from matching.engine.spans import FIRST, NAMES

DAYS = st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), min_size=1, max_size=80)


def rows_of(spans: list[list[int]], marks: Marks) -> Bits:
    """Return the rows of people with these days, and these entries of each kind."""
    columns = np.array(spans, np.uint16).T
    told, words = arrays_of({"all": np.ones(len(spans), bool)}, dict.fromkeys(bits.RARE, marks), columns)
    return Bits(words, **told)


@settings(max_examples=80, deadline=None)
@given(spans=DAYS, day=st.integers(0, 31), most=st.sampled_from((1, 2, 64)))
def test_rows_of_days_hold_all_who_have_them(spans: list[list[int]], day: int, most: int) -> None:
    with patch.object(bits, "MOST_DAYS", most):
        found = rows_of(spans, Marks.of([[] for _ in spans], bool))
    for kind, column in zip(NAMES, np.array(spans).T, strict=True):
        row = found.no_later(day) if kind == FIRST else found.no_less(kind, day)
        has = column <= day if kind == FIRST else column >= day
        held = np.ones(len(spans), bool) if row is None else unpacked(found.words[row], len(spans))
        assert (held >= has).all()
        if most == 64 and row is not None and day in column:
            assert (held == has).all()


def test_a_code_has_a_row_for_each_value_where_enough_people_have_it() -> None:
    levels = [[("fr", 3)], [("fr", 1), ("sw", 2)], [], [("fr", 2)]]
    with patch.object(bits, "RARE", dict.fromkeys(bits.RARE, 3)):
        found = rows_of([[0, 0, 0, 0]] * 4, Marks.of(levels, np.int8))
    assert unpacked(found.words[found.rows[name_of("languages", "fr")]], 4).tolist() == [True, True, False, True]
    assert unpacked(found.words[found.rows[name_of("languages", "fr", 2)]], 4).tolist() == [True, False, False, True]
    assert name_of("languages", "fr", 3) not in found.rows  # one of four is fewer than one in three
    assert name_of("languages", "sw", 1) not in found.rows


@pytest.mark.parametrize("size", [0, 1, 8, 63, 64, 65, 200])
def test_bits_are_flags(size: int) -> None:
    flags = np.random.default_rng(size).random(size) < 0.4
    np.testing.assert_array_equal(unpacked(packed(flags), size), flags)
    np.testing.assert_array_equal(of_people(np.flatnonzero(flags), size), packed(flags))
