from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_volunteer,
)
from webapp import clock
from webapp.models import Assignment, AuditEvent, Mail, Review, User
from webapp.services import badges, handing_over, ranking, shortlists
from webapp.services.errors import IllegalMove, NotFound, Refused
from webapp.services.visibility import sight_of

KIND_WORDS = "Your work with young nurses impressed us; we need more French. Thank you."


def test_only_the_shortlist_of_the_host_opens_contact_data(session: AnySession) -> None:
    work, volunteer = make_assignment(session), make_volunteer(session)
    host, application = make_host_user(session, work.host), make_application(session, volunteer, work)
    assert not sight_of(session, host, volunteer, work).contact
    shortlists.shortlist(session, host, application)
    assert application.state == "shortlisted"
    assert sight_of(session, host, volunteer, work).contact
    assert not sight_of(session, host, volunteer, work).earlier_service
    letter = session.scalars(select(Mail)).one()
    assert volunteer.user is not None
    assert letter.to == volunteer.user.email
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "application_shortlisted")).one()
    assert (event.actor_id, event.detail["assignment"]) == (host.id, work.id)


def test_nobody_else_can_shortlist_or_decline(session: AnySession) -> None:
    work = make_assignment(session)
    application = make_application(session, make_volunteer(session), work)
    others = [
        make_user(session, "coordinator", work.vio),
        make_host_user(session, make_host(session, work.vio)),
        make_user(session, "administrator"),
    ]
    for account in others:
        with pytest.raises(NotFound):
            shortlists.shortlist(session, account, application)
        with pytest.raises(NotFound):
            shortlists.decline(session, account, application, "skills", KIND_WORDS)
    assert application.state == "submitted"


def test_a_host_without_verification_opens_no_contact_data(session: AnySession) -> None:
    host = make_host(session, verified_until=clock.today() - timedelta(1))
    application = make_application(session, make_volunteer(session), make_assignment(session, host))
    with pytest.raises(Refused):
        shortlists.shortlist(session, make_host_user(session, host), application)
    assert application.state == "submitted"


def test_nobody_is_answered_while_it_is_not_public(session: AnySession) -> None:
    work = make_assignment(session, state="changes_requested")
    application = make_application(session, make_volunteer(session), work)
    with pytest.raises(Refused):
        shortlists.shortlist(session, make_host_user(session, work.host), application)


def test_declining_needs_a_reason_and_words_and_sends_both(session: AnySession) -> None:
    work, volunteer = make_assignment(session), make_volunteer(session)
    host, application = make_host_user(session, work.host), make_application(session, volunteer, work)
    for reason, words in (("", KIND_WORDS), ("nonsense", KIND_WORDS), ("language", "No."), ("language", " ")):
        with pytest.raises(Refused):
            shortlists.decline(session, host, application, reason, words)
    shortlists.decline(session, host, application, "language", KIND_WORDS)
    assert (application.state, application.reason_code) == ("declined", "language")
    letter = session.scalars(select(Mail)).one()
    assert KIND_WORDS in letter.body
    assert str(shortlists.REASONS["language"]) in letter.body
    with pytest.raises(IllegalMove):
        shortlists.shortlist(session, host, application)


def test_a_withdrawn_application_is_gone(session: AnySession) -> None:
    work = make_assignment(session)
    host = make_host_user(session, work.host)
    application = make_application(session, make_volunteer(session), work, state="withdrawn")
    assert shortlists.applicants(session, host, work, clock.today()) == []
    with pytest.raises(NotFound):
        shortlists.applicant(session, host, application, clock.today())
    with pytest.raises(NotFound):
        shortlists.decline(session, host, application, "skills", KIND_WORDS)


def test_applicants_come_with_their_match_and_never_the_pool(session: AnySession) -> None:
    work = make_assignment(session)
    host, coordinator = make_host_user(session, work.host), make_user(session, "coordinator", work.vio)
    weak, strong = (
        make_volunteer(session, work.vio, skills={"WAT-02": 1}),
        make_volunteer(session, work.vio),
    )
    pool = make_volunteer(session, work.vio)
    for volunteer in (weak, strong):
        make_application(session, volunteer, work)
    for volunteer in (pool, strong):
        propose(session, coordinator, work, volunteer.id)
    ranking.rank_assignment(session, work)
    people = shortlists.applicants(session, host, work, clock.today())
    assert [one.volunteer.id for one in people] == [strong.id, weak.id]
    assert [one.is_proposed for one in people] == [True, False]
    assert people[0].match is not None
    assert people[0].match.volunteer_id == strong.id
    assert people[0].days_left == 14


