"""Every page, every role: what is said afterwards, and between alumni and newcomers, shows where it belongs only."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from flask import Flask

from tests.alumni import EVERYTHING, make_newcomer
from tests.factories import AnySession, make_assignment, make_host_user, make_user, make_volunteer
from tests.stays import coordinator_of, make_active, make_selectable, user_of
from tests.test_who_sees_whom import _paths, _rules, _sign_in, _text, _token
from webapp import clock
from webapp.models import FollowUp, Placement, User
from webapp.services import debriefs, follow_ups, lessons, placements
from webapp.services.alumni import membership, mentor_threads, mentorships

DEBRIEF, LESSON, FOLLOW = "debriefedzq", "lessonzq", "followedzq"
QUESTION, ANSWER, THREAD, WAITING = "questionedzq", "answeredzq", "threadzq", "waitingzq"
MENTOR, NEWCOMER, WAITER = "mentornamezq", "newcomernamezq", "waiternamezq"
CALL_MENTOR, CALL_NEWCOMER = "mentorcallzq", "newcomercallzq"
SECRETS = (
    *(DEBRIEF, LESSON, FOLLOW, QUESTION, ANSWER, THREAD, WAITING),
    *(MENTOR, NEWCOMER, WAITER, CALL_MENTOR, CALL_NEWCOMER),
)
# What an account may meet anywhere. The mentor shows the telephone, the newcomer does not.
MAY_MEET: dict[str, set[str]] = {
    "visitor": set(),
    "administrator": set(),
    "coordinator of mentor": {DEBRIEF, FOLLOW, MENTOR, CALL_MENTOR},
    "coordinator of newcomer": {NEWCOMER, CALL_NEWCOMER, WAITER},
    "coordinator elsewhere": set(),
    "host of mentor": {MENTOR, CALL_MENTOR},
    "host of newcomer": {NEWCOMER, CALL_NEWCOMER, WAITER},
    "volunteer mentor": {
        *(DEBRIEF, LESSON, QUESTION, ANSWER, THREAD, WAITING),
        *(MENTOR, CALL_MENTOR, NEWCOMER),
    },
    "volunteer newcomer": {QUESTION, ANSWER, THREAD, NEWCOMER, CALL_NEWCOMER, MENTOR, CALL_MENTOR},
    "volunteer waiter": {WAITING, WAITER},
    "volunteer elsewhere": set(),
    "focal_point of mentor": set(),
    "supporter of mentor": set(),
}


@dataclass
class Afterwards:
    """Accounts by the names above, and every id that an address may name."""

    accounts: dict[str, User] = field(default_factory=dict)
    ids: dict[str, list[int]] = field(default_factory=dict)


@pytest.fixture
def afterwards(session: AnySession) -> Afterwards:
    """Return what is made, stored."""
    made = make_afterwards(session)
    session.commit()
    return made


def make_afterwards(session: AnySession) -> Afterwards:
    """Make a stay that is over with all that is said of it, a mentor with a newcomer, and a question that waits."""
    stay = _served(session)
    mentor = user_of(stay.volunteer)
    work = make_assignment(session)
    stays = [_newcomer(session, work, name, call) for name, call in ((NEWCOMER, CALL_NEWCOMER), (WAITER, ""))]
    newcomer, waiter = (user_of(one.volunteer) for one in stays)
    alumnus = membership.keep(session, mentor, stay.volunteer, EVERYTHING)
    mentored = mentorships.ask(session, newcomer, alumnus.id, QUESTION)
    mentorships.accept(session, mentor, mentored, ANSWER, ["phone"])
    mentor_threads.write(session, newcomer, mentored, THREAD)
    asked = mentorships.ask(session, waiter, alumnus.id, WAITING, ["email", "phone"])
    vio = stay.receiving_vio
    accounts = {
        "administrator": make_user(session, "administrator"),
        "coordinator of mentor": coordinator_of(session, vio),
        "coordinator of newcomer": coordinator_of(session, work.vio),
        "coordinator elsewhere": make_user(session, "coordinator"),
        "host of mentor": make_host_user(session, stay.assignment.host),
        "host of newcomer": make_host_user(session, work.host),
        "volunteer mentor": mentor,
        "volunteer newcomer": newcomer,
        "volunteer waiter": waiter,
        "volunteer elsewhere": user_of(make_newcomer(session).volunteer),
        "focal_point of mentor": make_user(session, "focal_point", vio),
        "supporter of mentor": make_user(session, "supporter", vio),
    }
    ids = {
        "placement_id": [one.id for one in (stay, *stays)],
        "application_id": [one.offer.application_id for one in (stay, *stays)],
        "assignment_id": [stay.assignment_id, work.id],
        "volunteer_id": [one.volunteer_id for one in (stay, *stays)],
        "host_id": [stay.assignment.host_id, work.host_id],
        "lesson_id": [one.id for one in lessons.own(session, mentor)],
        "alumnus_id": [alumnus.id],
        "mentorship_id": [mentored.id, asked.id],
        "user_id": [one.id for one in accounts.values()],
    }
    return Afterwards(accounts, ids)


def _served(session: AnySession) -> Placement:
    """Let a volunteer say how it was, keep a lesson without showing it, and answer a follow-up."""
    work = make_assignment(session)
    person = make_volunteer(session, work.vio, full_name=MENTOR, phone=CALL_MENTOR)
    stay = make_active(session, make_selectable(session, work, volunteer=person))
    placements.complete(session, coordinator_of(session, work.vio), stay, stay.ends_on)
    debriefs.give(session, user_of(person), stay, 4, 4, DEBRIEF)
    lessons.add(session, user_of(person), stay, LESSON)
    asked = FollowUp(placement=stay, months=6, token_hash="0" * 64, sent_at=clock.now())
    session.add(asked)
    says = {code: next(iter(follow_ups.ANSWERS)) for code in follow_ups.QUESTIONS}
    follow_ups.answer(session, asked, says, FOLLOW)
    return stay


def _newcomer(session: AnySession, work: object, name: str, call: str) -> Placement:
    placement = make_newcomer(session, work)
    placement.volunteer.full_name, placement.volunteer.phone = name, call or None
    session.flush()
    return placement


@pytest.mark.parametrize("name", MAY_MEET)
def test_what_is_said_afterwards_turns_up_where_it_belongs_and_nowhere_else(
    app: Flask, afterwards: Afterwards, session: AnySession, name: str
) -> None:
    client, role = app.test_client(), name.split()[0]
    if role != "visitor":
        _sign_in(client, afterwards.accounts[name].email)
    met: dict[str, list[str]] = {}
    for rule in _rules(app, "GET"):
        if rule.endpoint.split(".")[0] != ("public" if role == "visitor" else role):
            continue
        for path in _paths(app, rule, afterwards.ids, most=4):
            response = client.get(path)
            assert response.status_code < 500, path
            text = _text(response)
            for secret in SECRETS:
                if secret in text:
                    met.setdefault(secret, []).append(path)
    assert set(met) == MAY_MEET[name], met


STRANGERS = ("coordinator elsewhere", "volunteer elsewhere", "volunteer waiter")


@pytest.mark.parametrize("name", STRANGERS)
def test_a_mentorship_of_others_does_not_exist(
    app: Flask, afterwards: Afterwards, session: AnySession, name: str
) -> None:
    client, ids = app.test_client(), {"mentorship_id": afterwards.ids["mentorship_id"][:1]}
    _sign_in(client, afterwards.accounts[name].email)
    data, tried = {"csrf_token": _token(client), "text": "words", "reason": "words", "yes": "1"}, 0
    for method in ("GET", "POST"):
        for rule in _rules(app, method):
            if rule.endpoint.split(".")[0] == name.split()[0] and "mentorship_id" in rule.arguments:
                for path in _paths(app, rule, ids, most=4):
                    answer = client.get(path) if method == "GET" else client.post(path, data=data)
                    assert answer.status_code == 404, f"{method} {path}"
                    tried += 1
    assert tried >= 1
