"""The ranking: who is compared, in what order, and what can never matter."""

import json
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from matching import (
    CRITERIA,
    DEFAULT_WEIGHTS,
    ELIGIBLE,
    MATCH_COLUMNS,
    NEAR,
    Matcher,
    Reference,
    band_of,
    parse_assignments,
)
from tests.matching.frames import ONLINE, assignment, frame, reasons, volunteer
from tests.matching.strategies import ASSIGNMENTS, VOLUNTEERS
from tests.matching.test_score import readable

Row = dict[str, str]
SKILLS = ("WAT-02:4", "WAT-02:3|WAT-04:2", "WAT-02:2", "WAT-04:1", "", "WAT-01:3", "NUR-01:4")
COUNTRIES = ("KE", "TZ", "CN", "BR", "")
LANGUAGES = ("en:C1|sw:B2", "en:B1|sw:B1", "en:B2:certificate|sw:B1:interview", "")


def people(count: int, seed: int = 1) -> list[Row]:
    chance = random.Random(seed)
    return [
        volunteer(
            id=f"v{number:03}",
            skills=chance.choice(SKILLS),
            countries=chance.choice(COUNTRIES),
            languages=chance.choice(LANGUAGES),
            causes=chance.choice(("6", "3|4", "")),
        )
        for number in range(count)
    ]


PEOPLE = people(60)
WORK = [
    assignment(id="a1"),
    assignment(id="a2", country="TZ", skills_essential="WAT-04:2", skills_desirable=""),
    assignment(id="a3", **{**ONLINE, "mode": "either"}, languages="sw:B2"),
]


def ranked(rows: list[Row], top: int | None = None, seed: int = 0, work: list[Row] = WORK) -> pd.DataFrame:
    return Matcher().fit(frame(*rows)).rank(frame(*work), top=top, seed=seed)


def test_the_table_has_the_columns_of_the_format() -> None:
    table = ranked(PEOPLE)
    assert tuple(table.columns) == MATCH_COLUMNS
    assert set(table["status"]) == {ELIGIBLE, NEAR}


def test_eligible_stand_before_near_and_bands_fall() -> None:
    for _, group in ranked(PEOPLE).groupby("assignment_id"):
        assert group["rank"].tolist() == list(range(1, len(group) + 1))
        assert group["status"].tolist() == sorted(group["status"].tolist())
        for _, part in group.groupby("status"):
            assert part["band"].is_monotonic_decreasing
        assert group["band"].tolist() == [band_of(score) for score in group["score"]]


def test_near_matches_say_what_is_missing_and_what_would_have_to_change() -> None:
    table = ranked([volunteer(id="v1", skills="WAT-02:2")], work=WORK[:1])
    (row,) = table.to_dict("records")
    assert (row["status"], row["missing"]) == (NEAR, "SKILL_BELOW")
    assert json.loads(row["changes"]) == [
        {"code": "SKILL_BELOW", "near": True, "change": {"skill": "WAT-02", "needed": 3, "held": 2}}
    ]


def test_reasons_in_the_table_add_up_after_reading_them_back(tmp_path: object) -> None:
    table = ranked(PEOPLE)
    for _, row in table.iterrows():
        assert sum(reason["contribution"] for reason in reasons(row)) == pytest.approx(row["score"], abs=1e-9)


@pytest.mark.parametrize("top", [0, 1, 3, 7, 1000])
def test_the_top_is_the_start_of_the_whole_list(top: int) -> None:
    whole = ranked(PEOPLE).groupby(["assignment_id", "status"], sort=False).head(top)
    part = ranked(PEOPLE, top=top)
    assert part.drop(columns="rank").to_csv() == whole.drop(columns="rank").reset_index(drop=True).to_csv()


def test_the_order_alone_is_that_of_the_whole_table() -> None:
    matcher = Matcher().fit(frame(*PEOPLE))
    table = matcher.rank(frame(*WORK), top=7, seed=3)
    order = matcher.order(frame(*WORK), top=7, seed=3)
    pd.testing.assert_frame_equal(order, table[list(order.columns)])
    assert tuple(order.columns) == ("assignment_id", "volunteer_id", "rank", "status", "score")


def test_the_values_of_a_list_are_those_that_make_its_scores() -> None:
    matcher = Matcher().fit(frame(*PEOPLE))
    for number in range(len(WORK)):
        work = frame(WORK[number])
        table = matcher.rank(work, near=False).set_index("volunteer_id")
        values = matcher.values(work)
        assert set(values.index) == set(table.index) and tuple(values.columns) == CRITERIA
        scores = (values * pd.Series(matcher.effective_weights())).sum(axis=1) * 100
        assert scores.to_dict() == pytest.approx(table["score"].to_dict())


