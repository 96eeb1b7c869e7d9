"""Properties of every score, on random pairs: it adds up, rises with each fact, and never gains from silence."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import DEFAULT_WEIGHTS, ELIGIBLE, Explanation, Matcher, band_of
from matching.explanation import reasons_in_json
from tests.matching.frames import ONLINE, assignment, explain, frame, volunteer
from tests.matching.strategies import ASSIGNMENTS, VOLUNTEERS

Row = dict[str, str]


def readable(work: Row) -> Row:
    """Mend what the schema would refuse: dates in the wrong order."""
    return {**work, "end_on": ""} if work["end_on"] and work["end_on"] < work["start_on"] else work


def judge(person: Row, work: Row) -> Explanation:
    return Matcher().fit(frame(person)).pair("v", frame(readable(work)))


def check_sums(person: Row, work: Row) -> None:
    """Fail unless the reasons of one pair add up, each within what it can give."""
    explanation = judge(person, work)
    assert math.fsum(reason.contribution for reason in explanation.reasons) == pytest.approx(
        explanation.score, abs=1e-9
    )
    assert math.fsum(reason.possible for reason in explanation.reasons) == pytest.approx(100.0, abs=1e-9)
    assert 0.0 <= explanation.score <= 100.0 + 1e-9
    for criterion, weight in DEFAULT_WEIGHTS.items():
        share = [reason for reason in explanation.reasons if reason.criterion == criterion]
        assert math.fsum(reason.possible for reason in share) == pytest.approx(100.0 * weight, abs=1e-9)
    for reason in explanation.reasons:
        assert -1e-12 <= reason.contribution <= reason.possible + 1e-12
        assert ("NOT_KNOWN" in reason.code or "NOT_" in reason.code or "NONE" in reason.code) or reason.known


@settings(max_examples=100, deadline=None)
@given(VOLUNTEERS, ASSIGNMENTS)
def test_contributions_add_up_to_the_score(person: Row, work: Row) -> None:
    check_sums(person, work)


@pytest.mark.long
@settings(max_examples=1000, deadline=None)
@given(VOLUNTEERS, ASSIGNMENTS)
def test_contributions_of_a_thousand_pairs_add_up_to_the_score(person: Row, work: Row) -> None:
    check_sums(person, work)


RAISED = st.one_of(
    st.tuples(st.just("skills"), st.sampled_from(["WAT-02:4", "NUR-01:4", "EDU-03:2", "WAT-01:1"])),
    st.tuples(st.just("experience"), st.just(". Well digging. Teaching maths. Registered nurse work.")),
    st.tuples(st.just("anywhere"), st.just("yes")),
    st.tuples(st.just("served"), st.sampled_from(["KE", "TZ", "CN"])),
)


@settings(max_examples=150, deadline=None)
@given(VOLUNTEERS, ASSIGNMENTS, RAISED)
def test_more_of_a_fact_never_lowers_the_score(person: Row, work: Row, raised: tuple[str, str]) -> None:
    column, item = raised
    more = {**person, column: item if column == "anywhere" else "|".join(filter(None, (person[column], item)))}
    assert judge(more, work).score >= judge(person, work).score - 1e-12


@settings(max_examples=100, deadline=None)
@given(VOLUNTEERS, ASSIGNMENTS, st.sampled_from(["en:N:certificate", "fr:B2:interview", "sw:A1:own"]))
def test_one_more_language_never_lowers_the_score_of_who_names_some(person: Row, work: Row, item: str) -> None:
    if not person["languages"]:
        person = {**person, "languages": "zh:A1"}
    more = {**person, "languages": f"{person['languages']}|{item}"}
    # A higher level on the own word stands above a lower one that is confirmed: only the same or a new language counts.
    if item.split(":")[0] in person["languages"] and not item.endswith("certificate"):
        return
    assert judge(more, work).score >= judge(person, work).score - 1e-12


@settings(max_examples=100, deadline=None)
@given(VOLUNTEERS, ASSIGNMENTS)
def test_a_wider_window_a_longer_stay_and_more_hours_never_lower_the_score(person: Row, work: Row) -> None:
    person = {**person, "availability": person["availability"] or "2026-12-01/2027-01-31"}
    person |= {"stay_max_weeks": person["stay_max_weeks"] or "10", "online_hours": person["online_hours"] or "3"}
    wider = {
        "availability": f"{person['availability']}|2026-12-15/2027-06-30",
        "stay_max_weeks": "90",
        "online_hours": "60",
    }
    # Where either mode would do, more time may turn the pair from online to on site, which is scored by other facts.
    work = {**work, "mode": "online"} if work["mode"] == "either" else work
    assert judge({**person, **wider}, work).score >= judge(person, work).score - 1e-12


@settings(max_examples=100, deadline=None)
@given(VOLUNTEERS, ASSIGNMENTS, st.sampled_from(["KE", "TZ", "CN", "BR"]))
def test_one_more_country_never_lowers_the_score_of_who_wishes_for_any(person: Row, work: Row, country: str) -> None:
    if not person["countries"]:
        person = {**person, "countries": "PE"}
    more = {**person, "countries": f"{person['countries']}|{country}"}
    assert judge(more, work).score >= judge(person, work).score - 1e-12


FULL = [
    ("on_site", {"mode": "on_site"}),
    ("online", ONLINE),
    ("either", {**ONLINE, "mode": "either"}),
]
FACTS = (
    ["skills"],
    ["skills", "experience"],
    ["languages"],
    ["countries"],
    ["countries", "routes", "anywhere"],
    ["served"],
    ["availability"],
    ["stay_max_weeks"],
    ["stay_min_weeks"],
    ["online_hours"],
    ["online_from", "online_to"],
    ["time_zone"],
    ["causes"],
    ["modes"],
    ["licences"],
)


@pytest.mark.parametrize("facts", FACTS)
@pytest.mark.parametrize(("name", "work"), FULL)
def test_silence_never_scores_above_a_fact_that_fits(name: str, work: Row, facts: list[str]) -> None:
    known, silent = volunteer(), volunteer(**dict.fromkeys(facts, ""))
    assert explain(known, assignment(**work)).status == ELIGIBLE
    assert explain(silent, assignment(**work)).score <= explain(known, assignment(**work)).score


@settings(max_examples=150, deadline=None)
@given(
    VOLUNTEERS, ASSIGNMENTS, st.sampled_from(["availability", "stay_max_weeks", "online_hours", "time_zone", "causes"])
)
def test_silence_about_one_fact_gains_nothing_where_it_was_better_than_neutral(
    person: Row, work: Row, column: str
) -> None:
    if work["mode"] == "either":
        work = {**work, "mode": "on_site"}
    known, silent = judge(person, work), judge({**person, column: ""}, work)
    for before, after in zip(known.reasons, silent.reasons, strict=True):
        if before.known and not after.known and before.contribution >= after.contribution:
            assert after.code.endswith("NOT_KNOWN")
        elif before.known == after.known:
            assert (before.contribution, before.code) == (after.contribution, after.code)
    gained = silent.score - known.score
    worse = math.fsum(
        max(0.0, after.contribution - before.contribution)
        for before, after in zip(known.reasons, silent.reasons, strict=True)
        if before.known and not after.known
    )
    assert gained <= worse + 1e-9


def test_what_is_not_known_is_a_line_of_its_own_with_the_neutral_value() -> None:
    blank = {"id": "v", "consent_matching": "yes"}
    explanation = judge(blank, assignment())
    assert all(not reason.known for reason in explanation.reasons)
    expected = 45 * 0.15 + 20 * 0.9 * 0.4 + 20 * 0.1 * 0.0 + (15 + 10 + 10) * 0.4
    assert explanation.score == pytest.approx(expected)


def test_neutral_values_can_be_declared_otherwise() -> None:
    neutral = {"skills": 0.0, "country": 0.0, "languages": 0.0, "availability": 0.0, "interests": 0.0}
    blank = frame({"id": "v", "consent_matching": "yes"})
    assert Matcher(neutral=neutral).fit(blank).pair("v", frame(assignment())).score == 0.0


@pytest.mark.parametrize(
    ("score", "band"), [(0.0, 0), (1.999, 0), (2.0, 1), (63.9999999999, 32), (64.0, 32), (100.0, 50)]
)
def test_bands_are_steps_of_two_points(score: float, band: int) -> None:
    assert band_of(score) == band


@pytest.mark.parametrize("experience", ["", 'Ich habe "Geräte" repariert: Solarpumpen.\t修理'])
def test_a_ranking_tells_the_reasons_of_the_pair_as_json(experience: str) -> None:
    matcher, work = Matcher().fit(frame(volunteer(experience=experience))), frame(assignment())
    (told,) = matcher.rank(work)["reasons"]
    reasons = [reason.to_dict() for reason in matcher.pair(volunteer()["id"], work).reasons]
    assert told == json.dumps(reasons, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_no_reason_holds_a_number_that_is_no_json(number: float) -> None:
    tell = reasons_in_json("skills", 0.5)
    for points, possible, value in ((number, 1.0, 1.0), (1.0, number, 1.0), (1.0, 1.0, number)):
        with pytest.raises(ValueError, match="no JSON"):
            tell("SKILL_STATED", {}, points, possible, True, value)
    with pytest.raises(ValueError, match="JSON"):
        tell("SKILL_STATED", {"level": number}, 1.0, 1.0, True, 1.0)
