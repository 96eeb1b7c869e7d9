"""Score models: exact contributions, never falling, and the same text again; what of the score is not known."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import (
    CRITERIA,
    DEFAULT_MODEL,
    DEFAULT_WEIGHTS,
    LinearModel,
    Matcher,
    Reason,
    ScoreModel,
    TreesModel,
    criteria_values,
    model_from_json,
    score_range,
)
from matching.learning.blend import blend, with_country
from tests.matching.frames import frame
from tests.matching.strategies import ASSIGNMENTS, VOLUNTEERS
from tests.matching.test_score import readable

SHARES = st.lists(st.integers(0, 20), min_size=5, max_size=5).filter(any)
ROWS = st.lists(st.lists(st.floats(0, 1), min_size=5, max_size=5), min_size=1, max_size=6)
FULL, NOTHING = np.ones((1, 5)), np.zeros((1, 5))


def split(feature: int, threshold: float, low: float, high: float) -> dict[str, list[Any]]:
    return {
        "feature": [feature, -1, -1],
        "threshold": [threshold, 0.0, 0.0],
        "left": [1, 0, 0],
        "right": [2, 0, 0],
        "value": [0.0, low, high],
    }


# Languages count only where skills are above one half; the last tree gives availability a say of its own.
BOTH: dict[str, list[Any]] = {
    "feature": [0, -1, 2, -1, -1],
    "threshold": [0.5, 0.0, 0.3, 0.0, 0.0],
    "left": [1, 0, 3, 0, 0],
    "right": [2, 0, 4, 0, 0],
    "value": [0.0, -0.4, 0.0, -0.4, 0.9],
}
WEIGHTS = {"skills": 0.1, "country": 0.2, "languages": 0.0, "availability": 0.0, "interests": 0.05}
TREES = TreesModel(WEIGHTS, [BOTH, split(0, 0.2, -0.1, 0.2), split(3, 0.6, 0.0, 0.3)])


@st.composite
def models(draw: st.DrawFn) -> ScoreModel:
    given_shares = draw(SHARES)
    linear = LinearModel({one: share / sum(given_shares) for one, share in zip(CRITERIA, given_shares, strict=True)})
    if draw(st.booleans()):
        return linear
    steps = st.tuples(st.integers(0, 4), st.floats(0.01, 0.99), st.floats(-1, 1), st.floats(0.01, 2))
    trees = [split(at, cut, low, low + rise) for at, cut, low, rise in draw(st.lists(steps, min_size=1, max_size=6))]
    factor = draw(st.floats(0, 0.9))
    return TreesModel({one: share * factor for one, share in linear.weights.items()}, [BOTH, *trees])


@settings(max_examples=150, deadline=None)
@given(models(), ROWS)
def test_contributions_and_what_is_possible_add_up(model: ScoreModel, rows: list[list[float]]) -> None:
    contributions, possible = model.contributions(rows), model.possible(rows)
    assert np.abs(contributions.sum(axis=1) - model.score(rows)).max() <= 1e-9
    assert np.abs(possible.sum(axis=1) - 100.0).max() <= 1e-9
    assert contributions.min() >= 0.0
    assert (possible - contributions).min() >= -1e-9


@settings(max_examples=150, deadline=None)
@given(models(), ROWS, st.integers(0, 4), st.floats(0, 1))
def test_more_of_a_criterion_never_lowers_score_or_contribution(
    model: ScoreModel, rows: list[list[float]], place: int, more: float
) -> None:
    before = np.array(rows)
    after = before.copy()
    after[:, place] = np.maximum(before[:, place], more)
    assert (model.score(after) - model.score(before)).min() >= -1e-9
    assert (model.contributions(after) - model.contributions(before))[:, place].min() >= -1e-9


@settings(max_examples=80, deadline=None)
@given(models())
def test_nothing_gives_0_all_gives_100_and_text_reads_back_to_the_same_bytes(model: ScoreModel) -> None:
    assert model.score(NOTHING)[0] == 0.0
    assert model.score(FULL)[0] == pytest.approx(100.0, abs=1e-9)
    again = model_from_json(model.to_json())
    assert again == model and again.kind == model.kind
    assert again.to_json() == model.to_json()
    assert again.contributions(FULL).tobytes() == model.contributions(FULL).tobytes()


@settings(max_examples=80, deadline=None)
@given(models(), models(), st.floats(0, 1))
def test_a_blend_keeps_the_first_models_country_and_mixes_the_scores(
    own: ScoreModel, base: ScoreModel, share: float
) -> None:
    of_country = own.weights["country"]
    if isinstance(own, TreesModel) or isinstance(base, TreesModel) or of_country == 1.0:
        return
    mixed = blend(own, base, share)
    assert mixed.weights["country"] == of_country
    expected = share * own.score(FULL * 0.5) + (1 - share) * with_country(base, of_country).score(FULL * 0.5)
    assert mixed.score(FULL * 0.5)[0] == pytest.approx(expected[0], abs=0.05)


def test_a_blend_with_trees_scores_in_between_and_keeps_the_country() -> None:
    rows = np.random.default_rng(0).random((200, 5))
    base = LinearModel({"skills": 0.1, "country": 0.3, "languages": 0.2, "availability": 0.2, "interests": 0.2})
    mixed = blend(TREES, base, 0.25)
    expected = 0.25 * TREES.score(rows) + 0.75 * with_country(base, 0.2).score(rows)
    assert np.abs(mixed.score(rows) - expected).max() < 0.05
    assert mixed.weights["country"] == pytest.approx(0.2)
    assert isinstance(mixed, TreesModel) and mixed.linear_part["country"] == 0.2
    twice = blend(mixed, TREES, 0.5)
    assert np.abs(twice.score(rows) - 0.5 * mixed.score(rows) - 0.5 * TREES.score(rows)).max() < 1e-9


def test_trees_are_shared_out_by_shapley_values() -> None:
    model = TreesModel({**WEIGHTS, "skills": 0.0, "country": 0.0, "interests": 0.0}, [BOTH])
    # Neither skills nor languages give anything alone; together they give all, so each has half.
    assert model.score([[1, 0, 0, 0, 0], [0, 0, 1, 0, 0], [1, 0, 1, 0, 0]]).tolist() == [0.0, 0.0, 100.0]
    assert model.contributions([[1, 0, 1, 0, 0]]).tolist() == [[50.0, 0.0, 50.0, 0.0, 0.0]]
    assert model.possible([[1, 0, 0, 0, 0]]).tolist() == [[0.0, 0.0, 100.0, 0.0, 0.0]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{}", "kind"),
        ("[]", "kind"),
        ('{"kind":"linear"}', "cannot be read"),
        (json.dumps({"kind": "linear", "weights": {**DEFAULT_WEIGHTS, "skills": 0.5}}), "add up"),
        (json.dumps({"kind": "linear", "weights": {"skills": 1.0}}), "for each of"),
        (json.dumps({"kind": "trees", "weights": WEIGHTS, "trees": []}), "tell nothing apart"),
        (json.dumps({"kind": "trees", "weights": dict(DEFAULT_WEIGHTS), "trees": [BOTH]}), "leave nothing"),
        (json.dumps({"kind": "trees", "weights": WEIGHTS, "trees": [BOTH, split(2, 0.5, 2.0, 1.9)]}), "lower"),
        (json.dumps({"kind": "trees", "weights": WEIGHTS, "trees": [{**BOTH, "left": [0] * 5}]}), "nowhere"),
        (json.dumps({"kind": "trees", "weights": WEIGHTS, "trees": [{**BOTH, "left": [0]}]}), "equal length"),
    ],
)
def test_a_text_that_is_no_model_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        model_from_json(text)


@pytest.mark.parametrize("values", [[[0.5] * 4], [0.5] * 5, [[0.5, 0.5, 0.5, 0.5, 1.1]], [[float("nan")] * 5]])
def test_values_that_cannot_be_are_refused(values: list[Any]) -> None:
    with pytest.raises(ValueError, match="values need"):
        DEFAULT_MODEL.score(values)


@settings(max_examples=80, deadline=None)
@given(VOLUNTEERS, ASSIGNMENTS, st.sampled_from([DEFAULT_MODEL, TREES]))
def test_the_lines_of_a_pair_add_up_for_both_kinds(
    person: dict[str, str], work: dict[str, str], model: ScoreModel
) -> None:
    explanation = Matcher(model=model).fit(frame(person)).pair(person["id"], frame(readable(work)))
    lines = explanation.reasons
    assert sum(line.contribution for line in lines) == pytest.approx(explanation.score, abs=1e-9)
    assert sum(line.possible for line in lines) == pytest.approx(100.0, abs=1e-9)
    assert all(0.0 <= line.contribution <= line.possible + 1e-9 for line in lines)
    values = criteria_values(lines)
    assert model.score([list(values.values())])[0] == pytest.approx(explanation.score, abs=1e-9)
    low, high = score_range(lines, model)
    assert low - 1e-9 <= explanation.score <= high + 1e-9
    if all(line.known for line in lines):
        assert (low, high) == pytest.approx((explanation.score, explanation.score))


@pytest.mark.parametrize("model", [DEFAULT_MODEL, TREES])
def test_of_a_blank_profile_only_what_it_does_not_say_is_open(model: ScoreModel) -> None:
    lines = [
        Reason("skills", "SKILL_STATED", 0.0, 0.0, True, {}, value=0.75, share=0.75),
        Reason("skills", "SKILL_NOT_KNOWN", 0.0, 0.0, False, {}, value=0.05, share=0.25),
        Reason("country", "COUNTRY_WISH_NOT_KNOWN", 0.0, 0.0, False, {}, value=0.4, share=1.0),
    ]
    low, high = score_range(lines, model)
    assert low == model.score([[0.75, 0, 0, 0, 0]])[0]
    assert high == model.score([[1, 1, 0, 0, 0]])[0]


def test_the_model_is_part_of_the_fingerprint_and_weights_are_a_linear_model() -> None:
    assert Matcher().fingerprint == Matcher(model=DEFAULT_MODEL).fingerprint
    assert Matcher(weights=DEFAULT_WEIGHTS).fingerprint == Matcher().fingerprint
    assert Matcher(model=TREES).fingerprint != Matcher().fingerprint
    assert sum(Matcher(model=TREES).effective_weights().values()) == pytest.approx(1.0)
    with pytest.raises(ValueError, match="not both"):
        Matcher(weights=DEFAULT_WEIGHTS, model=TREES).effective_model()


def test_a_reason_of_the_first_version_reads_with_the_weights_of_then() -> None:
    old = {
        "criterion": "languages",
        "code": "X",
        "contribution": 6.0,
        "possible": 15.0,
        "known": True,
        "evidence": {},
    }
    reason = Reason.from_dict(old)
    assert (reason.value, reason.share) == (pytest.approx(0.4), pytest.approx(1.0))


def test_trees_take_another_share_of_the_country_and_grow_no_other_way() -> None:
    tilted = with_country(TREES, 0.5)
    assert isinstance(tilted, TreesModel)
    assert tilted.weights["country"] == 0.5 and tilted.trees == TREES.trees
    before, after = TREES.linear_part, tilted.linear_part
    assert after["skills"] / after["interests"] == pytest.approx(before["skills"] / before["interests"])
