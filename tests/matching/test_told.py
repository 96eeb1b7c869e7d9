"""What decisions on the top of lists cannot tell stays as it was: skills that everybody looked at has."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.evaluation import choosy
from data.evaluation.world import EQUAL, World, assignment_id, candidates, whole_lists
from matching import CRITERIA, DECISION_COLUMNS, DEFAULT_MODEL, Decisions, LinearModel, TreesModel, WholeList, learn
from matching.learning.brought import Allowance
from matching.learning.fit import fit_trees
from matching.learning.told import OTHERS, hold, keep, told

SKILLS = CRITERIA.index("skills")
ALL_TOLD = dict.fromkeys(OTHERS, 1.0)
NOTHING_KEPT = dict.fromkeys(OTHERS, 0.0)
ONLY_LANGUAGES = LinearModel({"skills": 0.0, "country": 0.2, "languages": 0.8, "availability": 0.0, "interests": 0.0})
shares = st.fixed_dictionaries({one: st.floats(0.0, 1.0) for one in OTHERS})


def decided_on(values: np.ndarray, endorsed: np.ndarray, first: int = 0) -> Decisions:
    """Return decisions on people (assignments, people, 5); `endorsed` says on whom yes was said."""
    rows = [
        (assignment_id(first + number), f"v{who:03}", "vio", int(endorsed[number, who]), "", *values[number, who])
        for number in range(len(values))
        for who in range(values.shape[1])
    ]
    return Decisions.of(pd.DataFrame(rows, columns=list(DECISION_COLUMNS)))


def skilled(chance: np.random.Generator, lists: int, people: int, knowing: int, level: float = 0.8) -> np.ndarray:
    """Return lists on which the first `knowing` people have skills near `level`, the others near .1."""
    values = candidates(lists, chance, people)
    values[:, :knowing, SKILLS] = level + chance.uniform(-0.05, 0.05, (lists, knowing))
    values[:, knowing:, SKILLS] = 0.1 + chance.uniform(-0.05, 0.05, (lists, people - knowing))
    return values


def those_who_speak(values: np.ndarray) -> np.ndarray:
    """Return the decisions of an office that goes by languages alone: yes to the better half."""
    languages = values[..., CRITERIA.index("languages")]
    return languages > np.median(languages, axis=1, keepdims=True)


@pytest.mark.parametrize(("seed", "rare"), [(100, False), (101, False), (102, True), (103, True)])
def test_an_office_that_first_wants_who_knows_the_work_keeps_meeting_them(seed: int, rare: bool) -> None:
    """Looking at the first 8 to 60 of 300; what learning gives without whole lists shows that the world is hard."""
    found = choosy.outcome(seed, rare)
    before, after, unguarded = found.knowing
    assert after > before - 0.06
    assert after >= unguarded
    assert found.pleasure[1] >= found.pleasure[0]


@pytest.mark.parametrize("rare", [False, True])
def test_the_choosy_worlds_do_harm_without_whole_lists(rare: bool) -> None:
    harmed = [choosy.outcome(seed, rare).knowing for seed in (100, 101, 104, 105, 106)]
    assert min(bare - before for before, _, bare in harmed) < (-0.1 if rare else -0.2)


def test_decisions_on_whole_lists_tell_all() -> None:
    world = World.of(3)
    decided, lists = world.decisions(60, EQUAL, 3), world.lists(60, 3)
    assert told(decided, lists) == ALL_TOLD
    bare = learn(decided, EQUAL, default=EQUAL).model
    held = learn(decided, EQUAL, default=EQUAL, lists=lists).model
    fresh = [world.quality(one, 300, 3) for one in (bare, held, EQUAL)]
    assert fresh[1] - fresh[2] > 0.8 * (fresh[0] - fresh[2]) > 0.0


def test_how_far_people_differ_is_told_list_by_list() -> None:
    """Lists with hardly a difference do not make others look told, and the other way round."""
    chance = np.random.default_rng(1)
    values = skilled(chance, 20, 100, 10)
    decided = decided_on(values[:, :10], those_who_speak(values[:, :10]))
    assert told(decided, whole_lists(values))["skills"] == 0.0
    alike = {f"open {number}": WholeList(values[0, :10], 10) for number in range(500)}
    assert told(decided, whole_lists(values) | alike)["skills"] == 0.0


def test_nobody_comes_up_of_whom_decisions_say_nothing() -> None:
    """All who were met know the work; by languages alone nine tenths of the first places would go to others."""
    values = skilled(np.random.default_rng(2), 30, 100, 10)
    decided, lists = decided_on(values[:, :10], those_who_speak(values[:, :10])), whole_lists(values)
    held, kept = hold(ONLY_LANGUAGES, DEFAULT_MODEL, decided, lists)
    assert kept["skills"] > 0.5
    assert held.weights["skills"] >= kept["skills"] * DEFAULT_MODEL.weights["skills"] - 1e-3
    allowed = Allowance(decided, lists, DEFAULT_MODEL, told(decided, lists))
    assert allowed.exceeded(ONLY_LANGUAGES)[OTHERS.index("skills")] and not allowed.exceeded(held).any()


@pytest.mark.parametrize(("others", "rare"), [(0, 1), (19, 1), (0, 10)])
def test_open_lists_of_another_kind_are_held_each_by_itself(others: int, rare: int) -> None:
    """On the lists decided on most know the work; on a few open ones hardly anybody does."""
    chance = np.random.default_rng(3)
    values = skilled(chance, 30, 40, 30)
    alike, few = skilled(chance, others, 40, 30), skilled(chance, rare, 100, 8)
    decided, lists = decided_on(values, those_who_speak(values)), whole_lists(values)
    lists |= {f"open {number}": WholeList(one, len(one)) for number, one in enumerate([*alike, *few])}
    held = hold(ONLY_LANGUAGES, DEFAULT_MODEL, decided, lists)[0]
    for one in few:
        best = [np.argsort(-model.score(one))[:8] for model in (DEFAULT_MODEL, held, ONLY_LANGUAGES)]
        before, after, unheld = (float((one[first, SKILLS] > 0.5).mean()) for first in best)
        assert after >= before - 0.4 > unheld


def test_what_all_have_on_the_lists_decided_on_keeps_its_weight() -> None:
    """Everybody there knows the work: such lists cannot show what less weight on it would do on others."""
    values = skilled(np.random.default_rng(3), 30, 40, 40)
    held, kept = hold(ONLY_LANGUAGES, DEFAULT_MODEL, decided_on(values, those_who_speak(values)), whole_lists(values))
    assert held.weights["skills"] >= DEFAULT_MODEL.weights["skills"] - 1e-3
    assert "skills" not in kept, "nobody would have come up there"


def test_what_is_kept_is_of_the_weight_in_force() -> None:
    """A VIO in which skills weigh more than in what it leans on."""
    strict = LinearModel({"skills": 0.7, "country": 0.2, "languages": 0.04, "availability": 0.03, "interests": 0.03})
    values = skilled(np.random.default_rng(4), 30, 100, 10)
    decided, lists = decided_on(values[:, :10], those_who_speak(values[:, :10])), whole_lists(values)
    held, kept = hold(ONLY_LANGUAGES, strict, decided, lists)
    assert held.weights["skills"] >= kept["skills"] * 0.7 - 1e-3 > 0.0


def test_part_of_a_list_stands_for_the_whole() -> None:
    values = candidates(1, np.random.default_rng(5), 200)[0]
    assert [WholeList(values, people).first for people in (200, 1_000, 100_000)] == [10, 2, 1]
    assert [WholeList(values[:people], people).first for people in (1, 4, 30, 60)] == [1, 1, 3, 6]


def test_with_too_few_lists_nothing_is_learned() -> None:
    decided, lists = World.of(3).decisions(60, EQUAL, 3), World.of(3).lists(60, 3)
    few = dict(list(lists.items())[:9])
    assert learn(decided, EQUAL, default=EQUAL, lists={}).reason == "no_lists"
    assert learn(decided, EQUAL, default=EQUAL, lists=few).reason == "no_lists"
    alone = {one: WholeList(whole.values[:1], 1) for one, whole in lists.items()}
    assert learn(decided, EQUAL, default=EQUAL, lists=alone).reason == "no_lists"
    assert hold(ONLY_LANGUAGES, DEFAULT_MODEL, decided, {}) == (DEFAULT_MODEL, ALL_TOLD)


@settings(max_examples=40)
@given(weights=st.lists(st.floats(0.0, 1.0), min_size=4, max_size=4), seed=st.integers(0, 5))
def test_whatever_was_learned_brings_no_more_than_it_may(weights: list[float], seed: int) -> None:
    total = sum(weights) or 1.0
    given_weights = [one / total for one in weights] if sum(weights) else [1.0, 0.0, 0.0, 0.0]
    own = LinearModel({"country": 0.2} | {one: 0.8 * each for one, each in zip(OTHERS, given_weights, strict=True)})
    office = choosy.Office.of(seed)
    people = choosy.people(12, np.random.default_rng(seed), rare=bool(seed % 2))
    decided, lists = office.decisions(people, np.random.default_rng(seed)), whole_lists(people)
    held, kept = hold(own, DEFAULT_MODEL, decided, lists)
    assert not Allowance(decided, lists, DEFAULT_MODEL, told(decided, lists)).exceeded(held).any()
    assert held.weights["country"] == pytest.approx(0.2)
    if not kept:
        assert held == own


@pytest.mark.parametrize("chosen", [1, 2, 6])
def test_how_many_were_endorsed_on_a_list_does_not_decide_what_is_learned(chosen: int) -> None:
    gains = np.zeros(2)
    for seed in (700, 703, 704, 705):
        world = World.of(seed)
        decided, lists = world.decisions(60, EQUAL, seed, chosen), world.lists(60, seed)
        for place, given_lists in enumerate((None, lists)):
            model = learn(decided, EQUAL, seed=seed, default=EQUAL, lists=given_lists).model or EQUAL
            gains[place] += world.quality(model, 200, seed) - world.quality(EQUAL, 200, seed)
    assert gains[0] > 0.1
    assert gains[1] > 0.7 * gains[0]


@pytest.mark.parametrize("chosen", [1, 2])
def test_who_knows_the_work_stays_however_many_were_endorsed(chosen: int) -> None:
    found = [choosy.outcome(seed, True, chosen).knowing for seed in (101, 102, 105, 106)]
    assert np.mean([after - before for before, after, _ in found]) > -0.04
    assert np.mean([bare - before for before, _, bare in found]) < -0.04, "the worlds are hard"


def test_people_with_the_same_score_share_places_in_whatever_order_they_stand() -> None:
    chance = np.random.default_rng(8)
    values = np.round(candidates(30, chance, 120) * 4) / 4
    decided = decided_on(values[:, :20], those_who_speak(values[:, :20]))
    mixed = {
        one: WholeList(chance.permutation(whole.values), whole.people) for one, whole in whole_lists(values).items()
    }
    first = learn(decided, EQUAL, default=EQUAL, lists=whole_lists(values))
    assert learn(decided, EQUAL, default=EQUAL, lists=mixed).to_dict() == first.to_dict()


def test_trees_in_place_of_weights_of_nothing_leave_all_as_it_is() -> None:
    """Where skills and the country are all that counts in force, and all of it is kept."""
    trees = fit_trees(World.of(5).decisions(120, EQUAL, 5), 0.2, seed=0)
    only_skills = LinearModel({"skills": 0.8, "country": 0.2, "languages": 0.0, "availability": 0.0, "interests": 0.0})
    assert trees is not None
    assert keep(trees, only_skills, {**NOTHING_KEPT, "skills": 1.0}) == only_skills


@given(parts=shares, weights=st.lists(st.floats(0.001, 1.0), min_size=4, max_size=4))
def test_what_is_kept_is_kept_and_the_whole_stays_whole(parts: dict[str, float], weights: list[float]) -> None:
    total = sum(weights)
    own = LinearModel({"country": 0.2} | {one: 0.8 * each / total for one, each in zip(OTHERS, weights, strict=True)})
    kept = keep(own, DEFAULT_MODEL, parts).weights
    assert kept["country"] == 0.2
    assert sum(kept.values()) == pytest.approx(1.0)
    for one in OTHERS:
        assert kept[one] >= parts[one] * DEFAULT_MODEL.weights[one] - 1e-3  # weights have four digits
    ordered = sorted(one for one in OTHERS if kept[one] > parts[one] * DEFAULT_MODEL.weights[one] + 1e-3)
    for one, other in zip(ordered, ordered[1:], strict=False):
        assert kept[one] * own.weights[other] == pytest.approx(kept[other] * own.weights[one], abs=1e-3)


def test_nothing_to_keep_changes_nothing_and_all_kept_learns_nothing() -> None:
    own = LinearModel({"skills": 0.1, "country": 0.2, "languages": 0.5, "availability": 0.1, "interests": 0.1})
    assert keep(own, DEFAULT_MODEL, NOTHING_KEPT) == own
    kept = keep(own, DEFAULT_MODEL, dict.fromkeys(OTHERS, 1.0))
    assert kept.weights == pytest.approx(DEFAULT_MODEL.weights, abs=1e-3)


@pytest.mark.parametrize("leaning", [False, True])
def test_trees_keep_it_in_their_linear_part(leaning: bool) -> None:
    world = World.of(5)
    trees = fit_trees(world.decisions(120, EQUAL, 5), 0.2, seed=0)
    assert isinstance(trees, TreesModel)
    if leaning:
        linear = {"country": 0.2, "skills": 0.0, "languages": 0.1, "availability": 0.05, "interests": 0.0}
        trees = TreesModel(linear, trees.trees)
    worth = min(OTHERS, key=trees.weights.__getitem__)
    kept = keep(trees, LinearModel(dict.fromkeys(CRITERIA, 0.2)), {**NOTHING_KEPT, worth: 1.0})
    assert isinstance(kept, TreesModel) and trees.weights[worth] < 0.2
    assert kept.weights[worth] == pytest.approx(0.2) and kept.linear_part["country"] == 0.2
    others = [one for one in OTHERS if one != worth]
    ratios = [kept.weights[one] / trees.weights[one] for one in others if trees.weights[one] > 1e-6]
    assert ratios == pytest.approx([ratios[0]] * len(ratios))
    values = np.random.default_rng(1).random((50, len(CRITERIA)))
    assert kept.contributions(values).sum(axis=1) == pytest.approx(kept.score(values))
    nothing = keep(trees, LinearModel(dict.fromkeys(CRITERIA, 0.2)), dict.fromkeys(OTHERS, 1.0))
    assert nothing.weights == pytest.approx(dict.fromkeys(CRITERIA, 0.2), abs=1e-9)
