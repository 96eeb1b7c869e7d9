"""The lot inside a band: bands stand, chance decides, and who is crowded comes first less often."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import PLAIN, Matcher, Spread, best_bands, expected_firsts, fit_spread
from matching.spread import LEAST_WEIGHT, MOST_WEIGHT, Lottery
from tests.matching.frames import frame
from tests.matching.test_matcher import PEOPLE, WORK

Pair = tuple[str, str, int]
NAMES = st.sampled_from([f"n{number}" for number in range(8)])
TABLES = st.dictionaries(st.tuples(NAMES, NAMES), st.integers(20, 23), min_size=1).map(
    lambda bands: [(work, person, band) for (work, person), band in bands.items()]
)
DRAWS = 4000


def by_person(pairs: list[Pair]) -> list[tuple[str, str]]:
    """Return (person, assignment) for the best band of each person's list."""
    return best_bands((person, work, band) for work, person, band in pairs)


def popular_world() -> list[Pair]:
    """Return 60 people who fit one assignment as well as one of twelve others."""
    pairs = [("popular", f"v{number}", 40) for number in range(60)]
    return pairs + [(f"a{number % 12}", f"v{number}", 40) for number in range(60)]


def test_without_weights_it_is_a_plain_lot_of_sixteen_sortable_characters() -> None:
    lots = [PLAIN.lot(7, f"v{number}", "a") for number in range(2000)]
    assert all(len(lot) == 16 and set(lot) <= set("0123456789abcdef") for lot in lots)
    assert len(set(lots)) == len(lots)
    assert lots == [PLAIN.lot(7, f"v{number}", "a") for number in range(2000)]
    first = Counter(min(range(5), key=lambda one: PLAIN.lot(seed, f"v{one}", "a")) for seed in range(DRAWS))
    assert all(count == pytest.approx(DRAWS / 5, rel=0.15) for count in first.values())


def test_lots_of_two_assignments_or_two_people_have_nothing_to_do_with_each_other() -> None:
    people, works = [f"v{number}" for number in range(300)], [f"a{number}" for number in range(40)]
    lottery = Lottery(PLAIN, 5, people, works)
    lots = lottery.drawn(np.repeat(np.arange(300), 40), np.tile(np.arange(40), 300)).reshape(300, 40)
    assert lots.min() > 0.0 and lots.max() < 1.0
    tenths = np.bincount((lots * 10).astype(int).ravel(), minlength=10)
    assert tenths == pytest.approx(np.full(10, 1200), rel=0.1)
    for table in (lots, lots.T):  # 780 and 44,850 pairs of columns: correlations are as small as chance has them
        found = np.asarray(np.corrcoef(table, rowvar=False))[np.triu_indices(table.shape[1], 1)]
        assert abs(found.mean()) < 0.01 and found.std() == pytest.approx(len(table) ** -0.5, rel=0.1)
    many = PLAIN.lots(5, people, [works[7]] * 300)
    assert np.argsort(many).tolist() == np.argsort(lots[:, 7]).tolist()
    assert many[3] == PLAIN.lot(5, people[3], works[7]) != PLAIN.lot(5, works[7], people[3])


@pytest.mark.parametrize("heavy", [1.0, 3.0, 9.0])
def test_the_chance_to_come_first_goes_by_weight_in_both_lists(heavy: float) -> None:
    spread = Spread({"a": heavy}, {"v": heavy})
    of_person = sum(spread.lot(seed, "x", "a") < spread.lot(seed, "x", "b") for seed in range(DRAWS))
    of_work = sum(spread.lot(seed, "v", "c") < spread.lot(seed, "x", "c") for seed in range(DRAWS))
    for won in (of_person, of_work):
        assert won / DRAWS == pytest.approx(heavy / (heavy + 1), abs=0.03)


@settings(deadline=None)
@given(TABLES)
def test_the_spread_never_crowds_more_than_the_plain_lot(pairs: list[Pair]) -> None:
    spread, lists = fit_spread(pairs), by_person(pairs)
    plain, after = expected_firsts(lists, {}), expected_firsts(lists, spread.assignments)
    assert sum(after.values()) == pytest.approx(sum(plain.values()))
    assert sum(count**2 for count in after.values()) <= sum(count**2 for count in plain.values()) * 1.001
    weights = [*spread.assignments.values(), *spread.volunteers.values()]
    assert all(LEAST_WEIGHT <= weight <= MOST_WEIGHT for weight in weights)


