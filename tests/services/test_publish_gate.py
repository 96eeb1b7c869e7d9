"""The publish gate: what waits below it, and the waiver with its reason."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.factories import AnySession, make_host_user, make_user
from tests.services.imports.lists import SAFE, bring, csv_of, dry_run, faults
from tests.services.whole import make_whole
from webapp import clock
from webapp.models import Assignment, AuditEvent, User
from webapp.services import assignments, reviews, versions
from webapp.services.coach import coaching_of
from webapp.services.errors import NotFound, Refused
from webapp.services.publish_gate import BelowGate

TODAY = clock.today()


@pytest.fixture
def work(session: AnySession) -> Assignment:
    """Return an assignment that waits for review at a gate one point above its score."""
    work = make_whole(session)
    assignments.submit(session, make_host_user(session, work.host), work)
    work.vio.least_coach_score = coaching_of(work).score + 1
    session.flush()
    return work


@pytest.fixture
def coordinator(session: AnySession, work: Assignment) -> User:
    return make_user(session, "coordinator", work.vio)


def _waivers(session: AnySession) -> list[AuditEvent]:
    return list(session.scalars(select(AuditEvent).where(AuditEvent.action == "assignment_gate_waived")))


@pytest.mark.parametrize("reason", ["", " \n "])
def test_below_the_gate_it_waits(session: AnySession, work: Assignment, coordinator: User, reason: str) -> None:
    with pytest.raises(BelowGate, match=f"{coaching_of(work).score} of 100"):
        reviews.approve(session, coordinator, work, "none", TODAY, reason)
    assert work.state == "submitted"
    assert _waivers(session) == []


def test_at_the_gate_it_is_published_and_nothing_is_waived(
    session: AnySession, work: Assignment, coordinator: User
) -> None:
    work.vio.least_coach_score -= 1
    reviews.approve(session, coordinator, work, "none", TODAY, "Not needed.")
    (version,) = versions.versions_of(session, work)
    assert (work.state, version.waived_at, version.waiver_reason) == ("open", None, "")
    assert _waivers(session) == []


def test_waiver_keeps_who_when_and_why(session: AnySession, work: Assignment, coordinator: User) -> None:
    reviews.approve(session, coordinator, work, "none", TODAY, "  The clinic opens on Monday. ")
    (version,) = versions.versions_of(session, work)
    assert work.state == "open"
    assert (version.waived_by, version.waiver_reason) == (coordinator, "The clinic opens on Monday.")
    assert version.waived_at is not None
    (event,) = _waivers(session)
    assert (event.actor_id, event.subject_id) == (coordinator.id, work.id)
    assert event.detail == {"version": 1, "score": version.score, "least": version.score + 1}


def test_waiver_stands_on_what_was_published(session: AnySession, work: Assignment, coordinator: User) -> None:
    work.hours = 10  # as a list may change what waits for review
    reviews.approve(session, coordinator, work, "none", TODAY, "Urgent.")
    assert [(one.number, one.waiver_reason) for one in versions.versions_of(session, work)] == [(1, ""), (2, "Urgent.")]


def test_coordinator_of_another_vio_cannot(session: AnySession, work: Assignment) -> None:
    with pytest.raises(NotFound):
        reviews.approve(session, make_user(session, "coordinator"), work, "none", TODAY, "I may.")
    assert work.state == "submitted"
    assert _waivers(session) == []


@pytest.mark.parametrize(("least", "state"), [(0, "open"), (100, "submitted")])
def test_a_list_leaves_a_version_and_does_not_pass_by_the_gate(
    session: AnySession, work: Assignment, least: int, state: str
) -> None:
    work.vio.least_coach_score, work.host.external_id = least, "H1"
    session.flush()
    row = "A1,Teacher,Teach mathematics in a village school.,Malawi,2024-09-01,2,en:B1"
    header = "id,title,tasks,country,start_on,places_international,languages"
    over = {"constants": SAFE | {"host_id": "H1"}, "shift_years": 4, "displacement": "none"}
    [listed] = bring(session, work.vio, "assignments", csv_of(header, row), **over)
    assert listed.state == state
    assert [one.number for one in versions.versions_of(session, listed)] == [1]


def test_a_list_does_not_take_what_is_open_below_the_gate(session: AnySession, work: Assignment) -> None:
    work.vio.least_coach_score, work.host.external_id = 0, "H1"
    session.flush()
    over = {"constants": SAFE | {"host_id": "H1"}, "shift_years": 4, "displacement": "none"}

    def listing(tasks: str) -> bytes:
        header = "id,title,tasks,country,start_on,places_international,languages"
        return csv_of(header, f"A1,Teacher,{tasks},Malawi,2024-09-01,2,en:B1")

    def found(tasks: str) -> list[str]:
        checked, _plan = dry_run(session, work.vio, "assignments", listing(tasks), **over)
        return [remedy for _row, _column, remedy in faults(checked)]

    bring(session, work.vio, "assignments", listing("Teach mathematics in a village school."), **over)
    assert found("Teach.") == []
    work.vio.least_coach_score = 100
    assert [("asks for 100" in words) for words in found("Teach.")] == [True]
    assert found("Teach mathematics to forty pupils in a village school beside its two teachers.") == []


def test_what_is_open_is_not_reworded_to_below_the_gate(
    session: AnySession, work: Assignment, coordinator: User
) -> None:
    host = make_host_user(session, work.host)
    work.vio.least_coach_score -= 1
    reviews.approve(session, coordinator, work, "none", TODAY)
    with pytest.raises(Refused, match="Take it back"):
        assignments.edit(session, host, work, {"learning": "A lot.", "local_strengths": "A lot."})
    session.refresh(work)
    assignments.edit(session, host, work, {"title": work.title + " in Kitui"})
    assert work.title.endswith("Kitui")


def test_a_waiver_is_for_the_text_as_it_was(session: AnySession, work: Assignment, coordinator: User) -> None:
    host = make_host_user(session, work.host)
    reviews.approve(session, coordinator, work, "none", TODAY, "Urgent.")
    with pytest.raises(Refused, match="Take it back"):
        assignments.edit(session, host, work, {"learning": "x", "local_strengths": "x"})
    session.refresh(work)
    assignments.edit(session, host, work, {"title": work.title + " in Kitui"})
    assert work.title.endswith("Kitui")


def test_what_was_open_before_the_gate_rose_does_not_fall(
    session: AnySession, work: Assignment, coordinator: User
) -> None:
    work.vio.least_coach_score = 0
    reviews.approve(session, coordinator, work, "none", TODAY)
    work.vio.least_coach_score = 100
    with pytest.raises(Refused, match="Take it back"):
        assignments.edit(session, make_host_user(session, work.host), work, {"learning": "x", "local_strengths": "x"})


def test_each_rewording_of_what_is_open_keeps_a_version_with_its_score(
    session: AnySession, work: Assignment, coordinator: User
) -> None:
    reviews.approve(session, coordinator, work, "none", TODAY, "Urgent.")
    assignments.edit(session, make_host_user(session, work.host), work, {"title": work.title + " in Kitui"})
    first, second = versions.versions_of(session, work)
    assert second.says["title"] == work.title != first.says["title"]
    assert (second.score, second.waived_at) == (coaching_of(work).score, None)


def test_what_publishing_needs_is_not_emptied_while_it_is_open(
    session: AnySession, work: Assignment, coordinator: User
) -> None:
    work.vio.least_coach_score = 0
    reviews.approve(session, coordinator, work, "none", TODAY)
    with pytest.raises(Refused):
        assignments.edit(session, make_host_user(session, work.host), work, {"tasks": ""})
