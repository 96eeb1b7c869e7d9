"""Differences between two groups: what an interval promises, what a shuffle shows, and what few may not tell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.services.differences import Comparison, Group, compare, median_days, ratio
from webapp.services.small_cells import FEWEST

COLUMNS = ["host", "is_first", "part", "of"]
Chance = np.random.Generator


def _means(chance: Chance, hosts: tuple[int, int], difference: float) -> pd.DataFrame:
    """Make a world in which the assignments of a host are as alike as they differ."""
    rows = []
    for is_first, number in zip((True, False), hosts, strict=True):
        for host in range(number):
            own = chance.normal(0, 1) + (difference if is_first else 0)
            rows += [((is_first, host), is_first, own + chance.normal(0, 1), 1.0) for _ in range(chance.integers(1, 6))]
    return pd.DataFrame(rows, columns=COLUMNS)


def _waits(chance: Chance, hosts: tuple[int, int], medians: tuple[float, float]) -> pd.DataFrame:
    """Make a world in which openings are filled at a steady rate, and watched for 20 to 200 days."""
    rows = []
    for is_first, number, median in zip((True, False), hosts, medians, strict=True):
        for host in range(number):
            for _ in range(chance.integers(1, 6)):
                needed, watched = chance.exponential(median / np.log(2)), chance.uniform(20, 200)
                rows.append(((is_first, host), is_first, float(needed <= watched), min(needed, watched)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _covered(comparisons: list[Comparison], truth: float) -> float:
    told = [(one.low, one.high) for one in comparisons if one.low is not None and one.high is not None]
    assert len(told) > 0.9 * len(comparisons)
    return sum(low <= truth <= high for low, high in told) / len(told)


@pytest.mark.parametrize(("hosts", "worlds"), [((12, 20), 120), ((5, 9), 150)])
def test_the_interval_holds_what_was_planted_about_as_often_as_it_promises(hosts: tuple[int, int], worlds: int) -> None:
    chance = np.random.default_rng(1)
    found = [compare(_means(chance, hosts, 0.7), ratio) for _ in range(worlds)]
    assert 0.9 <= _covered(found, 0.7) <= 1
    assert np.mean([one.difference for one in found]) == pytest.approx(0.7, abs=0.15)
    if hosts == (12, 20):  # and it says something: with many hosts a large difference is seen
        assert sum(compare(_means(chance, (30, 30), 2.0), ratio).is_clear for _ in range(20)) >= 18


def test_so_does_the_interval_of_waiting_days() -> None:
    chance = np.random.default_rng(2)
    found = [compare(_waits(chance, (15, 15), (30, 60)), median_days) for _ in range(50)]
    assert _covered(found, -30) >= 0.9
    assert np.mean([one.difference for one in found]) == pytest.approx(-30, abs=6)


def test_shuffled_groups_hardly_ever_differ() -> None:
    """Hosts are dealt anew into two groups: what was planted is gone, and few intervals leave no difference out."""
    chance = np.random.default_rng(3)
    world, clear = _means(chance, (15, 15), 2.0), 0
    hosts = world["host"].unique()
    for _ in range(100):
        first = {hosts[number] for number in chance.permutation(len(hosts))[: len(hosts) // 2]}
        clear += compare(world.assign(is_first=[host in first for host in world["host"]]), ratio).is_clear
    assert clear <= 12
    assert compare(world, ratio).is_clear


def test_one_host_with_many_assignments_is_one_witness() -> None:
    """Twenty assignments that say the same do not make the interval shorter."""
    chance = np.random.default_rng(4)
    few = _means(chance, (8, 8), 1.0).drop_duplicates("host")
    copies = pd.concat([few] * 20)
    once, often = compare(few, ratio), compare(copies, ratio)
    assert (once.difference, once.low, once.high) == pytest.approx((often.difference, often.low, often.high))


def test_days_to_fill_count_what_is_still_open() -> None:
    """Filled after 10, 20 ... days, the others still open after 60: by some, half of all is never reached."""
    days = [(10.0 * n, 1.0) for n in range(1, 6)] + [(60.0, 0.0)] * 4
    slow = [(10.0 * n, 1.0) for n in range(1, 5)] + [(60.0, 0.0)] * 6
    rows = [((True, n), True, is_filled, day) for n, (day, is_filled) in enumerate(days)]
    rows += [((False, n), False, is_filled, day) for n, (day, is_filled) in enumerate(slow)]
    found = compare(pd.DataFrame(rows, columns=COLUMNS), median_days)
    assert found.first.value == 50.0
    assert found.second.value == float("inf")
    assert (found.difference, found.low, found.high) == (None, None, None)


def test_a_known_curve() -> None:
    """Freireich and others 1963, as every textbook has it: weeks of remission with 6-MP, median 23."""
    weeks = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    ended = np.array([1.0] * 9 + [0.0] * 12)
    hosts = np.arange(len(weeks))
    assert median_days(np.ones((1, len(weeks))), hosts, ended, np.array(weeks, dtype=float))[0] == 23


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 8), st.booleans(), st.integers(0, 3), st.integers(1, 3)), min_size=1, max_size=40)
)
def test_nothing_is_told_of_few(cells: list[tuple[int, bool, int, int]]) -> None:
    rows = pd.DataFrame([(h, first, min(part, of), of) for h, first, part, of in cells], columns=COLUMNS)
    found = compare(rows, ratio, people="of")
    for group, which in ((found.first, rows["is_first"]), (found.second, ~rows["is_first"])):
        mine = rows[which]
        assert (group.hosts, group.assignments) == (mine["host"].nunique(), len(mine))
        assert group.people == mine["of"].sum()
        if found.is_told:
            assert min(group.hosts, group.people or 0) >= FEWEST
            assert group.value == pytest.approx(mine["part"].sum() / mine["of"].sum())
    if not found.is_told:
        assert found.difference is found.low is found.high is None
        assert found.second.value is None
    elif found.low is not None and found.high is not None:
        assert found.low <= found.high


def test_where_no_draw_differs_chance_cannot_be_told() -> None:
    """All alike in both groups: no width is no certainty."""
    rows = pd.DataFrame([(n, n < 6, 1.0, 1.0) for n in range(12)], columns=COLUMNS)
    found = compare(rows, ratio)
    assert (found.difference, found.low, found.high, found.is_clear) == (0, None, None, False)


def test_no_row_is_no_figure() -> None:
    none = Group(0, 0, None, None)
    assert compare(pd.DataFrame([], columns=COLUMNS), ratio) == Comparison(none, none)