def test_a_later_word_takes_a_proposal_away(session: AnySession) -> None:
    work, volunteer = make_assignment(session), make_volunteer(session)
    coordinator = make_user(session, "coordinator", work.vio)
    make_application(session, volunteer, work)
    propose(session, coordinator, work, volunteer.id)
    propose(session, coordinator, work, volunteer.id, verdict="dismiss")
    (one,) = shortlists.applicants(session, make_host_user(session, work.host), work, clock.today())
    assert not one.is_proposed


def test_who_withdraws_consent_keeps_the_application_and_loses_the_match(session: AnySession) -> None:
    work, volunteer = make_assignment(session), make_volunteer(session)
    make_application(session, volunteer, work)
    host = make_host_user(session, work.host)
    ranking.rank_assignment(session, work)
    assert shortlists.applicants(session, host, work, clock.today())[0].match is not None
    for consent in volunteer.consents:
        consent.withdrawn_at = clock.now()
    session.flush()
    assert shortlists.applicants(session, host, work, clock.today())[0].match is None


def test_the_host_reads_what_stands_in_the_way_but_not_consent(session: AnySession) -> None:
    work = make_assignment(session, languages={"fr": "C1"})
    host = make_host_user(session, work.host)
    make_application(session, make_volunteer(session, languages={"fr": "A1"}, consents=("matching",)), work)
    (one,) = shortlists.applicants(session, host, work, clock.today())
    assert [obstacle["code"] for obstacle in shortlists.why_not_matched(session, one)] == ["LANGUAGE_BELOW"]
    for consent in one.volunteer.consents:
        consent.withdrawn_at = clock.now()
    session.flush()
    assert shortlists.why_not_matched(session, one) == []


def test_waiting_is_by_promised_day(session: AnySession) -> None:
    work, today = make_assignment(session), clock.today()
    late, soon = (
        make_application(session, make_volunteer(session), work, answer_by=today + timedelta(days)) for days in (-2, 3)
    )
    make_application(session, make_volunteer(session), work, state="shortlisted")
    host = make_host_user(session, work.host)
    found = shortlists.waiting(session, host, today)
    assert [(one.application.id, one.days_left) for one in found] == [(late.id, -2), (soon.id, 3)]
    assert badges.waiting(session, host, today)["applicants"] == 2


def test_the_shortlist_is_handed_to_the_coordinators(session: AnySession) -> None:
    work = make_assignment(session)
    host, coordinator = make_host_user(session, work.host), make_user(session, "coordinator", work.vio)
    with pytest.raises(Refused):
        handing_over.tell_coordinators(session, host, work, clock.today())
    make_application(session, make_volunteer(session), work, state="shortlisted")
    assert handing_over.tell_coordinators(session, host, work, clock.today()) == 1
    assert session.scalars(select(Mail.to)).all() == [coordinator.email]
    with pytest.raises(Refused, match="nobody is new"):  # a second click
        handing_over.tell_coordinators(session, host, work, clock.today())
    newcomer = make_application(session, make_volunteer(session), work)
    shortlists.shortlist(session, host, newcomer)
    assert handing_over.tell_coordinators(session, host, work, clock.today()) == 2
    assert handing_over.handed_over_at(session, work) is not None


def propose(
    session: AnySession, coordinator: User, work: Assignment, volunteer_id: int, verdict: str = "propose"
) -> None:
    session.add(
        Review(
            vio_id=work.vio_id,
            assignment_id=work.id,
            volunteer_id=volunteer_id,
            verdict=verdict,
            reason_code="best_fit",
            by_id=coordinator.id,
            at=clock.now(),
        )
    )
    session.flush()


def test_host_under_suspension_opens_no_contact_data(session: AnySession) -> None:
    work = make_assignment(session)
    application = make_application(session, make_volunteer(session, work.vio), work)
    work.host.suspended_at = clock.now()
    with pytest.raises(Refused, match="suspended"):
        shortlists.shortlist(session, make_host_user(session, work.host), application)
    assert application.state == "submitted"
