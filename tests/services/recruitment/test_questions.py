"""A VIO's questions in versions, and applying with the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import AnySession, make_assignment, make_host, make_user, make_vio, make_volunteer
from webapp.models import Assignment, QuestionSet, User, Volunteer
from webapp.services.errors import Refused
from webapp.services.recruitment import applying, conduct, questions
from webapp.services.recruitment.applying import Said
from webapp.services.recruitment.questions import MOST, Draft

OWN = Draft("motivation", "Why now?", True)


@pytest.fixture
def coordinator(session: AnySession) -> User:
    return make_user(session, "coordinator", make_vio(session))


@pytest.fixture
def work(session: AnySession, coordinator: User) -> Assignment:
    return make_assignment(session, make_host(session, coordinator.vio))


@pytest.fixture
def volunteer(session: AnySession) -> Volunteer:
    return make_volunteer(session)


def _ids(asked: QuestionSet) -> list[int]:
    return [one.id for one in asked.questions]


def test_a_change_makes_a_version_and_no_change_makes_none(session: AnySession, coordinator: User) -> None:
    first = questions.keep(session, coordinator, questions.suggested())
    assert questions.keep(session, coordinator, questions.suggested()) is first
    second = questions.keep(session, coordinator, [*questions.suggested()[:2], OWN])
    assert (first.number, second.number) == (1, 2)
    assert questions.in_force(session, coordinator.vio_id) is second
    assert len(first.questions) == len(questions.suggested())
    assert [one.prompt for one in second.questions][-1] == "Why now?"


def test_a_suggestion_is_read_in_words_that_can_be_translated(session: AnySession, coordinator: User) -> None:
    kept = questions.keep(session, coordinator, [questions.suggested()[0], OWN])
    told = [questions.words_of(one) for one in kept.questions]
    assert told[0] is not None and not isinstance(told[0], str)
    assert told[1] == "Why now?"


@pytest.mark.parametrize(
    "drafts",
    [[OWN] * (MOST + 1), [replace(OWN, prompt=" ")], [replace(OWN, kind="faith")], [replace(OWN, prompt="x" * 501)]],
)
def test_too_many_or_odd_questions_are_refused(session: AnySession, coordinator: User, drafts: list[Draft]) -> None:
    with pytest.raises(Refused):
        questions.keep(session, coordinator, drafts)


def test_an_answer_stays_with_the_question_as_it_was_asked(
    session: AnySession, coordinator: User, work: Assignment, volunteer: Volunteer
) -> None:
    asked = questions.keep(session, coordinator, [OWN])
    said = Said("", True, asked, {_ids(asked)[0]: " Since my mother was nursed there. "})
    application = applying.send(session, volunteer.user, volunteer, work, said)
    questions.keep(session, coordinator, [replace(OWN, prompt="Why this work?")])
    (answer,) = applying.answers_of(session, application)
    assert (answer.question.prompt, answer.text) == ("Why now?", "Since my mother was nursed there.")


def test_what_has_to_be_said_is_asked_for_before_anything_is_sent(
    session: AnySession, coordinator: User, work: Assignment, volunteer: Volunteer
) -> None:
    asked = questions.keep(session, coordinator, [OWN, replace(OWN, prompt="And else?", is_required=False)])
    first, second = _ids(asked)
    with pytest.raises(Refused, match="declaration"):
        applying.send(session, volunteer.user, volunteer, work, Said("", False, asked, {first: "Because."}))
    assert set(applying.faults(asked, {first: " "})) == {first}
    assert set(applying.faults(asked, {first: "yes", second: "x" * 3001})) == {second}
    with pytest.raises(Refused, match="Answer"):
        applying.send(session, volunteer.user, volunteer, work, Said("", True, asked, {}))
    application = applying.send(session, volunteer.user, volunteer, work, Said("", True, asked, {first: "Because."}))
    assert [one.text for one in applying.answers_of(session, application)] == ["Because."]
    declared = conduct.declaration_of(session, application)
    assert declared is not None
    assert declared.version == conduct.VERSION


def test_who_opened_the_page_before_the_change_may_still_send(
    session: AnySession, coordinator: User, work: Assignment
) -> None:
    first = questions.keep(session, coordinator, [OWN])
    second = questions.keep(session, coordinator, [replace(OWN, prompt="Why this work?")])
    elsewhere = questions.keep(session, make_user(session, "coordinator"), [OWN])
    assert questions.asked_for(session, work) is second
    assert questions.asked_for(session, work, first.id) is first
    assert questions.asked_for(session, work, elsewhere.id) is second
    second.made_at -= timedelta(days=2)
    assert questions.asked_for(session, work, first.id) is second


def test_suggestion_that_is_not_ours_is_refused(session: AnySession) -> None:
    with pytest.raises(Refused):
        questions.keep(session, make_user(session, "coordinator"), [Draft("motivation", "Why?", True, "not_ours")])
