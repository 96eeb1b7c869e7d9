"""A host is suspended: what that means is shown first, everybody concerned is told, and lifting it brings all back.

Its assignments keep their state. Nobody finds them, is matched with them or applies while it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from webapp import clock
from webapp.models import Application, Assignment, Host, HostSuspension, Offer, Placement, User
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.models.placements import RUNNING_PLACEMENT_STATES, UNDER_WAY_STATES
from webapp.services import applications, audit, holds, offers, places, ranking, stays, suspension_letters
from webapp.services.errors import Refused
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.services.placement_reasons import HOST_SUSPENDED, SHORTEST_WORDS
from webapp.services.relations import check_vio
from webapp.words import Words, lazy

Row = TypeVar("Row", Application, Offer, Placement)

REASONS: dict[str, Words] = {
    "safeguarding": lazy("Somebody may be harmed there."),
    "conduct": lazy("The rules of conduct were broken."),
    "conditions": lazy("Lodging, work or care are not as agreed."),
    "money": lazy("Money was taken, or not paid as agreed."),
    "danger": lazy("It is not safe in the area."),
    "unreachable": lazy("The host cannot be reached."),
    "other": lazy("Another reason, which the note says."),
}


@dataclass(frozen=True)
class Effect:
    """What a suspension touches, as it stands now."""

    open: Sequence[Assignment]  # nobody finds them any more; their state stays
    waiting: Sequence[Application]  # without an offer or a placement: they wait
    offers: Sequence[Offer]  # taken back
    preparing: Sequence[Placement]  # cannot start
    under_way: Sequence[Placement]  # each needs a decision


def effect(session: Session, account: User, host: Host) -> Effect:
    """Return what a suspension of the host would touch; the same rows that `suspend` then treats."""
    check_vio(account, "host.suspend", host.vio_id)
    here = Assignment.host_id == host.id
    works = session.scalars(select(Assignment).where(here, Assignment.state == "open").order_by(Assignment.id)).all()
    made = _of(session, Offer, select(Offer).join(Assignment).where(here, Offer.state == "made").order_by(Offer.id))
    running = _of(
        session,
        Placement,
        select(Placement)
        .join(Assignment, Assignment.id == Placement.assignment_id)
        .where(here, Placement.state.in_(RUNNING_PLACEMENT_STATES))
        .order_by(Placement.starts_on, Placement.id),
    )
    live = _of(
        session,
        Application,
        select(Application)
        .join(Assignment)
        .where(here, Application.state.in_(LIVE_APPLICATION_STATES))
        .order_by(Application.id),
    )
    offered = {one.application_id for one in made}
    return Effect(
        open=works,
        waiting=stays.without_placement(session, [one for one in live if one.id not in offered]),
        offers=made,
        preparing=[one for one in running if one.state == "preparing"],
        under_way=[one for one in running if one.state in UNDER_WAY_STATES],
    )


def suspend(session: Session, account: User, host: Host, reason_code: str, note: str, words: str) -> HostSuspension:
    """Stop the host now, with a reason and note that the office keeps and words to the host."""
    check_vio(account, "host.suspend", host.vio_id)
    _check_words(reason_code, note, words)
    hold(session, host)
    if host.suspended_at is not None:
        raise Refused(lazy("This host is suspended already. Reload the page."))
    _hold_assignments(session, host)  # whoever is making an offer or beginning a stay goes first, or sees this
    now = clock.now()
    made = HostSuspension(vio_id=host.vio_id, host=host, state="standing", reason_code=reason_code, made_at=now)
    made.note, made.words, made.made_by = note.strip(), words.strip(), account
    host.suspended_at = now
    session.add(made)
    audit.record(session, account, "host_suspension_standing", made, host=host.id, reason=reason_code)
    found = effect(session, account, host)
    offers.withdraw_for(session, account, found.offers, HOST_SUSPENDED)
    holds.hold_stays(session, account, found.under_way, made)
    suspension_letters.tell_of_suspension(session, account, made, found)
    return made


def lift(session: Session, account: User, host: Host, note: str, today: date | None = None) -> None:
    """Let the host go on: what was open can be found and matched again, and who waits gets a new promised day."""
    check_vio(account, "host.suspend", host.vio_id)
    if not note.strip():
        raise Refused(lazy("Write down what has changed, so that a colleague understands it later."))
    hold(session, host)
    standing = standing_of(session, host)
    if standing is None:
        raise Refused(lazy("This host is not suspended. Reload the page."))
    today = today or clock.today()
    _hold_assignments(session, host)
    standing.lifted_by_id, standing.lifted_at, standing.lifted_note = account.id, clock.now(), note.strip()
    move(session, account, standing, "lifted", host=host.id)
    host.suspended_at = None
    holds.release(session, account, standing)
    found = effect(session, account, host)
    for one in found.waiting:
        if one.state == "submitted":
            _promise_after_pause(session, account, one, today)
    for assignment in _filled(session, host):
        places.settle(session, account, assignment, today)  # a place that came free meanwhile
    for assignment in found.open:
        ranking.rank_assignment(session, assignment)
    suspension_letters.tell_of_lifting(session, account, host, found)


def standing_of(session: Session, host: Host) -> HostSuspension | None:
    """Return the suspension that stands, None where there is none."""
    return session.scalar(
        select(HostSuspension).where(HostSuspension.host_id == host.id, HostSuspension.state == "standing")
    )


def words_to(session: Session, host: Host) -> str:
    """Return what the host was told when it was suspended; blank where it is not. The reason is not in it."""
    standing = standing_of(session, host) if host.suspended_at is not None else None
    return standing.words if standing else ""


def history_of(session: Session, account: User, host: Host) -> list[HostSuspension]:
    """Return all suspensions of a host of the own VIO, newest first."""
    check_vio(account, "host.suspend", host.vio_id)
    query = select(HostSuspension).where(HostSuspension.host_id == host.id)
    return list(session.scalars(query.order_by(HostSuspension.id.desc())))


def _check_words(reason_code: str, note: str, words: str) -> None:
    if reason_code not in REASONS:
        raise Refused(lazy("Choose the reason."))
    if not note.strip():
        raise Refused(lazy("Write down what happened. Only your office reads it."))
    if len(words.strip()) < SHORTEST_WORDS:
        raise Refused(lazy("Write a sentence or two to the host: what happens now, and whom it can ask."))


def _hold_assignments(session: Session, host: Host) -> None:
    query = select(Assignment).where(Assignment.host_id == host.id).order_by(Assignment.id)
    hold(session, *session.scalars(query).all())


def _promise_after_pause(session: Session, account: User, one: Application, today: date) -> None:
    """Promise the applicant a day as if they had applied today, unless that would be sooner; it can still move once."""
    before, one.answer_by = one.answer_by, max(one.answer_by, applications.answer_day(one.assignment, today))
    if one.answer_by != before:
        days = {"from": before.isoformat(), "to": one.answer_by.isoformat()}
        audit.record(session, account, "application_promise_rested", one, one.assignment.vio_id, days=days)


def _filled(session: Session, host: Host) -> Sequence[Assignment]:
    return session.scalars(select(Assignment).where(Assignment.host_id == host.id, Assignment.state == "filled")).all()


def _of(session: Session, table: type[Row], query: Select[Row]) -> list[Row]:
    """Return the rows as they stand in the database now: somebody else may have been a moment quicker."""
    beside = (selectinload(table.assignment), selectinload(table.volunteer))  # each is told of with both
    return list(session.scalars(query.options(*beside).execution_options(populate_existing=True)))
