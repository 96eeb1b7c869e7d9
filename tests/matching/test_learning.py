"""Learning: what was planted is found again, the country stays as people set it, and noise teaches nothing."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.evaluation.world import EQUAL, World
from data.evaluation.worlds import outcome
from matching import (
    CRITERIA,
    DECISION_COLUMNS,
    DEFAULT_MODEL,
    LINEAR_FROM,
    PROPOSAL_REASONS,
    Calibration,
    DecisionError,
    Decisions,
    LinearModel,
    ScoreModel,
    TreesModel,
    compare,
    learn,
    model_from_json,
)
from matching.learning.fit import fit_linear, fit_trees

PLANTED = np.array([0.1, 0.2, 0.45, 0.2, 0.05])


def decided(count: int, seed: int = 0, each: int = 10, noise: float = 0.08, by_lot: bool = False) -> pd.DataFrame:
    """Decisions by the planted weights, or labels drawn by lot."""
    chance = np.random.default_rng(seed)
    rows: list[tuple[Any, ...]] = []
    for assignment in range(count):
        values = chance.random((each, 5))
        liking = values @ PLANTED + chance.normal(0, noise, each)
        labels = chance.random(each) < 0.4 if by_lot else liking > 0.5
        for place in range(each):
            position = place + 1 if place % 2 else ""
            rows.append((f"a{assignment}", f"v{place}", "x", int(labels[place]), position, *values[place]))
    return pd.DataFrame(rows, columns=list(DECISION_COLUMNS))


def test_planted_weights_are_found_again_and_the_country_is_left_alone() -> None:
    current = LinearModel({"skills": 0.4, "country": 0.31, "languages": 0.1, "availability": 0.1, "interests": 0.09})
    proposal = learn(Decisions.of(decided(300)), current)
    assert (proposal.kind, proposal.reason) == ("linear", "")
    assert proposal.model is not None
    weights = proposal.model.weights
    assert weights["country"] == 0.31
    expected = PLANTED / 0.8 * 0.69
    for place, criterion in enumerate(CRITERIA):
        if criterion != "country":
            assert weights[criterion] == pytest.approx(expected[place], abs=0.04)
    assert proposal.figures["gain_low"] > 0 < proposal.figures["pairs_gain_low"]
    assert proposal.figures["log_loss_proposal"] < proposal.figures["log_loss_default"]


def test_what_spreads_little_is_worth_what_people_make_of_it() -> None:
    """Languages differ little on a list and causes much; people go by languages most, and by what is usual there."""
    chance = np.random.default_rng(3)
    taste, spread = np.array([4.0, 0.0, 24.0, 0.0, 10.0]), np.array([0.2, 0.2, 0.06, 0.02, 0.38])
    rows: list[tuple[Any, ...]] = []
    for assignment in range(60):
        apart = np.clip(chance.normal(0.0, spread, (10, 5)), -0.4, 0.4)
        values = chance.uniform(0.4, 0.6, 5) + apart
        labels = chance.random(10) < 1.0 / (1.0 + np.exp(-apart @ taste))
        rows += [(f"a{assignment}", f"v{at}", "x", int(labels[at]), "", *values[at]) for at in range(10)]
    own = fit_linear(Decisions.of(pd.DataFrame(rows, columns=list(DECISION_COLUMNS))), 0.2)
    assert own is not None
    for criterion, share in zip(CRITERIA, taste / taste.sum() * 0.8, strict=True):
        if criterion != "country":
            assert own.weights[criterion] == pytest.approx(share, abs=0.05), criterion


def test_a_country_that_decided_everything_gains_no_weight() -> None:
    frame = decided(100)
    frame["label"] = (frame["country"] > 0.5).astype(int)
    proposal = learn(Decisions.of(frame), DEFAULT_MODEL)
    assert proposal.model is None
    own = fit_linear(Decisions.of(frame), 0.2)
    assert own is None or own.weights["country"] == 0.2


def test_a_criterion_that_counts_against_people_gets_no_negative_weight() -> None:
    frame = decided(60)
    frame["interests"] = 1.0 - frame["languages"]
    own = fit_linear(Decisions.of(frame), 0.2)
    assert own is not None and own.weights["interests"] == 0.0 and min(own.weights.values()) >= 0.0


def test_labels_drawn_by_lot_teach_nothing() -> None:
    proposed = [
        learn(Decisions.of(decided(count, seed, by_lot=True)), DEFAULT_MODEL, seed=seed).model is not None
        for seed in range(20)
        for count in (20, 60)
    ]
    assert sum(proposed) <= 2


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (decided(LINEAR_FROM - 1), "too_few"),
        (decided(30).assign(label=1), "one_sided"),
        (decided(30).assign(label=0), "one_sided"),
        (decided(40, by_lot=True), "no_gain"),
        (decided(40).assign(**dict.fromkeys(CRITERIA, 0.5)), "no_signal"),
    ],
)
def test_why_nothing_is_proposed_has_a_code(frame: pd.DataFrame, reason: str) -> None:
    proposal = learn(Decisions.of(frame), DEFAULT_MODEL)
    assert (proposal.model, proposal.reason) == (None, reason)
    assert reason in PROPOSAL_REASONS
    assert proposal.figures["assignments"] == frame["assignment_id"].nunique()
    assert proposal.figures["decisions"] == len(frame)


def test_where_the_country_is_all_there_is_nothing_to_learn() -> None:
    only = LinearModel({**dict.fromkeys(CRITERIA, 0.0), "country": 1.0})
    assert learn(Decisions.of(decided(40)), only).reason == "country_is_all"


def distance(one: ScoreModel, other: ScoreModel) -> float:
    return sum(abs(one.weights[criterion] - other.weights[criterion]) for criterion in CRITERIA)


def test_few_decisions_lean_on_the_shared_model_and_many_stand_on_their_own() -> None:
    shared = LinearModel({"skills": 0.05, "country": 0.2, "languages": 0.05, "availability": 0.05, "interests": 0.65})
    off = []
    for count in (25, 300):
        decisions = Decisions.of(decided(count))
        own = fit_linear(decisions, 0.2)
        leaning = learn(decisions, DEFAULT_MODEL, shared)
        assert own is not None and leaning.model is not None
        assert distance(leaning.model, shared) < distance(own, shared)
        off.append(distance(leaning.model, own))
    assert off[0] > 3 * off[1] > 0


def test_neither_the_order_of_the_rows_nor_a_second_look_changes_what_is_learned() -> None:
    frame = decided(40)
    first = learn(Decisions.of(frame), DEFAULT_MODEL, seed=3)
    again = learn(Decisions.of(frame.sample(frac=1.0, random_state=1)), DEFAULT_MODEL, seed=3)
    assert first.to_dict() == again.to_dict()
    assert model_from_json(first.to_dict()["model"]) == first.model


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("label", "ended_early", "neither 1"),
        ("label", 0.5, "neither 1"),
        ("label", None, "neither 1"),
        ("skills", 1.2, "no number from 0 to 1"),
        ("interests", "", "no number from 0 to 1"),
        ("position", 0, "no rank"),
        ("position", "first", "no rank"),
        ("volunteer_id", "v1", "twice"),
    ],
)
def test_what_is_no_decision_is_refused_by_pair(column: str, value: object, words: str) -> None:
    frame = decided(3).astype(object)
    frame.loc[4, column] = value
    with pytest.raises(DecisionError, match=rf"assignment a0 .*{words}"):
        Decisions.of(frame)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(DecisionError, match="vio"):
        Decisions.of(decided(3).drop(columns="vio"))


def test_trees_say_what_scikit_learn_says_and_leave_the_country_to_people() -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    from matching.learning.fit import BOOSTING

    frame = decided(120)
    frame["country"] = 0.5  # without a say of the country the raw predictions can be compared
    decisions = Decisions.of(frame)
    model = fit_trees(decisions, 0.25, seed=0)
    assert isinstance(model, TreesModel) and model.linear_part["country"] == model.weights["country"] == 0.25
    boosted = HistGradientBoostingClassifier(
        monotonic_cst=[1, 0, 1, 1, 1], interaction_cst=[{0, 2, 3, 4}, {1}], random_state=0, **BOOSTING
    ).fit(decisions.values, decisions.labels)
    raw = boosted.decision_function(decisions.values)
    low, high = boosted.decision_function([[0, 0.5, 0, 0, 0], [1, 0.5, 1, 1, 1]])
    expected = 100 * (0.25 * 0.5 + 0.75 * (raw - low) / (high - low))
    assert np.abs(model.score(decisions.values) - expected).max() < 1e-9


def test_from_500_decided_assignments_trees_may_win() -> None:
    chance = np.random.default_rng(5)
    frame = decided(500, each=8)
    both = (frame["skills"] > 0.6) & (frame["languages"] > 0.5)
    frame["label"] = (both ^ (chance.random(len(frame)) < 0.03)).astype(int)
    proposal = learn(Decisions.of(frame), DEFAULT_MODEL)
    assert proposal.kind == "trees" and isinstance(proposal.model, TreesModel)
    assert proposal.model.linear_part["country"] == 0.2
    fewer = learn(Decisions.of(frame[frame["assignment_id"] != "a7"]), DEFAULT_MODEL)
    assert fewer.kind == "linear"


def test_learning_gains_on_invented_worlds() -> None:
    gains = [outcome(seed, 100).gain for seed in range(200, 205)]
    assert np.mean(gains) > 0.03 and min(gains) > -0.02


def test_a_world_is_the_same_each_time_and_shows_the_top_more_often() -> None:
    decisions = World.of(7).decisions(40, EQUAL, 7)
    assert decisions.frame.equals(World.of(7).decisions(40, EQUAL, 7).frame)
    assert (decisions.positions <= 10).sum() > (decisions.positions > 20).sum() > 0


def test_a_share_is_told_where_enough_was_decided_and_rises_with_the_score() -> None:
    chance = np.random.default_rng(1)
    scores = chance.uniform(20, 90, 4000)
    truth = 1 / (1 + np.exp(-(scores - 60) / 10))
    right = 0
    for _ in range(20):
        curve = Calibration.of(scores, chance.random(4000) < truth, np.arange(4000) // 10)
        assert curve is not None
        for score, share in ((40, 0.1192), (60, 0.5), (80, 0.8808)):
            told = curve.share(score)
            assert told.value == pytest.approx(share, abs=0.05)
            right += told.low < share < told.high
    assert right >= 50  # of 60; an interval of 95 % holds 57 on average
    assert Calibration.from_json(curve.to_json()) == curve
    few = Calibration.of(scores[:200], chance.random(200) < truth[:200], np.arange(200) // 10)
    assert few is not None
    wide, narrow = few.share(60), curve.share(60)
    assert wide.high - wide.low > narrow.high - narrow.low


def test_a_share_never_falls_with_the_score_and_few_decisions_have_none() -> None:
    scores = np.linspace(0, 100, 300)
    groups = np.arange(300) // 10
    curve = Calibration.of(scores, scores < 50, groups)
    assert curve is not None and curve.share(90).value >= curve.share(10).value
    assert Calibration.of(scores[:199], scores[:199] < 50, groups[:199]) is None
    assert Calibration.of(scores, scores > 99, groups) is None
    with pytest.raises(ValueError, match="cannot be read"):
        Calibration.from_json("{}")


def test_ten_decisions_of_one_kind_on_an_assignment_tell_no_more_than_one() -> None:
    chance = np.random.default_rng(2)
    scores = chance.uniform(20, 90, 400)
    labels = chance.random(400) < 1 / (1 + np.exp(-(scores - 60) / 10))
    once = Calibration.of(scores, labels, np.arange(400))
    tenfold = Calibration.of(np.repeat(scores, 10), np.repeat(labels, 10), np.repeat(np.arange(400), 10))
    assert once is not None and tenfold is not None
    wide, same = once.share(60), tenfold.share(60)
    assert same.high - same.low == pytest.approx(wide.high - wide.low, rel=0.05)


def test_what_learned_scores_mean_is_told_from_assignments_that_were_held_back() -> None:
    decisions = Decisions.of(decided(60))
    proposal = learn(decisions, DEFAULT_MODEL)
    assert proposal.model is not None and proposal.calibration is not None
    seen = Calibration.of(proposal.model.score(decisions.values), decisions.labels, decisions.groups)
    assert seen is not None
    assert proposal.calibration.slope < seen.slope, "what was learned by heart would promise more"
    assert proposal.calibration.slope == pytest.approx(seen.slope, rel=0.2)


def test_a_model_that_was_not_learned_here_is_held_against_what_is_in_force() -> None:
    planted = LinearModel(dict(zip(CRITERIA, PLANTED.tolist(), strict=True)))
    figures = compare(Decisions.of(decided(40)), planted, DEFAULT_MODEL)
    assert figures["pairs_proposal"] - figures["pairs_current"] == pytest.approx(figures["pairs_change"])
    assert figures["change_low"] > 0 < figures["pairs_change_low"]
    same = compare(Decisions.of(decided(40)), DEFAULT_MODEL, DEFAULT_MODEL)
    assert same["change"] == same["pairs_change_high"] == 0
    assert compare(Decisions.of(decided(9)), planted, DEFAULT_MODEL) == {}
