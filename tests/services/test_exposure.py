"""Tables of who stands at the top: what is counted, and that nothing about few people can be worked out."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.services.exposure import exposure_table
from webapp.services.small_cells import FEWEST, LEAST_DOUBT, hidden, pooled


def _lists(order: dict[str, list[str]], status: str = "eligible") -> pd.DataFrame:
    rows = [
        {"assignment_id": work, "volunteer_id": person, "rank": place, "status": status}
        for work, people in order.items()
        for place, person in enumerate(people, start=1)
    ]
    return pd.DataFrame(rows)


PEOPLE = [f"{group}{number}" for group in "ab" for number in range(12)]
GROUPS = {person: person[0] for person in PEOPLE}


def _shuffled(seed: int, favour: str = "") -> dict[str, list[str]]:
    chance = random.Random(seed)
    return {
        f"w{work}": sorted(chance.sample(PEOPLE, len(PEOPLE)), key=lambda person: person[0] != favour)
        for work in range(20)
    }


def test_a_lot_gives_everyone_what_is_due() -> None:
    for line in exposure_table(_lists(_shuffled(1)), GROUPS):
        assert line.people == 12 and line.share == 0.5
        assert line.top is not None and line.first is not None
        assert line.top.due == line.first.due == 0.5
        assert line.top.ratio.low is not None and line.top.ratio.high is not None
        assert line.top.ratio.low <= 1 <= line.top.ratio.high


def test_a_favoured_group_is_seen_and_the_other_cannot_be_told_from_few() -> None:
    favoured, other = exposure_table(_lists(_shuffled(1, favour="a")), GROUPS)
    assert (favoured.groups, other.groups) == (("a",), ("b",))
    assert favoured.top is None and other.top is None  # nobody of b stands there, and a's share would say so
    some = _shuffled(2, favour="a")
    for number, people in enumerate(some.values()):
        people.insert(5, people.pop(12 + number % 12))
    favoured, other = exposure_table(_lists(some), GROUPS)
    assert favoured.top is not None and other.top is not None
    assert favoured.top.share == pytest.approx(0.9) and other.top.ratio.value == pytest.approx(0.2)


def test_the_one_place_of_two_small_groups_is_not_left_over() -> None:
    groups = {
        f"{group}{number}": group for group, many in zip("abcd", (20, 20, 6, 6), strict=True) for number in range(many)
    }
    large = [f"{group}{number}" for number in range(20) for group in "ab"]
    small = [person for person in groups if person[0] in "cd"]
    some = {f"w{work}": [*large[work:], *large[:work], *small] for work in range(6)}
    some["w0"].insert(4, some["w0"].pop(40))  # c0 stands at the top once, and nobody else of c and d
    shown = [line.top for line in exposure_table(_lists(some), groups) if line.top is not None]
    assert len(shown) < 2, "what is left over tells of one person"


def test_near_matches_and_people_without_a_group_do_not_count() -> None:
    near = _lists({"w0": ["x1", *PEOPLE]}, status="near")
    table = pd.concat([_lists(_shuffled(1)), near])
    assert exposure_table(table, GROUPS) == exposure_table(_lists(_shuffled(1)), GROUPS)
    assert exposure_table(near, GROUPS) == []


def test_hosts_are_groups_of_assignments_in_the_lists_of_people() -> None:
    hosts = {f"w{work}": "h1" if work < 5 else "h2" for work in range(20)}
    first, second = exposure_table(_lists(_shuffled(1)), hosts, grouped="assignment_id")
    assert {first.groups, second.groups} == {("h1",), ("h2",)}
    assert first.people == second.people == len(PEOPLE)
    shares = {line.groups[0]: line.first.due for line in (first, second) if line.first}
    assert shares == {"h1": 0.25, "h2": 0.75}


def test_too_few_lists_give_no_interval() -> None:
    table = exposure_table(_lists({"w0": PEOPLE}), GROUPS)
    assert all(line.top is None or line.top.ratio.low is None for line in table)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12), min_size=1))
def test_no_group_of_few_people_stands_alone(people: dict[str, int]) -> None:
    shown = pooled(people)
    assert sorted(group for together in shown for group in together) == sorted(people)
    if sum(people.values()) >= FEWEST and len(people) > 1:
        assert all(sum(people[group] for group in together) >= FEWEST for together in shown)
        assert all(people[group] >= FEWEST for together in shown if len(together) == 1 for group in together)


def _published(counts: tuple[int, ...]) -> tuple[int | None, ...]:
    """Return what a reader sees of a column: its total (where only another table tells it, too) and the shown cells."""
    away = hidden(counts) or [True] * len(counts)
    return (sum(counts), *(None if off else count for count, off in zip(counts, away, strict=True)))


@pytest.mark.parametrize(("width", "most"), [(2, 60), (3, 26), (4, 16), (5, 11)])
def test_no_hidden_cell_can_be_worked_out_by_who_knows_the_total_and_this_rule(width: int, most: int) -> None:
    """Every column up to a total: take all columns that look the same, and see what each hidden cell could be."""
    alike: dict[tuple[int | None, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=width):
        if FEWEST <= sum(counts) <= most:  # fewer in all: nothing is shown anywhere, the total neither
            alike[_published(counts)].append(counts)
    assert any(None in seen and any(seen[1:]) for seen in alike) == (width > 2)
    for seen, columns in alike.items():
        for place, cell in enumerate(seen[1:]):
            if cell is None:
                assert len({column[place] for column in columns}) >= LEAST_DOUBT, (seen, columns)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_small_cells_are_always_hidden_and_together_they_are_many(counts: list[int]) -> None:
    away = hidden(counts)
    if away is None:
        assert min(counts) < FEWEST
        return
    assert not all(away)
    assert all(off for count, off in zip(counts, away, strict=True) if count < FEWEST)
    rest = [count for count, off in zip(counts, away, strict=True) if off]
    assert bool(rest) == (min(counts) < FEWEST)
    assert not rest or sum(rest) >= FEWEST


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([45, 23, 4, 7, 3, 2], [45, 23, 7]),  # three small ones hide each other
        ([18, 4, 2, 2, 0, 0], [18]),
        ([30, 22, 9, 2, 5], [30, 22, 9]),  # one small one needs a larger one
        ([30, 20, 0, 0, 9], [30, 20]),  # so do two of whom the sum would say that they are nothing
    ],
)
def test_a_column_tells_what_it_can(counts: list[int], shown: list[int]) -> None:
    away = hidden(counts)
    assert away is not None
    assert [count for count, off in zip(counts, away, strict=True) if not off] == shown
