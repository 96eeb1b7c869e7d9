"""What the counts of supply say is what a whole ranking of the changed row says."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import ELIGIBLE, RELAXATION_CODES, Gain, Matcher, Supply
from tests.matching.frames import ASSIGNMENT, ONLINE, VOLUNTEER, assignment, frame, volunteer
from tests.matching.strategies import ASSIGNMENTS, VOLUNTEERS

Row = dict[str, str]
CEFR = ("A1", "A2", "B1", "B2", "C1", "C2", "N")
EXPERIENCE = {"experienced": "newcomer", "specialist": "experienced"}


def nearly(fits: Row, rows: st.SearchStrategy[Row]) -> st.SearchStrategy[Row]:
    """Return rows that differ in a few columns from one that fits, so that single rules decide."""
    few = st.sets(st.sampled_from(sorted(fits)), max_size=2)
    return st.builds(lambda row, names: {**fits, **{name: row.get(name, fits[name]) for name in names}}, rows, few)


POOLS = st.lists(VOLUNTEERS | nearly(VOLUNTEER, VOLUNTEERS), min_size=1, max_size=12).map(
    lambda people: [{**person, "id": f"v{number}"} for number, person in enumerate(people)]
)
# Both ends of the hours, or a change of one would leave half a fact.
ON_SITE = {**ASSIGNMENT, "online_from": "08:00", "online_to": "17:30"}
WORKS = st.one_of(ASSIGNMENTS, nearly(ON_SITE, ASSIGNMENTS), nearly({**ASSIGNMENT, **ONLINE}, ASSIGNMENTS))


def items(cell: str) -> list[str]:
    return [item for item in cell.split("|") if item]


def without(cell: str, code: str) -> str:
    return "|".join(item for item in items(cell) if item.split(":")[0] != code)


def at(cell: str, code: str, level: Any) -> str:
    return "|".join(f"{code}:{level}" if item.split(":")[0] == code else item for item in items(cell))


def also(cell: str, item: str) -> str:
    return "|".join([*items(cell), item])


def desirable(row: Row, code: str) -> Row:
    item = next(item for item in items(row["skills_essential"]) if item.split(":")[0] == code)
    return {
        **row,
        "skills_essential": without(row["skills_essential"], code),
        "skills_desirable": also(row["skills_desirable"], item),
    }


def helpful(row: Row, code: str) -> Row:
    helpful = also(without(row["languages_helpful"], code), code)
    return {**row, "languages": without(row["languages"], code), "languages_helpful": helpful}


# What a host would write into the row: written here once more, apart from the library.
WRITTEN: dict[str, Callable[[Row, Gain], Row]] = {
    "LANGUAGE_LOWER": lambda row, gain: {**row, "languages": at(row["languages"], gain.subject, gain.value)},
    "LANGUAGE_HELPFUL": lambda row, gain: helpful(row, gain.subject),
    "SKILL_LOWER": lambda row, gain: {**row, "skills_essential": at(row["skills_essential"], gain.subject, gain.value)},
    "SKILL_DESIRABLE": lambda row, gain: desirable(row, gain.subject),
    "EXPERIENCE_LOWER": lambda row, gain: {**row, "experience_level": EXPERIENCE[row["experience_level"]]},
    "LICENCE_NOT_ASKED": lambda row, gain: {**row, "licensed_skills": without(row["licensed_skills"], gain.subject)},
    "WEEKS_FEWER": lambda row, gain: {**row, "weeks": str(gain.value)},
    "START_EARLIER": lambda row, gain: {**row, "start_on": gain.value.isoformat()},
    "END_LATER": lambda row, gain: {**row, "end_on": gain.value.isoformat()},
    "ONLINE_TOO": lambda row, gain: {**row, "mode": "either"},
    "ON_SITE_TOO": lambda row, gain: {**row, "mode": "either"},
    "HOURS_FEWER": lambda row, gain: {**row, "hours": str(gain.value)},
    "HOURS_ANY": lambda row, gain: {**row, "online_from": "", "online_to": ""},
    "PLACE_INTERNATIONAL": lambda row, gain: {**row, "places_international": "1"},
}


def supply(people: list[Row], work: Row, only: list[str] | None = None) -> Supply:
    return Matcher().fit(frame(*people)).supply(frame(work), only)


def eligible(people: list[Row], work: Row) -> int:
    ranked: pd.DataFrame = Matcher().fit(frame(*people)).rank(frame(work))
    return int((ranked["status"] == ELIGIBLE).sum())


def gain(found: Supply, code: str, value: Any = None) -> Gain:
    (one,) = [one for one in found.gains if one.code == code and value in (None, one.value)]
    return one


def test_every_change_can_be_written() -> None:
    assert set(WRITTEN) == set(RELAXATION_CODES)


@settings(deadline=None, max_examples=60)
@given(POOLS, WORKS)
def test_what_a_change_brings_back_is_what_a_whole_ranking_of_the_changed_row_finds(
    people: list[Row], work: Row
) -> None:
    found = supply(people, work)
    before = eligible(people, work)
    assert (found.people, found.eligible) == (len(people), before)
    for one in found.gains:
        then = eligible(people, WRITTEN[one.code](work, one))
        assert (one.eligible, one.brings_back) == (then, then - before), one


@settings(deadline=None, max_examples=60)
@given(POOLS, WORKS, st.sets(st.integers(0, 9)))
def test_only_those_who_count_are_counted(people: list[Row], work: Row, chosen: set[int]) -> None:
    ids = [f"v{number}" for number in sorted(chosen)]
    some = [person for person in people if person["id"] in ids]
    if some:
        assert supply(people, work, ids) == supply(some, work)
    else:
        assert supply(people, work, ids).people == 0


@settings(deadline=None, max_examples=60)
@given(POOLS, WORKS)
def test_costs_are_those_of_why_not(people: list[Row], work: Row) -> None:
    why = Matcher().fit(frame(*people)).why_not(frame(work))
    found = supply(people, work)
    assert (found.eligible, found.near) == (why["eligible"], why["near"])
    for cost in found.costs:
        assert cost.excluded <= why.get(cost.rule, 0)
    for code in set(why) - {"eligible", "near", "ineligible"}:
        assert max(cost.excluded for cost in found.costs if cost.rule == code) > 0


def test_one_level_less_brings_back_who_is_one_level_below() -> None:
    people = [volunteer(id=f"v{n}", languages=f"en:{level}|sw:B2") for n, level in enumerate(("A1", "B1", "B1", "C1"))]
    found = supply(people, assignment())
    assert found.eligible == 1
    (cost,) = [one for one in found.costs if one.rule == "LANGUAGE_BELOW" and one.subject == "en"]
    assert (cost.level, cost.excluded) == ("B2", 3)
    lower = next(one for one in found.gains if one.code == "LANGUAGE_LOWER" and one.subject == "en")
    assert (lower.value, lower.brings_back) == ("B1", 2)


CHANGES: list[tuple[str, Row, Row, Any]] = [
    ("SKILL_LOWER", {"skills": "WAT-02:2"}, {}, 2),
    ("SKILL_DESIRABLE", {"skills": "WAT-02:1"}, {}, None),
    ("EXPERIENCE_LOWER", {"skills": "WAT-02:1"}, {"skills_essential": "WAT-02"}, "newcomer"),
    ("LICENCE_NOT_ASKED", {}, {"licensed_skills": "WAT-02"}, None),
    ("WEEKS_FEWER", {"stay_max_weeks": "19"}, {}, 19),
    ("WEEKS_FEWER", {"stay_max_weeks": "16"}, {}, 16),
    ("START_EARLIER", {"availability": "2026-09-10/2026-09-30"}, {"weeks": ""}, date(2026, 9, 3)),
    ("END_LATER", {"availability": "2027-04-01/2027-05-30"}, {"weeks": "", "end_on": "2027-03-31"}, date(2027, 4, 28)),
    ("ONLINE_TOO", {"modes": "online"}, {}, None),
    ("ON_SITE_TOO", {"modes": "on_site"}, ONLINE, None),
    ("HOURS_FEWER", {"online_hours": "3"}, ONLINE, 3),
    ("HOURS_ANY", {"time_zone": "America/Lima"}, ONLINE, None),
    ("PLACE_INTERNATIONAL", {}, {"places_international": "0", "places_local": "1"}, None),
    ("PLACE_INTERNATIONAL", {}, {"places_international": "0"}, None),
]


@pytest.mark.parametrize(("code", "person", "work", "value"), CHANGES)
def test_a_change_brings_back_whom_its_rule_alone_excludes(code: str, person: Row, work: Row, value: Any) -> None:
    if person.get("availability"):
        person = {**person, "stay_min_weeks": ""}
    found = supply([volunteer(**person)], assignment(**work))
    assert found.eligible == 0
    one = gain(found, code, value)
    assert (one.value, one.brings_back) == (value, 1)
    assert set(one.eases) & {cost.rule for cost in found.costs if cost.excluded}


def test_every_code_has_an_example() -> None:
    covered = {change[0] for change in CHANGES} | {"LANGUAGE_LOWER", "LANGUAGE_HELPFUL"}
    assert covered == set(RELAXATION_CODES)


@pytest.mark.parametrize(
    ("work", "never"),
    [
        ({"languages": "en:B2:safety"}, ("LANGUAGE_LOWER", "LANGUAGE_HELPFUL")),
        ({"licensed_skills": "NUR-01"}, ("LICENCE_NOT_ASKED",)),
        ({"skills_essential": "WAT-02:1"}, ("SKILL_LOWER", "SKILL_DESIRABLE")),
        ({"skills_essential": "WAT-02:3"}, ("EXPERIENCE_LOWER",)),
        ({"end_on": ""}, ("START_EARLIER", "END_LATER")),
        ({"weeks": "1"}, ("WEEKS_FEWER",)),
        ({"places_international": "1"}, ("PLACE_INTERNATIONAL",)),
    ],
)
def test_what_keeps_people_safe_or_changes_nothing_is_not_offered(work: Row, never: tuple[str, ...]) -> None:
    offered = {one.code for one in supply([volunteer()], assignment(**work)).gains}
    assert not offered & set(never)


def test_choices_and_skills_are_counted_among_the_right_people() -> None:
    people = [
        volunteer(id="v1", countries="KE|CN", routes="nelb"),
        volunteer(id="v2", countries="KE", anywhere="yes"),
        volunteer(id="v3", countries="CN", modes="online", skills="WAT-02:4"),
    ]
    found = supply(people, assignment(skills_desirable="EDU-03"))
    assert found.eligible == 2
    assert (found.countries, found.routes, found.anywhere) == ({"CN": 1, "KE": 2}, {"nelb": 1}, 1)
    assert found.holders == {"WAT-02": 3, "EDU-03": 0}
