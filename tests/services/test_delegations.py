"""What is delegated is reached, by one row and by a query alike; nobody sees more by it than the others."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from sqlalchemy import Select, select

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import make_placement
from webapp import clock
from webapp.models import Application, Assignment, AuditEvent, Host, Mail, User, Vio
from webapp.services import application_board, delegating, placement_lists, queue, reviews, staff, visibility
from webapp.services.board import columns
from webapp.services.board.columns import Filter
from webapp.services.correspondence import write_to_coordinators
from webapp.services.delegations import own_hosts, own_work, relation_to_host, relation_to_work
from webapp.services.directory import applications_here, matches_here
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import QUEUE
from webapp.services.own_rows import vio_volunteer
from webapp.services.paging import Start
from webapp.services.verifications import Evidence, decline_host, hosts_of_vio
from webapp.words import lazy

COUNTRIES = ("KE", "LA", "PK", None)


def _world(session: AnySession, seed: int) -> tuple[Vio, list[Assignment]]:
    """Make a VIO with hosts and work in countries by lot, some of it online, and with applicants and stays."""
    lot, vio = random.Random(seed), make_vio(session)  # noqa: S311
    works = []
    for _number in range(8):
        host = make_host(session, vio, country=lot.choice(COUNTRIES))
        where = {"country": lot.choice(COUNTRIES), "mode": lot.choice(("on_site", "online", "either", None))}
        work = make_assignment(session, host, **where)
        wish = make_application(session, make_volunteer(session, vio), work, state="shortlisted")
        if lot.random() < 0.4:
            make_placement(session, wish)
        works.append(work)
    return vio, works


@pytest.mark.parametrize("seed", range(4))
def test_delegated_coordinator_sees_a_part_of_what_the_others_see(session: AnySession, seed: int) -> None:
    vio, works = _world(session, seed)
    whole = make_user(session, "coordinator", vio)
    some = make_user(
        session, "coordinator", vio, delegated=random.Random(seed).sample(["KE", "LA", "PK"], 1 + seed % 2)
    )  # noqa: S311
    seen = _numbers(session, some)
    everything = _numbers(session, whole)
    assert {kind: seen[kind] - everything[kind] for kind in seen} == {kind: set() for kind in seen}
    inside = {one.id for one in works if one.country in some.delegated and one.mode != "online"}
    assert seen["assignments"] == inside
    assert seen["applications"] == {one.id for one in session.query(Application) if one.assignment_id in inside}
    assert all(session.get_one(Host, number).country in some.delegated for number in seen["hosts"])
    for kind in queue.KINDS:
        count = session.scalar(queue.number_of(kind, whole, clock.today())) or 0
        assert (
            kind not in queue.kinds_of(some)
            or (session.scalar(queue.number_of(kind, some, clock.today())) or 0) <= count
        )


def _numbers(session: AnySession, account: User) -> dict[str, set[int]]:
    start, today = Start(), clock.today()
    shown = columns.columns(session, account, Filter(), today)
    return {
        "assignments": {one.id for one in reviews.assignments_of_vio(session, account, "", start).rows},
        "applications": {one.id for one in application_board.board(session, account, "", start).rows},
        "hosts": {one.id for one in hosts_of_vio(session, account)},
        "placements": {one.id for one in placement_lists.placements_seen(session, account, "", start).rows},
        "board": {card.row.id for one in shown for card in one.cards if one.kind == columns.APPLICATION},
        "stays on the board": {card.row.id for one in shown for card in one.cards if one.kind == columns.PLACEMENT},
        "offers": {one.id for one in placement_lists.waiting_offers(session, account)},
    }


@pytest.mark.parametrize("delegated", [[], ["KE"], ["LA", "PK"]])
def test_one_row_and_a_query_say_the_same(session: AnySession, delegated: list[str]) -> None:
    vio, _works = _world(session, 7)
    _world(session, 8)  # another VIO's
    account = make_user(session, "coordinator", vio, delegated=delegated)
    works, hosts = list(session.query(Assignment)), list(session.query(Host))
    assert {one.id for one in works if relation_to_work(account, one)} == _ids(
        session, select(Assignment.id).where(own_work(account))
    )
    assert {one.id for one in hosts if relation_to_host(account, one)} == _ids(
        session, select(Host.id).where(own_hosts(account))
    )


def _ids(session: AnySession, query: Select[int]) -> set[int]:
    return set(session.scalars(query))


def test_people_are_seen_with_the_work_that_ties_them_and_with_nothing_else(session: AnySession) -> None:
    vio = make_vio(session)
    some = make_user(session, "coordinator", vio, delegated=["KE"])
    here, there = (make_assignment(session, make_host(session, vio), country=code) for code in ("KE", "LA"))
    tied, other, gone = (make_volunteer(session, vio) for _number in range(3))
    for person, work, state in (
        (tied, here, "submitted"),
        (tied, there, "submitted"),
        (other, there, "submitted"),
        (gone, here, "withdrawn"),
    ):
        make_application(session, person, work, state=state)
    assert vio_volunteer(session, some, tied.id) is tied
    assert visibility.sight_of(session, some, tied, here).contact
    assert [one.assignment_id for one in applications_here(session, some, tied)[0]] == [here.id]
    assert matches_here(session, some, tied) == []
    for person in (other, gone):
        assert not visibility.sight_of(session, some, person, there).anything
        with pytest.raises(NotFound):
            vio_volunteer(session, some, person.id)


def test_a_host_with_public_work_elsewhere_is_not_declined_for_all(session: AnySession) -> None:
    vio = make_vio(session)
    some, host = make_user(session, "coordinator", vio, delegated=["KE"]), make_host(session, vio)
    elsewhere = make_assignment(session, host, country="LA")
    with pytest.raises(Refused):
        decline_host(session, some, host, "Not as it should be.", Evidence())
    elsewhere.state = "closed"
    assert decline_host(session, some, host, "Not as it should be.", Evidence()).passed is False


def test_letters_reach_whoever_reaches_the_work_and_always_somebody(session: AnySession) -> None:
    vio = make_vio(session)
    whole, kenya, laos = (make_user(session, "coordinator", vio, delegated=codes) for codes in ([], ["KE"], ["LA"]))
    work = make_assignment(session, make_host(session, vio), country="KE")
    nowhere = make_assignment(session, make_host(session, vio, country=None), country=None)
    for about, readers in ((work, [whole, kenya]), (work.host, [whole, kenya]), (nowhere, [whole]), (None, [whole])):
        before = _letters(session)
        write_to_coordinators(session, vio.id, QUEUE, lazy("Something"), lazy("Sign in."), about)
        assert _letters(session)[len(before) :] == [one.email for one in readers]
    assert laos.email not in _letters(session)


def _letters(session: AnySession) -> Sequence[str]:
    session.flush()
    return list(session.scalars(select(Mail.to).order_by(Mail.id)))


def test_delegating_counts_at_once_is_noted_and_told(session: AnySession) -> None:
    vio, admin = make_vio(session), make_user(session, "administrator")
    make_user(session, "coordinator", vio)
    account = make_user(session, "coordinator", vio)
    work = make_assignment(session, make_host(session, vio), country="LA")
    assert relation_to_work(account, work) == "own_vio"
    delegating.delegate(session, admin, account, ["PK", "KE", "KE"])
    assert account.delegated == ["KE", "PK"] and relation_to_work(account, work) is None
    delegating.delegate(session, admin, account, ["LA"])
    assert relation_to_work(account, work) == "delegated"
    delegating.delegate(session, admin, account, [])
    assert relation_to_work(account, work) == "own_vio"
    events = session.scalars(select(AuditEvent).where(AuditEvent.action == "account_delegated").order_by(AuditEvent.id))
    assert [(one.detail["before"], one.detail["countries"]) for one in events] == [
        ([], ["KE", "PK"]),
        (["KE", "PK"], ["LA"]),
        (["LA"], []),
    ]
    assert list(_letters(session)) == [account.email] * 3


def test_somebody_always_acts_for_all_of_a_vio(session: AnySession) -> None:
    vio, admin = make_vio(session), make_user(session, "administrator")
    first, second = make_user(session, "coordinator", vio), make_user(session, "coordinator", vio)
    delegating.delegate(session, admin, first, ["KE"])
    for leave in (
        lambda: delegating.delegate(session, admin, second, ["LA"]),
        lambda: staff.close(session, admin, second.id),
    ):
        with pytest.raises(Refused, match="acts for all"):
            leave()
    staff.close(session, admin, first.id)
    assert not staff.close(session, admin, second.id).active  # a VIO may stand without any
    with pytest.raises(Refused, match="acts for all"):
        staff.reopen(session, admin, first.id)
    assert staff.reopen(session, admin, second.id).active
    assert staff.reopen(session, admin, first.id).active


def test_only_coordinators_and_only_countries_are_delegated(session: AnySession) -> None:
    vio, admin = make_vio(session), make_user(session, "administrator")
    make_user(session, "coordinator", vio)
    with pytest.raises(NotFound):
        delegating.delegate(session, admin, make_user(session, "focal_point", vio), ["KE"])
    with pytest.raises(Refused):
        delegating.delegate(session, admin, make_user(session, "coordinator", vio), ["XX"])
