"""Scores of interviews are in the copy of one's own data once the application has ended, and never before."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.factories import AnySession, make_host_user, make_user
from tests.stays import KIND_WORDS, coordinator_of, make_active, make_offer, make_placement, make_selectable, user_of
from webapp import clock
from webapp.models import Application, Review, Scorecard, ScorecardLine
from webapp.services import applications, placements, shortlists
from webapp.services.own_data import copies

NOTE, ASIDE = "Hesitates when asked about nights.", "I would rather not."


def _judged(session: AnySession, application: Application) -> Application:
    """Let one person score an interview, and a coordinator write a word on the match."""
    vio, now = application.assignment.vio, clock.now()
    card = Scorecard(application_id=application.id, rater_id=make_user(session, "coordinator", vio).id, seat=1)
    card.sent_at = now
    card.lines = [ScorecardLine(competency="motivation", score=2, note=NOTE, given_at=now)]
    review = Review(
        vio_id=vio.id,
        assignment_id=application.assignment_id,
        volunteer_id=application.volunteer_id,
        by_id=card.rater_id,
        verdict="dismiss",
        reason_code="other",
        note=ASIDE,
        was_blind=False,
        at=now,
    )
    session.add_all([card, review])
    session.flush()
    return application


def _copy(session: AnySession, application: Application) -> str:
    account = user_of(application.volunteer)
    return json.dumps(copies.as_json(account, copies.copy_of(session, account, application.volunteer)))


def _declined(session: AnySession) -> Application:
    application = _judged(session, make_selectable(session))
    shortlists.decline(session, make_host_user(session, application.assignment.host), application, "skills", KIND_WORDS)
    return application


def _withdrawn(session: AnySession) -> Application:
    application = _judged(session, make_selectable(session))
    applications.withdraw(session, user_of(application.volunteer), application)
    return application


def _served(session: AnySession) -> Application:
    application = _judged(session, make_selectable(session))
    stay = make_active(session, application)
    placements.complete(session, coordinator_of(session, stay.receiving_vio), stay, stay.ends_on)
    return application


@pytest.mark.parametrize("ending", [_declined, _withdrawn, _served])
def test_scores_and_notes_are_given_once_it_has_ended(
    session: AnySession, ending: Callable[[AnySession], Application]
) -> None:
    told = _copy(session, ending(session))
    assert NOTE in told and '"score": 2' in told
    assert ASIDE not in told, "what a coordinator noted on a match stays with those who decide"
    assert "dismiss" in told


def test_before_the_decision_an_applicant_reads_no_score(session: AnySession) -> None:
    application = _judged(session, make_selectable(session))
    for step in (lambda: None, lambda: make_offer(session, application)):
        step()
        told = _copy(session, application)
        assert NOTE not in told and "scorecard" not in json.loads(told)["tables"] and ASIDE not in told


def test_while_the_stay_goes_on_the_scores_wait(session: AnySession) -> None:
    application = _judged(session, make_selectable(session))
    make_placement(session, application)
    assert NOTE not in _copy(session, application)
