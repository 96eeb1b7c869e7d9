from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.factories import AnySession, make_host, make_host_user, make_user
from tests.services.whole import SAFE_ANSWERS, make_whole
from webapp import clock
from webapp.models import AuditEvent
from webapp.services import assignments, reviews
from webapp.services.assignment_needs import missing_items
from webapp.services.coach import coaching_of
from webapp.services.errors import NotFound, Refused
from webapp.services.template_starts import by_sector, start_from_template

CODE = "village-boreholes"
BLANK = "Teach [how many] colleagues of [which ward] to keep records."


def test_a_template_gives_facts_and_texts_and_answers_nothing_for_the_host(session: AnySession) -> None:
    user = make_host_user(session, make_host(session))
    draft = start_from_template(session, user, CODE, "en")
    session.expire(draft)
    assert (draft.state, draft.host_id, draft.country, draft.sector) == ("draft", user.host_id, "KE", "water")
    assert (draft.hours, draft.weeks, draft.contact_children) == (36, 16, "none")
    assert [(one.skill, one.level, one.is_essential) for one in draft.skills] == [
        ("WAT-04", 3, True),
        ("WAT-11", 2, False),
        ("WAT-05", 1, False),
    ]
    assert "[which district]" in draft.tasks
    alone = {*SAFE_ANSWERS, "money", "was_paid_post", "locals_sought", "start_on", "end_on", "community_consulted"}
    alone |= {"supervisor", "counterpart", "why_not_paid_local", "funder", "languages", "hardest_thing"}
    assert alone <= set(missing_items(draft, clock.today()))
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "assignment_draft")).one()
    assert event.detail == {"template": CODE}


@pytest.mark.parametrize("language", ["zh", "ar"])
def test_the_text_comes_in_the_language_that_was_chosen(session: AnySession, language: str) -> None:
    draft = start_from_template(session, make_host_user(session, make_host(session)), CODE, language)
    assert draft.title == {"zh": "维修并监测村里的机井", "ar": "إصلاح آبار القرى ومتابعتها"}[language]
    assert "tasks" in missing_items(draft, clock.today())


def test_what_does_not_exist_and_who_is_no_host(session: AnySession) -> None:
    user = make_host_user(session, make_host(session))
    for who, code, language in (
        (user, "nothing", "en"),
        (user, CODE, "de"),
        (make_user(session, "coordinator"), CODE, "en"),
    ):
        with pytest.raises(NotFound):
            start_from_template(session, who, code, language)


def test_sectors_stand_in_the_order_of_their_table() -> None:
    sectors = [sector for sector, _templates in by_sector()]
    assert sectors[:3] == ["health", "education", "agriculture"]


def test_a_blank_that_is_left_is_never_published(session: AnySession) -> None:
    work = make_whole(session, tasks=BLANK)
    user, coordinator = make_host_user(session, work.host), make_user(session, "coordinator", work.vio)
    with pytest.raises(assignments.Incomplete) as caught:
        assignments.submit(session, user, work)
    assert list(caught.value.missing) == ["tasks"]
    assert str(caught.value.missing["tasks"]).endswith("take it out: how many, which ward.")
    work.state = "submitted"  # as a list may bring it in
    with pytest.raises(Refused, match="square brackets"):
        reviews.approve(session, coordinator, work, "none", clock.today())
    assert work.state == "submitted"


def test_an_open_assignment_takes_no_blank_with_its_better_wording(session: AnySession) -> None:
    work = make_whole(session, state="open", published_at=clock.now())
    with pytest.raises(Refused, match="which ward"):
        assignments.edit(session, make_host_user(session, work.host), work, {"tasks": BLANK})
    assert "[" not in work.tasks


def test_the_coach_asks_for_the_blank_and_gives_points_once_it_is_filled(session: AnySession) -> None:
    work = make_whole(session, tasks=BLANK)
    begun = coaching_of(work)
    assert next(one for one in begun.advice if one.code == "tasks").evidence["missing"] == ("tasks",)
    work.tasks = "Teach four colleagues of the birth ward to keep records."
    assert coaching_of(work).score > begun.score
