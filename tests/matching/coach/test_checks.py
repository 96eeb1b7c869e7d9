from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from matching.coach import CHECKS, Draft, DraftLanguage, DraftSkill, coach
from tests.matching.coach.examples import TEACHING
from tests.matching.coach.whole import WHOLE

FIELDS = {one.name for one in fields(Draft)}
ESSENTIAL = tuple(DraftSkill(f"NUR-0{number}", 2, True) for number in range(1, 7))

RESULTS_IN_A_ROW = "Six nurses dress wounds. Two clerks keep the ledger. Ten mothers weigh infants."


def share(code: str, draft: Draft) -> float:
    return next(found.share for found in coach(draft).findings if found.code == code)


def test_a_whole_draft_has_all_and_a_blank_one_nothing() -> None:
    assert {found.code: round(found.share, 2) for found in coach(WHOLE).findings if found.share < 0.99} == {}
    assert coach(WHOLE).score > 99
    assert coach(Draft()).score == 0


def test_the_table_names_fields_of_a_draft_and_every_check_once() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    assert all(set(check.fields) <= FIELDS and check.weight > 0 for check in CHECKS)
    assert [found.code for found in coach(WHOLE).findings] == [check.code for check in CHECKS]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_a_check_falls_when_its_fields_are_blank(check: Any) -> None:
    blank = {name: getattr(Draft(), name) for name in check.fields}
    found = check.run(replace(WHOLE, **blank))
    assert found.share == 0
    assert set(found.evidence["missing"]) <= set(check.fields)
    assert found.evidence["missing"]
    assert 0 <= coach(replace(WHOLE, **blank)).score < coach(WHOLE).score


WORSE: dict[str, tuple[str, dict[str, Any]]] = {
    "one task": ("task_list", {"tasks": "Teach four nurses wound care on the ward."}),
    "all essential": ("essentials", {"skills": tuple(replace(one, is_essential=True) for one in WHOLE.skills)}),
    "many essentials": ("essentials", {"skills": (*ESSENTIAL, DraftSkill("NUR-11", 2, False))}),
    "newcomers at a high level": ("levels", {"experience_level": "newcomer"}),
    "licence forgotten": ("levels", {"skills": (DraftSkill("NUR-01", 3, True, False, True),)}),
    "first language": ("languages", {"languages": (DraftLanguage("en", "N"),)}),
    "no language of the place": ("languages", {"languages": (DraftLanguage("fr", "B1"),)}),
    "longer than the days": ("dates", {"weeks": 60}),
    "two weeks abroad": ("dates", {"weeks": 2}),
    "sixty hours": ("hours", {"hours": 60}),
    "more tasks than hours": ("hours", {"hours": 4}),
    "one week for seven tasks": ("pace", {"weeks": 1, "hours": 36}),
    "more results than weeks": ("pace", {"weeks": 2, "hours": 40, "expected_results": RESULTS_IN_A_ROW}),
    "a year for one task": (
        "pace",
        {"weeks": 52, "end_on": None, "tasks": "Teach four nurses wound care on the ward."},
    ),
    "guidance without hours for it": (
        "levels",
        {"supervision_hours": 0, "skills": (DraftSkill("NUR-01", 3, True, True, True), DraftSkill("NUR-11", 1, False))},
    ),
    "teaching what is done with guidance": ("levels", {"skills": (DraftSkill("NUR-11", 1, True),)}),
    "teaching in a few words": ("languages", {"languages": (DraftLanguage("fr", "B1"), DraftLanguage("sw", "A1"))}),
    "no time to supervise": ("supervision", {"supervision_hours": 0}),
    "alone with children": ("contact", {"contact_children": "unsupervised"}),
    "many targets": ("serves", {"sdg_targets": tuple(f"3.{number}" for number in range(1, 9))}),
    "one long sentence": ("reading", {"tasks": WHOLE.tasks.replace(". ", " and ")}),
    "money without amount": ("money_clear", {"money": (replace(WHOLE.money[0], amount=""), *WHOLE.money[1:])}),
}


@pytest.mark.parametrize("name", WORSE)
def test_what_is_worse_scores_less(name: str) -> None:
    code, over = WORSE[name]
    assert share(code, replace(WHOLE, **over)) < share(code, WHOLE) - 0.05


def test_safety_allows_a_high_language_and_a_single_skill_may_be_essential() -> None:
    safety = (DraftLanguage("en", "C1", True, True),)
    assert share("languages", replace(WHOLE, languages=safety)) == 1
    assert share("essentials", replace(WHOLE, skills=WHOLE.skills[:1])) > 0.8


def test_weeks_fit_tasks_or_the_advice_says_which_way() -> None:
    def evidence(**over: Any) -> Any:
        found = coach(replace(WHOLE, **over)).findings
        return next(one.evidence for one in found if one.code == "pace")

    assert evidence(weeks=1)["hurried"]
    assert not evidence(weeks=4)["hurried"]
    assert evidence(weeks=80, end_on=None)["idle"]
    assert not evidence(weeks=40, end_on=None)["idle"]
    assert share("pace", replace(WHOLE, weeks=60)) == 0, "weeks that cannot be say nothing about the pace"
    assert not any(evidence(weeks=None)[name] for name in ("hurried", "early", "idle"))


@pytest.mark.parametrize(("language", "tasks"), TEACHING.items(), ids=list(TEACHING))
def test_whoever_teaches_needs_simple_talk_or_an_interpreter(language: str, tasks: tuple[str, str, str]) -> None:
    languages = (DraftLanguage("fr", "B1"), DraftLanguage("sw", "A1", False))
    mends, teaches, interpreted = (
        next(one for one in coach(replace(WHOLE, tasks=text, languages=languages)).findings if one.code == "languages")
        for text in tasks
    )
    assert teaches.evidence["mute"]
    assert teaches.share < mends.share == interpreted.share


def test_online_work_is_not_asked_how_people_live_there() -> None:
    online = replace(
        WHOLE, mode="online", lodging="", water="", power="", internet="", hospital_hours=None, step_free=""
    )
    codes = {found.code for found in coach(online).findings}
    assert not codes & {"living", "safety", "access"}
    assert coach(online).score > 98


def test_too_long_a_text_costs() -> None:
    long = " ".join(f"Word{number} of a sentence that goes on here." for number in range(200))
    assert share("length", replace(WHOLE, plain_day=long)) < 0.5


def test_days_that_cannot_be_are_named() -> None:
    found = coach(replace(WHOLE, start_on=date(2027, 6, 1), end_on=date(2027, 6, 20), weeks=8)).findings
    assert next(one for one in found if one.code == "dates").evidence["too_long"]