def test_the_order_of_the_rows_changes_nothing() -> None:
    table = ranked(PEOPLE)
    for seed in range(3):
        shuffled = random.Random(seed).sample(PEOPLE, len(PEOPLE))
        assert ranked(shuffled).to_csv() == table.to_csv()


def test_the_order_of_the_columns_changes_nothing() -> None:
    shuffled = [dict(reversed(row.items())) for row in PEOPLE]
    assert ranked(shuffled).to_csv() == ranked(PEOPLE).to_csv()


def test_inside_a_band_the_seed_draws_the_lot() -> None:
    equals = [volunteer(id=f"v{number:02}") for number in range(30)]
    orders = [ranked(equals, seed=seed, work=WORK[:1])["volunteer_id"].tolist() for seed in range(8)]
    assert len({tuple(order) for order in orders}) == 8
    assert all(order != sorted(order) for order in orders)
    assert orders[0] == ranked(equals, seed=0, work=WORK[:1])["volunteer_id"].tolist()
    assert orders[0] != ranked(equals, seed=0, work=[assignment(id="other")])["volunteer_id"].tolist()


@settings(max_examples=50, deadline=None)
@given(VOLUNTEERS, ASSIGNMENTS)
def test_a_pair_has_one_score_whoever_else_is_there_and_from_either_side(person: Row, work: Row) -> None:
    work_frame = frame(readable(work))
    alone = Matcher().fit(frame(person))
    crowd = Matcher().fit(frame(*PEOPLE, person))
    explanation = alone.pair("v", work_frame)
    assert crowd.pair("v", work_frame) == explanation
    mine = crowd.rank_for(["v"], work_frame)
    theirs = crowd.rank(work_frame)
    theirs = theirs[theirs["volunteer_id"] == "v"]
    assert len(mine) == len(theirs) == (explanation.status in (ELIGIBLE, NEAR))
    for table in (mine, theirs):
        for score, text in zip(table["score"], table["reasons"], strict=True):
            assert score == explanation.score
            assert json.loads(text) == [reason.to_dict() for reason in explanation.reasons]


def test_assignments_for_a_volunteer_are_those_that_list_her() -> None:
    matcher = Matcher().fit(frame(*PEOPLE))
    whole = matcher.rank(frame(*WORK))
    for person in ("v000", "v007", "v021"):
        mine = matcher.rank_for([person], frame(*WORK))
        theirs = whole[whole["volunteer_id"] == person]
        assert dict(zip(mine["assignment_id"], mine["score"], strict=True)) == dict(
            zip(theirs["assignment_id"], theirs["score"], strict=True)
        )
        assert mine["rank"].tolist() == list(range(1, len(mine) + 1))


def test_both_directions_take_several_at_once_and_a_top() -> None:
    matcher = Matcher().fit(frame(*PEOPLE))
    table = matcher.rank_for(["v003", "v001"], frame(*WORK), top=1)
    for person in ("v003", "v001"):
        whole = matcher.rank_for([person], frame(*WORK))
        best = whole.groupby("status", sort=False).head(1)["assignment_id"].tolist()
        assert table[table["volunteer_id"] == person]["assignment_id"].tolist() == best


NEVER_USED = (
    "name",
    "sex",
    "age",
    "nationality",
    "religion",
    "ethnicity",
    "caste",
    "health",
    "disability",
    "family_status",
    "motivation",
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=8), min_size=2, max_size=2), st.sampled_from(NEVER_USED), st.randoms())
def test_what_is_never_used_can_be_swapped_without_a_change(
    values: list[str], column: str, chance: random.Random
) -> None:
    marked = [{**row, column: chance.choice(values)} for row in PEOPLE[:20]]
    swapped = [{**row, column: values[0] if row[column] == values[1] else values[1]} for row in marked]
    assert ranked(marked).to_csv() == ranked(swapped).to_csv() == ranked(PEOPLE[:20]).to_csv()


def test_residence_moves_no_order_where_it_changes_no_eligibility() -> None:
    homes = ["KE", "TZ", "CN", "BR", "NA", ""]
    for turn in range(len(homes)):
        moved = [{**row, "residence": homes[(number + turn) % len(homes)]} for number, row in enumerate(PEOPLE)]
        assert ranked(moved).to_csv() == ranked(PEOPLE).to_csv()


def test_a_missing_licence_and_a_licence_held_move_no_score() -> None:
    with_licence = [{**row, "licences": "NUR-01:KE:2030-01-01"} for row in PEOPLE]
    assert ranked(with_licence).to_csv() == ranked(PEOPLE).to_csv()


