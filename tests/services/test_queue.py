"""What waits for a coordinator, reminders and settings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import agree_until, coordinator_of, make_active, make_placement, make_selectable
from webapp import clock
from webapp.models import Assignment, Match, MatchRun, User, Vio, Volunteer
from webapp.services import (
    application_board,
    badges,
    judgements,
    queue,
    ranking,
    strong_matches,
    vio_settings,
)
from webapp.services.errors import Refused
from webapp.services.judgements import Word

TODAY = clock.today()


@pytest.fixture
def vio(session: AnySession) -> Vio:
    return make_vio(session)


@pytest.fixture
def coordinator(session: AnySession, vio: Vio) -> User:
    return make_user(session, "coordinator", vio)


def _ranked(session: AnySession, vio: Vio) -> Assignment:
    assignment = make_assignment(session, make_host(session, vio))
    ranking.rank_assignment(session, assignment)
    return assignment


def _match(session: AnySession, assignment: Assignment, volunteer: Volunteer) -> Match:
    return session.query(Match).filter_by(assignment_id=assignment.id, volunteer_id=volunteer.id, is_current=True).one()


def test_queue_counts_what_waits_for_the_own_vio_only(session: AnySession, vio: Vio, coordinator: User) -> None:
    for office in (vio, make_vio(session)):
        host = make_host(session, office, verified=False, state="asked")
        make_assignment(session, host, state="submitted", published_at=None, submitted_at=clock.now())
        make_host(session, office, verified_until=TODAY + timedelta(days=10))
        volunteer, assignment = make_volunteer(session, office), make_assignment(session, make_host(session, office))
        make_application(session, volunteer, assignment, answer_by=TODAY - timedelta(days=1))
        make_application(session, volunteer, make_assignment(session, assignment.host))  # promised for later
    waiting = {entry.kind: entry.count for entry in queue.waiting_for(session, coordinator, TODAY)}
    assert waiting == {"applications": 1, "hosts": 1, "assignments": 1, "expiring": 1}
    assert sum(badges.waiting(session, coordinator, TODAY)[kind] for kind in queue.KINDS) == 4


def test_strong_matches_leave_the_queue_when_somebody_says_a_word(
    session: AnySession, vio: Vio, coordinator: User
) -> None:
    vio.strong_score = 60
    first, second = make_volunteer(session, vio), make_volunteer(session, vio)
    make_volunteer(session)  # of another VIO, not open to all
    assignment = _ranked(session, vio)
    assert strong_matches.soonest(session, coordinator, TODAY, 5) == [(assignment, 2)]
    judgements.judge(
        session, coordinator, assignment, [_match(session, assignment, first)], Word("dismiss", "language")
    )
    make_application(session, second, assignment)
    assert strong_matches.soonest(session, coordinator, TODAY, 5) == []
    vio.strong_score = 100
    assert queue.waiting_for(session, coordinator, TODAY) == []


def test_assignments_with_new_strong_matches_stand_by_their_beginning(
    session: AnySession, vio: Vio, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    vio.strong_score = 60
    people = [make_volunteer(session, vio) for _number in range(3)]
    works = [_ranked(session, vio) for _number in range(3)]
    later, soon, none = works
    soon.start_on = TODAY + timedelta(days=1)
    session.flush()
    assert strong_matches.soonest(session, coordinator, TODAY, 5) == [(soon, 3), (later, 3), (none, 3)]
    for work, said in ((later, people[:1]), (none, people)):
        judgements.judge(
            session, coordinator, work, [_match(session, work, one) for one in said], Word("dismiss", "language")
        )
    assert strong_matches.soonest(session, coordinator, TODAY, 5) == [(soon, 3), (later, 2)]
    assert strong_matches.soonest(session, coordinator, TODAY, 1) == [(soon, 3)]
    waiting = {one.kind: one for one in queue.waiting_for(session, coordinator, TODAY)}
    assert (waiting["matches"].count, waiting["matches"].first_id) == (2, soon.id)
    soon.start_on, soon.end_on = TODAY - timedelta(days=60), TODAY - timedelta(days=1)  # over, and nobody closed it
    session.flush()
    assert strong_matches.soonest(session, coordinator, TODAY, 5) == [(later, 2)]
    soon.end_on = TODAY
    session.flush()
    monkeypatch.setattr(strong_matches, "MOST_NUMBERED", 0)
    assert queue.waiting_for(session, coordinator, TODAY)[0].count == 1  # one more than is counted


def test_host_is_reminded_at_most_every_second_day(session: AnySession, vio: Vio, coordinator: User) -> None:
    application = make_application(
        session, make_volunteer(session, vio), make_assignment(session, make_host(session, vio))
    )
    application_board.remind_host(session, coordinator, application)
    with pytest.raises(Refused, match="two days"):
        application_board.remind_host(session, coordinator, application)
    application_board.remind_host(session, coordinator, application, clock.now() + timedelta(days=3))
    application.state, application.reason_code = "declined", "other"
    with pytest.raises(Refused, match="answered"):
        application_board.remind_host(session, coordinator, application)


def test_settings_change_the_own_vio_only(session: AnySession, vio: Vio, coordinator: User) -> None:
    other = make_vio(session)
    assert vio_settings.change_settings(session, coordinator, {"strong_score": 81, "no_go": ["SS"]}) == [
        "strong_score",
        "no_go",
    ]
    assert (vio.strong_score, vio.no_go, other.strong_score) == (81, ["SS"], 70)
    assert session.query(MatchRun).filter_by(scope="everything", state="queued").count() == 1  # no_go decides who fits
    assert vio_settings.change_settings(session, coordinator, {"strong_score": 81}) == []


def test_stays_to_start_to_extend_and_to_complete_stand_in_the_queue(session: AnySession) -> None:
    placement = make_active(session)
    office = coordinator_of(session, placement.receiving_vio)
    other = coordinator_of(session, make_vio(session))
    begins = make_placement(session, make_selectable(session, placement.assignment)).starts_on

    def waiting(account: User, day: date) -> int:
        return next((one.count for one in queue.waiting_for(session, account, day) if one.kind == "stays"), 0)

    assert [waiting(office, begins + timedelta(days=after)) for after in (-1, 0)] == [0, 1]
    assert waiting(office, placement.ends_on + timedelta(days=1)) == 2
    agree_until(session, placement, placement.ends_on + timedelta(days=20))
    assert (waiting(office, begins - timedelta(days=1)), waiting(other, begins)) == (1, 0)
