from typing import Any

import pytest

from matching import ELIGIBILITY_CODES, ELIGIBLE, INELIGIBLE, NEAR
from tests.matching.frames import ONLINE, assignment, codes, explain, volunteer

Over = dict[str, str]


def test_the_pair_that_fits_is_eligible() -> None:
    assert explain().status == ELIGIBLE
    assert explain().obstacles == ()


EXAMPLES: list[tuple[str, Over, Over, dict[str, Any]]] = [
    ("NO_CONSENT", {"consent_matching": "no"}, {}, {"consent": "matching"}),
    ("NO_CONSENT_ABROAD", {"consent_abroad": ""}, {}, {"consent": "abroad", "country": "KE"}),
    ("NO_CONSENT_ABROAD", {"consent_abroad": "no"}, ONLINE, {"consent": "abroad", "country": "KE"}),
    ("HOST_NOT_VERIFIED", {}, {"host_verified": ""}, {"host_verified": "yes"}),
    ("NO_OPEN_PLACE", {}, {"places_international": ""}, {"open_places": 1}),
    (
        "RESIDENTS_ONLY",
        {},
        {"places_international": "0", "places_local": "1"},
        {"residence": "KE", "or_international_places": 1},
    ),
    ("MODE", {"modes": "online"}, {}, {"mode": "on_site"}),
    ("MODE", {"modes": "on_site"}, ONLINE, {"mode": "online"}),
    ("COUNTRY_EXCLUDED", {"excluded": "TZ|KE"}, {}, {"country": "KE"}),
    ("COUNTRY_NO_GO", {"no_go": "KE"}, {}, {"country": "KE"}),
    (
        "DATES_DO_NOT_MEET",
        {"availability": "2026-01-01/2026-09-30"},
        {},
        {"needed_from": "2026-10-01", "needed_to": "2027-03-31", "offered": [["2026-01-01", "2026-09-30"]]},
    ),
    (
        "STAY_TOO_SHORT",
        {"stay_max_weeks": "10"},
        {},
        {"weeks_needed": 20.0, "weeks_possible": 10.0, "weeks_short": 10.0},
    ),
    (
        "STAY_TOO_SHORT",
        {"availability": "2026-10-01/2026-10-14|2027-01-01/2027-01-28"},
        {},
        {"weeks_needed": 20.0, "weeks_possible": 4.0, "weeks_short": 16.0},
    ),
    (
        "STAY_TOO_SHORT",
        {"stay_min_weeks": "39"},
        {},
        {"weeks_needed": 39.0, "weeks_possible": 26.0, "weeks_short": 13.0},
    ),
    (
        "HOURS_DO_NOT_MEET",
        {"online_hours": "7"},
        ONLINE,
        {"hours_needed": 8.0, "hours_possible": 7.0, "shared_hours_a_day": 3.0},
    ),
    (
        "HOURS_DO_NOT_MEET",
        {"time_zone": "America/Lima"},
        ONLINE,
        {"hours_needed": 8.0, "hours_possible": 0.0, "shared_hours_a_day": 0.0},
    ),
    (
        "LICENCE_MISSING",
        {},
        {"licensed_skills": "NUR-01"},
        {"skill": "NUR-01", "valid_until_at_least": "2027-02-17", "held_until": None},
    ),
    (
        "LICENCE_MISSING",
        {"licences": "NUR-01:KE:2027-02-16"},
        {"licensed_skills": "NUR-01"},
        {"skill": "NUR-01", "valid_until_at_least": "2027-02-17", "held_until": "2027-02-16"},
    ),
    (
        "LANGUAGE_BELOW",
        {"languages": "en:A2|sw:B2"},
        {},
        {"language": "en", "needed": "B2", "held": "A2", "safety": False},
    ),
    ("LANGUAGE_BELOW", {"languages": "en:B2"}, {}, {"language": "sw", "needed": "B1", "held": None, "safety": False}),
    (
        "LANGUAGE_BELOW",
        {"languages": ""},
        {"languages": "en:B1:safety"},
        {"language": "en", "needed": "B1", "held": None, "safety": True},
    ),
    ("SKILL_BELOW", {"skills": "WAT-02:1"}, {}, {"skill": "WAT-02", "needed": 3, "held": 1}),
]


@pytest.mark.parametrize(("code", "person", "work", "change"), EXAMPLES)
def test_a_rule_excludes_with_its_code_and_what_would_have_to_change(
    code: str, person: Over, work: Over, change: dict[str, Any]
) -> None:
    explanation = explain(volunteer(**person), assignment(**work))
    assert explanation.status == INELIGIBLE
    assert [(obstacle.code, obstacle.near, obstacle.change) for obstacle in explanation.obstacles] == [
        (code, False, change)
    ]


def test_every_code_has_an_example() -> None:
    assert {example[0] for example in EXAMPLES} == set(ELIGIBILITY_CODES)