def test_a_part_of_the_pool_keeps_every_score() -> None:
    whole = Matcher().fit(frame(*PEOPLE))
    part = whole.among(["v004", "v002"]).rank(frame(*WORK))
    expected = whole.rank(frame(*WORK))
    expected = expected[expected["volunteer_id"].isin(["v002", "v004"])]
    columns = ["assignment_id", "volunteer_id", "score", "reasons"]
    assert part[columns].values.tolist() == expected[columns].values.tolist()


def test_the_weights_in_force_are_told() -> None:
    assert Matcher().effective_weights() == dict(DEFAULT_WEIGHTS)


def test_why_not_counts_people_by_status_and_reason() -> None:
    rows = [
        volunteer(id="fits"),
        volunteer(id="near", skills="WAT-02:2"),
        volunteer(id="out", skills="WAT-02:1", consent_matching="no"),
        volunteer(id="two", languages="fr:A1"),
    ]
    counts = Matcher().fit(frame(*rows)).why_not(frame(WORK[0]))
    assert counts == {
        "eligible": 1,
        "near": 1,
        "ineligible": 2,
        "NO_CONSENT": 1,
        "LANGUAGE_BELOW": 1,
        "SKILL_BELOW": 2,
    }


def test_why_not_counts_each_person_by_the_mode_that_counts_for_her() -> None:
    rows = [volunteer(id="home", modes="online", online_hours="1"), volunteer(id="away", no_go="KE", modes="on_site")]
    counts = Matcher().fit(frame(*rows)).why_not(frame(WORK[2]))
    found = {code: count for code, count in counts.items() if code.isupper()}
    assert found == {"COUNTRY_NO_GO": 1, "HOURS_DO_NOT_MEET": 1}


def test_records_are_taken_as_well_as_frames() -> None:
    matcher = Matcher().fit(frame(*PEOPLE))
    records = parse_assignments(frame(*WORK), Reference.load())
    assert matcher.rank(records).to_csv() == matcher.rank(frame(*WORK)).to_csv()


def test_nobody_and_nothing_give_an_empty_table() -> None:
    nobody = Matcher().fit(frame(volunteer()).iloc[:0])
    assert nobody.rank(frame(*WORK)).empty
    assert tuple(nobody.rank(frame(*WORK)).columns) == MATCH_COLUMNS
    assert Matcher().fit(frame(*PEOPLE)).rank(frame(assignment()).iloc[:0]).empty


def test_an_unknown_volunteer_is_an_error() -> None:
    with pytest.raises(KeyError):
        Matcher().fit(frame(*PEOPLE)).pair("nobody", frame(WORK[0]))


def test_it_keeps_the_conventions_of_scikit_learn() -> None:
    weights = {"skills": 0.2, "country": 0.2, "languages": 0.2, "availability": 0.2, "interests": 0.2}
    matcher = Matcher(weights=weights)
    assert clone(matcher).get_params()["weights"] == weights
    assert not [name for name in vars(matcher) if name.endswith("_")]
    with pytest.raises(NotFittedError):
        matcher.rank(frame(*WORK))
    assert matcher.fit(frame(*PEOPLE)) is matcher


@pytest.mark.parametrize(
    "weights",
    [
        {"skills": 1.0},
        {"skills": 0.5, "country": 0.5, "languages": 0.5, "availability": 0.0, "interests": 0.0},
        {"skills": 1.2, "country": -0.2, "languages": 0.0, "availability": 0.0, "interests": 0.0},
    ],
)
def test_weights_that_make_no_score_of_100_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        Matcher(weights=weights).fit(frame(*PEOPLE))


def test_the_fingerprint_changes_with_whatever_shapes_a_score(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Matcher().fingerprint
    assert plain == Matcher().fit(frame(*PEOPLE)).fingerprint
    assert len(plain) == 64
    weights = {"skills": 0.2, "country": 0.2, "languages": 0.2, "availability": 0.2, "interests": 0.2}
    others = {Matcher(weights=weights).fingerprint, Matcher(neutral={**weights, "skills": 0.1}).fingerprint}
    monkeypatch.setattr("matching.criteria.country.CHOSEN_ROUTE", 0.7)
    others.add(Matcher().fingerprint)
    assert len(others | {plain}) == 4


def test_an_explanation_reads_back_from_json() -> None:
    matcher = Matcher().fit(frame(*PEOPLE))
    for person in ("v000", "v002", "v005"):
        explanation = matcher.pair(person, frame(WORK[0]))
        again = type(explanation).from_dict(json.loads(json.dumps(explanation.to_dict())))
        assert again == explanation


def test_scores_are_plain_numbers() -> None:
    table = ranked(PEOPLE)
    assert table["score"].dtype == np.float64
    assert table["score"].between(0, 100).all()
