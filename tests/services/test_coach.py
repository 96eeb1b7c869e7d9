from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

from matching import Draft
from tests.factories import AnySession
from tests.services.whole import make_whole
from webapp import clock
from webapp.models import Assignment, AssignmentLanguage
from webapp.services.coach import coaching_of, draft_of


def test_a_draft_carries_what_the_row_says(session: AnySession) -> None:
    work = make_whole(session, hours=33, country="KE", step_free="no", was_paid_post=False)
    draft = draft_of(work)
    assert (draft.hours, draft.step_free, draft.was_paid_post, draft.tasks) == (33, "no", False, work.tasks)
    assert {one.code for one in draft.skills} == {one.skill for one in work.skills}
    assert draft.money[0].what == "room"
    assert "sw" in draft.local_languages


def test_every_field_of_a_draft_stands_in_the_table() -> None:
    lists = {"skills", "languages", "money", "local_languages", "today"}
    assert {one.name for one in fields(Draft)} - lists <= set(Assignment.__table__.columns.keys())


def test_a_new_assignment_scores_little_and_gets_the_dearest_advice_first() -> None:
    coaching = coaching_of(Assignment(title="Volunteer", places_international=0, places_national=0, places_local=0))
    points = [one.points for one in coaching.advice]
    assert coaching.score < 5
    assert points == sorted(points, reverse=True)
    assert sum(points) > 95


def test_advice_goes_when_it_is_followed(session: AnySession) -> None:
    work = make_whole(session)
    work.languages = [AssignmentLanguage(language="en", level="N", is_required=True, for_safety=False)]
    before = coaching_of(work)
    work.languages[0].level = "B1"
    after = coaching_of(work)
    assert "languages" in {one.code for one in before.advice} - {one.code for one in after.advice}
    assert after.score > before.score


def test_days_that_are_over_earn_little(session: AnySession) -> None:
    work = make_whole(session)
    before = coaching_of(work)
    work.start_on, work.end_on = clock.today() - timedelta(days=400), clock.today() - timedelta(days=100)
    after = coaching_of(work)
    assert next(one for one in after.advice if one.code == "dates").evidence["over"]
    assert after.score < before.score