@pytest.mark.parametrize(
    ("person", "work"),
    [
        ({"skills": "WAT-04:2"}, {}),
        ({"skills": ""}, {}),
        ({"skills": "WAT-02:3|WAT-04:1"}, {}),
        ({"languages": ""}, {}),
        ({"languages": "en:B2|sw:B1"}, {}),
        ({"availability": ""}, {}),
        ({"modes": ""}, {}),
        ({"stay_min_weeks": "", "stay_max_weeks": ""}, {}),
        ({"countries": "CN", "anywhere": ""}, {}),
        ({"residence": ""}, {}),
        ({"residence": "KE", "consent_abroad": "no"}, {}),
        ({"residence": "KE"}, {"places_international": "0", "places_national": "1"}),
        ({}, {"start_on": "", "end_on": ""}),
        ({}, {"weeks": ""}),
        ({}, {"weeks": "30"}),
        ({"licences": "NUR-01:KE:2027-03-31"}, {"weeks": "30", "licensed_skills": "NUR-01"}),
        ({"licences": "NUR-01:CN:2027-02-17"}, {"licensed_skills": "NUR-01"}),
        ({"licences": "NUR-01:CN:"}, {"licensed_skills": "NUR-01"}),
        ({"licences": "NUR-01:CN:2020-01-01|NUR-01:KE:2030-01-01"}, {"licensed_skills": "NUR-01"}),
        ({"excluded": "KE", "no_go": "KE"}, ONLINE),
        ({"stay_min_weeks": "", "stay_max_weeks": "2"}, ONLINE),
        ({"online_hours": "", "online_from": "", "online_to": ""}, ONLINE),
        ({"time_zone": ""}, ONLINE),
        ({"online_from": "20:00", "online_to": "06:00", "time_zone": "Asia/Shanghai"}, {**ONLINE, "hours": "7"}),
    ],
)
def test_what_is_not_known_or_just_suffices_excludes_nobody(person: Over, work: Over) -> None:
    explanation = explain(volunteer(**person), assignment(**work))
    assert (explanation.status, codes(explanation)) == (ELIGIBLE, [])


@pytest.mark.parametrize(
    ("person", "work", "status"),
    [
        ({"languages": "en:B1|sw:B1"}, {}, NEAR),
        ({"languages": "en:A2|sw:B1"}, {}, INELIGIBLE),
        ({"languages": "en:B1|sw:A2"}, {}, INELIGIBLE),
        ({"languages": "en:B1|sw:B1"}, {"languages": "en:B2:safety|sw:B1"}, INELIGIBLE),
        ({"languages": "en:B1|sw:B1"}, {"languages": "en:B2|sw:B1:safety"}, NEAR),
        ({"languages": "en:C2"}, {"languages": "en:B2|fr:A1"}, NEAR),
        ({"languages": "en:C2"}, {"languages": "en:B2|fr:A1:safety"}, INELIGIBLE),
        ({"languages": "en:C2"}, {"languages": "en:N"}, NEAR),
        ({"skills": "WAT-02:2"}, {}, NEAR),
        ({"skills": "WAT-02:2|WAT-04:1"}, {"skills_essential": "WAT-02:3|WAT-04:2"}, INELIGIBLE),
        ({"skills": "WAT-02:2|WAT-04:1"}, {"skills_desirable": "WAT-04:3"}, NEAR),
        ({"stay_max_weeks": "17"}, {}, NEAR),
        ({"stay_max_weeks": "16"}, {}, INELIGIBLE),
        ({"stay_max_weeks": "4"}, {"weeks": "5"}, NEAR),
        ({"stay_min_weeks": "3", "stay_max_weeks": "3"}, {"weeks": "5"}, INELIGIBLE),
        ({"stay_min_weeks": "27"}, {}, NEAR),
        ({"availability": "2026-12-01/2027-12-31"}, {}, NEAR),
        ({"stay_max_weeks": "17", "skills": "WAT-02:2"}, {}, INELIGIBLE),
        ({"stay_max_weeks": "17", "no_go": "KE"}, {}, INELIGIBLE),
        ({"stay_min_weeks": "", "stay_max_weeks": "0"}, {"weeks": "1"}, INELIGIBLE),
    ],
)
def test_near_is_one_small_thing_and_nothing_else(person: Over, work: Over, status: str) -> None:
    explanation = explain(volunteer(**person), assignment(**work))
    assert explanation.status == status
    if status == NEAR:
        (obstacle,) = explanation.obstacles
        assert obstacle.near


@pytest.mark.parametrize(
    ("person", "mode", "status"),
    [
        ({}, "on_site", ELIGIBLE),
        ({"modes": "online"}, "online", ELIGIBLE),
        ({"no_go": "KE"}, "online", ELIGIBLE),
        ({"stay_max_weeks": "17"}, "online", ELIGIBLE),
        ({"stay_max_weeks": "17", "online_hours": "1"}, "on_site", NEAR),
        ({"no_go": "KE", "online_hours": "1"}, "on_site", INELIGIBLE),
    ],
)
def test_either_is_judged_by_the_mode_that_works_on_site_first(person: Over, mode: str, status: str) -> None:
    explanation = explain(volunteer(**person), assignment(**{**ONLINE, "mode": "either"}))
    assert (explanation.mode, explanation.status) == (mode, status)


def test_the_clock_follows_the_season_of_the_start_date() -> None:
    berlin = volunteer(time_zone="Europe/Berlin", online_from="17:00", online_to="18:00", online_hours="5")
    hours = {
        **ONLINE,
        "hours": "1",
        "online_from": "17:00",
        "online_to": "18:00",
        "time_zone": "Africa/Algiers",
        "weeks": "1",
    }
    winter = assignment(**hours, start_on="2026-12-01")
    summer = assignment(**hours, start_on="2027-05-01", end_on="2027-10-31")
    assert codes(explain(berlin, winter)) == []
    assert codes(explain(berlin, summer)) == ["HOURS_DO_NOT_MEET"]
