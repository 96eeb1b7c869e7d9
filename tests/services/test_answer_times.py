"""How long a host usually takes to answer."""

from __future__ import annotations

from datetime import timedelta

from tests.factories import AnySession, make_application, make_assignment, make_host_user, make_volunteer
from tests.stays import KIND_WORDS, coordinator_of
from webapp import clock
from webapp.models import Assignment
from webapp.services import answer_rest, answer_times, shortlists


def _answered(session: AnySession, work: Assignment, after: int) -> None:
    """Let the host answer an application that was sent so many days ago."""
    sent = clock.now() - timedelta(days=after, hours=-1)
    application = make_application(session, make_volunteer(session, work.vio), work, submitted_at=sent)
    shortlists.shortlist(session, make_host_user(session, work.host), application)


def test_the_median_of_the_last_ten_answers_counts_from_three_on(session: AnySession) -> None:
    work = make_assignment(session)
    for days in (40, 2):
        _answered(session, work, days)
    assert answer_times.usual_days(session, work.host) is None
    _answered(session, work, 4)
    assert answer_times.usual_days(session, work.host) == 4
    for _ in range(10):
        _answered(session, work, 1)
    assert answer_times.usual_days(session, work.host) == 1


def test_only_the_hosts_own_answers_count(session: AnySession) -> None:
    work, other = make_assignment(session), make_assignment(session)
    for _ in range(3):
        _answered(session, other, 3)
        make_application(session, make_volunteer(session, work.vio), work)
    work.state = "closed"
    assert answer_rest.answer_rest(session, coordinator_of(session, work.vio), work, KIND_WORDS) == 3
    assert answer_times.usual_days(session, work.host) is None
