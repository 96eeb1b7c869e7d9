"""How sure a score is, as each reader is told."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import AnySession, make_assignment, make_host, make_user, make_volunteer
from webapp import explain, score_words
from webapp.models import Match
from webapp.services import learning, learning_runs, runs

CURVE = {"slope": 0.0, "intercept": 0.0, "covariance": [0.0, 0.0, 0.01], "decisions": 300}


@pytest.fixture
def match(session: AnySession) -> Match:
    """Return a match of someone who named no country, at an office whose decisions give scores a meaning."""
    who = make_user(session, "coordinator")
    work, person = make_assignment(session, make_host(session, who.vio)), make_volunteer(session, who.vio)
    unknown = [
        {"criterion": "country", "known": False, "contribution": 6.0, "possible": 20.0, "value": 0.3, "share": 1.0},
        {"criterion": "skills", "known": True, "contribution": 45.0, "possible": 45.0, "value": 1.0, "share": 1.0},
    ]
    reasons = [{"code": "COUNTRY_WISH_NOT_KNOWN", "evidence": {}, **one} for one in unknown]
    run = learning_runs.ask(session, who)
    run.state, run.finished_at, run.outcome = "finished", run.created_at, "no_gain"
    run.calibrations = {str(learning.DEFAULT): CURVE}
    ranked = runs.finish(session, runs.begin(session, "assignment", work.id, who.vio_id))
    found = Match(
        run=ranked, assignment=work, volunteer=person, status="eligible", score=51.0, band=25, lot="0", reasons=reasons
    )
    session.add(found)
    session.flush()
    return found


@pytest.mark.parametrize("reader", [explain.VOLUNTEER, explain.HOST, explain.COORDINATOR])
def test_all_are_told_the_range_and_coordinators_the_meaning(
    app: Flask, session: AnySession, match: Match, reader: str
) -> None:
    with app.test_request_context():
        told = score_words.notes(session, match, reader)
    assert told[0].startswith("Between 45 and 65")
    assert len(told) == (2 if reader == explain.COORDINATOR else 1)
    if reader == explain.COORDINATOR:
        assert "endorsed about 5 (between 5 and 5)" in told[1]


def test_where_all_is_known_no_range_is_told(app: Flask, session: AnySession, match: Match) -> None:
    match.reasons = [{**one, "known": True} for one in match.reasons]
    with app.test_request_context():
        assert score_words.notes(session, match, explain.VOLUNTEER) == []


def test_what_one_reader_sees_as_one_line_opens_the_range_as_one(app: Flask, session: AnySession, match: Match) -> None:
    """A host sees wish and earlier service as one line, which is known where the wish is: no range, no riddle."""
    wish, skills = match.reasons
    service = {**wish, "code": "SERVICE_NOT_NAMED", "contribution": 0.0, "possible": 2.0, "value": 0.0, "share": 0.1}
    wish = {**wish, "code": "COUNTRY_ANYWHERE", "known": True, "possible": 18.0, "share": 0.9}
    match.reasons = [wish, service, skills]
    with app.test_request_context():
        lines = explain.sentences(match.reasons, "en", explain.HOST)
        assert [line.kind for line in lines] == ["met", "missing"]
        assert score_words.notes(session, match, explain.HOST) == []
        (told,) = score_words.notes(session, match, explain.VOLUNTEER)
    assert told == "Between 51 and 53: 1 thing is not said in your profile or by the host."