@settings(deadline=None)
@given(TABLES)
def test_who_stands_in_all_the_lists_of_another_and_more_never_comes_first_more_easily(pairs: list[Pair]) -> None:
    spread, lists = fit_spread(pairs), by_person(pairs)
    stands = {work: {person for person, other in lists if other == work} for _, work in lists}
    for crowded, many in stands.items():
        for other, few in stands.items():
            if few < many:
                assert spread.assignments.get(crowded, 1.0) <= spread.assignments.get(other, 1.0)


@settings(deadline=None)
@given(TABLES, st.randoms())
def test_the_order_of_the_pairs_changes_no_weight(pairs: list[Pair], chance: random.Random) -> None:
    assert fit_spread(chance.sample(pairs, len(pairs))) == fit_spread(pairs)


def test_one_popular_assignment_leaves_first_places_to_the_others() -> None:
    pairs = popular_world()
    lists = by_person(pairs)
    plain, after = expected_firsts(lists, {}), expected_firsts(lists, fit_spread(pairs).assignments)
    assert plain["popular"] == pytest.approx(30)
    assert after["popular"] == pytest.approx(60 / 13, rel=0.05)


def test_weights_survive_their_storage() -> None:
    spread = fit_spread(popular_world())
    assert spread.assignments and Spread.from_dict(spread.to_dict()) == spread
    assert Spread.from_dict({}) == PLAIN


def _ranked(rows: list[dict[str, str]], work: list[dict[str, str]], spread: Spread | None, seed: int) -> pd.DataFrame:
    matcher = Matcher().fit(frame(*rows))
    return matcher.rank(frame(*work), seed=seed, spread=matcher.spread_over(frame(*work)) if spread is None else spread)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 5), st.lists(st.floats(LEAST_WEIGHT, MOST_WEIGHT), min_size=20, max_size=20))
def test_no_weight_moves_anybody_out_of_a_band(seed: int, weights: list[float]) -> None:
    rows = PEOPLE[:20]
    spread = Spread({}, dict(zip((row["id"] for row in rows), weights, strict=True)))
    plain, after = _ranked(rows, WORK, PLAIN, seed), _ranked(rows, WORK, spread, seed)
    same = ["assignment_id", "rank", "status", "band"]
    assert after[same].values.tolist() == plain[same].values.tolist()
    scores = ["assignment_id", "volunteer_id", "score", "reasons"]
    assert sorted(after[scores].values.tolist()) == sorted(plain[scores].values.tolist())


def test_a_spread_ranking_depends_on_no_input_order_and_repeats() -> None:
    table = _ranked(PEOPLE, WORK, None, seed=3)
    chance = random.Random(5)
    people, work = chance.sample(PEOPLE, len(PEOPLE)), chance.sample(WORK, len(WORK))
    again = _ranked(people, work, None, seed=3).sort_values(["assignment_id", "rank"], kind="stable")
    assert again.to_csv(index=False) == table.sort_values(["assignment_id", "rank"], kind="stable").to_csv(index=False)
    heavy = Spread({}, {row["id"]: 50.0 for row in PEOPLE[::2]})
    moved = _ranked(PEOPLE, WORK, heavy, seed=3)["volunteer_id"]
    assert np.any(moved.to_numpy() != table["volunteer_id"].to_numpy())


def test_the_list_of_a_person_follows_the_same_lots() -> None:
    matcher = Matcher().fit(frame(*PEOPLE))
    spread = Spread({"a1": 0.02, "a2": 30.0}, {"v003": 4.0})
    mine = matcher.rank_for(["v003"], frame(*WORK), seed=2, spread=spread)
    keys = [
        (status, -band, spread.lot(2, "v003", work))
        for status, band, work in zip(mine["status"], mine["band"], mine["assignment_id"], strict=True)
    ]
    assert keys == sorted(keys)


def test_where_nobody_is_listed_nothing_is_spread() -> None:
    assert fit_spread([]) == PLAIN
