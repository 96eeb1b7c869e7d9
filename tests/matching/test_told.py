"""What decisions on the top of lists cannot tell stays as it was: skills that everybody looked at has."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.evaluation import choosy
from data.evaluation.world import EQUAL, World
from matching import CRITERIA, DEFAULT_MODEL, LinearModel, TreesModel, learn, usual_spread
from matching.learning.fit import fit_trees
from matching.learning.told import OTHERS, keep_untold, untold

ALL_TOLD = dict.fromkeys(OTHERS, 0.0)
shares = st.fixed_dictionaries({one: st.floats(0.0, 1.0) for one in OTHERS})


@pytest.mark.parametrize("seed", [100, 101, 102, 103])
def test_an_office_that_first_wants_who_knows_the_work_keeps_meeting_them(seed: int) -> None:
    """Looking at the first 8 to 60 of 300; what learning gives without whole lists shows that the world is hard."""
    found = choosy.outcome(seed)
    before, after, unguarded = found.knowing
    assert after > before - 0.06
    assert after >= unguarded
    assert found.pleasure[1] >= found.pleasure[0]


def test_the_choosy_worlds_do_harm_without_whole_lists() -> None:
    harmed = [choosy.outcome(seed).knowing for seed in (100, 101, 104, 105)]
    assert min(bare - before for before, _, bare in harmed) < -0.2


def test_decisions_on_whole_lists_tell_all() -> None:
    world = World.of(3)
    decided = world.decisions(60, EQUAL, 3)
    usual = usual_spread(world.lists(60, 3))
    assert untold(decided, usual) == ALL_TOLD
    with_lists = learn(decided, EQUAL, default=EQUAL, usual=usual)
    assert with_lists.to_dict() == learn(decided, EQUAL, default=EQUAL).to_dict()


def test_the_usual_spread_is_that_within_a_list() -> None:
    apart = np.tile(np.linspace(0.0, 0.4, 5)[:, None], (1, len(CRITERIA)))
    lists = [apart, apart + 0.5, np.ones((1, len(CRITERIA)))]  # one person differs from nobody
    assert usual_spread(lists) == pytest.approx(dict.fromkeys(CRITERIA, float(np.std([0.0, 0.1, 0.2, 0.3, 0.4]))))
    assert usual_spread([np.ones((1, len(CRITERIA)))]) == {}


def test_without_any_list_nothing_is_learned() -> None:
    decided = World.of(3).decisions(60, EQUAL, 3)
    assert learn(decided, EQUAL, default=EQUAL, usual={}).reason == "no_lists"


@given(parts=shares, weights=st.lists(st.floats(0.001, 1.0), min_size=4, max_size=4))
def test_what_is_kept_is_kept_and_the_whole_stays_whole(parts: dict[str, float], weights: list[float]) -> None:
    total = sum(weights)
    own = LinearModel({"country": 0.2} | {one: 0.8 * each / total for one, each in zip(OTHERS, weights, strict=True)})
    kept = keep_untold(own, DEFAULT_MODEL, parts).weights
    assert kept["country"] == 0.2
    assert sum(kept.values()) == pytest.approx(1.0)
    for one in OTHERS:
        assert kept[one] >= parts[one] * DEFAULT_MODEL.weights[one] - 1e-3  # weights have four digits
    ordered = sorted(one for one in OTHERS if kept[one] > parts[one] * DEFAULT_MODEL.weights[one] + 1e-3)
    for one, other in zip(ordered, ordered[1:], strict=False):
        assert kept[one] * own.weights[other] == pytest.approx(kept[other] * own.weights[one], abs=1e-3)


def test_all_told_changes_nothing_and_nothing_told_learns_nothing() -> None:
    own = LinearModel({"skills": 0.1, "country": 0.2, "languages": 0.5, "availability": 0.1, "interests": 0.1})
    assert keep_untold(own, DEFAULT_MODEL, ALL_TOLD) == own
    kept = keep_untold(own, DEFAULT_MODEL, dict.fromkeys(OTHERS, 1.0))
    assert kept.weights == pytest.approx(DEFAULT_MODEL.weights, abs=1e-3)


def test_trees_keep_it_in_their_linear_part() -> None:
    world = World.of(5)
    trees = fit_trees(world.decisions(120, EQUAL, 5), 0.2, seed=0)
    assert isinstance(trees, TreesModel)
    worth = min(OTHERS, key=trees.weights.__getitem__)
    kept = keep_untold(trees, LinearModel(dict.fromkeys(CRITERIA, 0.2)), {**ALL_TOLD, worth: 1.0})
    assert isinstance(kept, TreesModel) and trees.weights[worth] < 0.2
    assert kept.weights[worth] == pytest.approx(0.2) and kept.linear_part["country"] == 0.2
    values = np.random.default_rng(1).random((50, len(CRITERIA)))
    assert kept.contributions(values).sum(axis=1) == pytest.approx(kept.score(values))
    nothing = keep_untold(trees, LinearModel(dict.fromkeys(CRITERIA, 0.2)), dict.fromkeys(OTHERS, 1.0))
    assert nothing.weights == pytest.approx(dict.fromkeys(CRITERIA, 0.2), abs=1e-9)
