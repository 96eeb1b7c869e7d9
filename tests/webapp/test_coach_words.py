from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from matching import COACH_CHECKS, Draft, DraftLanguage, DraftMoney, DraftSkill, coach_draft
from tests.matching.coach.whole import WHOLE
from webapp import clock, vocabulary
from webapp.coach_examples import BY_TASKS
from webapp.coach_lines import CoachLine, coach_lines
from webapp.coach_tasks import BY_SECTOR
from webapp.coach_words import CLOSER, KINDS, SAYINGS, WHY
from webapp.models import Assignment, AssignmentSkill
from webapp.services.coach import Advice, Coaching, coaching_of

POOR = Draft(
    title="Help",
    tasks="Assist with activities. Experts help the poor children as needed.",
    expected_results="Six wells.",
    hours=2,
    experience_level="newcomer",
    skills=tuple(DraftSkill(f"NUR-0{number}", 4, True, False, True) for number in range(1, 8)),
    languages=tuple(DraftLanguage(code, "N") for code in ("de", "ja", "ko")),
    local_languages=("sw",),
    weeks=1,
    start_on=date(2027, 1, 1),
    end_on=date(2027, 1, 3),
    places_international=1,
    money=(DraftMoney("volunteer", "host", "fee"),),
    contact_children="none",
    contact_adults="unsupervised",
    supervisor="A",
    supervision_hours=0,
    sdg_targets=tuple(f"3.{number}" for number in range(1, 9)),
)
DRAFTS = (Draft(), POOR, replace(WHOLE, tasks=WHOLE.tasks.replace(". ", " and ")), replace(POOR, hours=70))


def test_every_check_and_sector_has_its_words() -> None:
    assert set(SAYINGS) == {check.code for check in COACH_CHECKS}
    assert {code for code, _key in (*CLOSER, *WHY)} <= set(SAYINGS)
    assert set(BY_SECTOR) == set(vocabulary.reference().sectors)
    assert set(KINDS) == {"lodging", "food", "travel", "insurance"}
    assert {code for code, saying in SAYINGS.items() if saying.example is None} == set(BY_TASKS)
    assert not any(re.search(r"R\d", str(saying.source.text)) for saying in SAYINGS.values() if saying.source)
    assert all(SAYINGS[code].source is None for code in ("title", "length", "reading"))


@pytest.mark.parametrize("draft", DRAFTS, ids=range(len(DRAFTS)))
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_finding_can_be_said(app: Flask, draft: Draft, language: str) -> None:
    fields = {check.code: check.fields for check in COACH_CHECKS}
    advice = tuple(
        Advice(one.code, one.evidence, fields[one.code], 2.0) for one in coach_draft(draft).findings if one.share < 1
    )
    blank = Assignment(title="", places_international=0, places_national=0, places_local=0)
    with app.test_request_context(headers={"Accept-Language": language}):
        lines = coach_lines(Coaching(1, advice), blank, language)
    assert lines
    assert all("%(" not in text for line in lines for text in (*line.wrong, line.why, line.example))
    assert len({tuple(line.wrong) for line in lines}) == len(lines)
    assert all(line.wrong and line.field for line in lines)


def _said(app: Flask, draft: Draft, code: str, **columns: Any) -> CoachLine:
    """Return what is said of one check."""
    finding = next(one for one in coach_draft(draft).findings if one.code == code)
    fields = next(check.fields for check in COACH_CHECKS if check.code == code)
    work = Assignment(title="", places_international=0, places_national=0, places_local=0, **columns)
    with app.test_request_context(headers={"Accept-Language": "en"}):
        return coach_lines(Coaching(1, (Advice(code, finding.evidence, fields, 2.0),)), work, "en")[0]


def test_a_stay_longer_than_its_dates_has_a_reason_of_its_own(app: Flask) -> None:
    days = {"start_on": clock.today(), "end_on": clock.today() + timedelta(days=30), "weeks": 12}
    line = _said(app, Draft(**days), "dates", **days)
    assert "longer than the time between" in line.wrong[0]
    assert "nobody can stay so long" in line.why


def test_advice_leads_to_the_field_of_the_hit(app: Flask) -> None:
    draft = replace(WHOLE, skills_text="Native English speakers only.")
    assert _said(app, draft, "welcome").field == "skills_text"
    assert _said(app, replace(WHOLE, learning="How experts help the poor."), "equals").field == "learning"


def test_a_single_essential_skill_asks_for_a_desirable_one(app: Flask) -> None:
    line = _said(app, replace(WHOLE, skills=WHOLE.skills[:1]), "essentials", skills=[AssignmentSkill(skill="NUR-01")])
    assert "desirable" in line.wrong[0]


def test_the_example_of_languages_is_of_the_country(app: Flask) -> None:
    draft = replace(WHOLE, languages=(DraftLanguage("ko", "N"),))
    assert "Nepali" in _said(app, draft, "languages", country="NP").example
    assert "Swahili" in _said(app, draft, "languages").example


def test_quotes_of_the_host_keep_their_own_direction(app: Flask) -> None:
    line = _said(app, Draft(tasks="Assist with activities."), "tasks")
    assert "“\N{FIRST STRONG ISOLATE}Assist with activities\N{POP DIRECTIONAL ISOLATE}”" in line.wrong[0]


def test_nothing_is_said_twice_and_no_points_are_lost(app: Flask) -> None:
    blank = Assignment(title="", places_international=0, places_national=0, places_local=0)
    coaching = coaching_of(blank)
    with app.test_request_context("/"):
        lines = coach_lines(coaching, blank, "en")
    said = [words for line in lines for words in line.wrong]
    assert len(said) == len(set(said)), "the same sentence stands in two places"
    assert "Choose at least one skill that the work needs." in said
    assert abs(sum(line.points for line in lines) - sum(one.points for one in coaching.advice)) < len(coaching.advice)
