"""A placement from its start to its last day, in the hands of the receiving VIO's coordinator."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Assignment, Clearance, Placement, User
from webapp.models.placements import UNDER_WAY_STATES
from webapp.services import (
    audit,
    check_ins,
    clearances,
    companions,
    next_words,
    placement_reasons,
    places,
    readiness,
    signings,
    stays,
)
from webapp.services.errors import Refused
from webapp.services.locks import hold
from webapp.services.moves import check_can_move, move
from webapp.services.placement_letters import OFFICES, tell
from webapp.services.placement_sight import check_decides, check_own
from webapp.words import lazy


def start(session: Session, account: User, placement: Placement, today: date | None = None) -> None:
    """Say that the person has begun; on or after the first day, and only when nothing stands in the way."""
    check_decides(account, placement.assignment)
    hold(session, placement.assignment, placement)
    if placement.state == "preparing" and (today or clock.today()) < placement.starts_on:
        raise Refused(lazy("It begins on %(day)s. Start it on that day or later.", day=placement.starts_on))
    if found := readiness.obstacles(session, placement):
        raise Refused(found[0])
    _move(session, account, placement, "active")
    check_ins.plan(session, placement, today or clock.today())
    tell(session, account, "placement_started", placement)


def extend(session: Session, account: User, placement: Placement, ends_on: date) -> list[Clearance]:
    """Let it go on until `ends_on`, which both sides have signed; the volunteer has no other placement by then.

    Returns the clearances that do not cover the new days: they are open again, and their people are told.
    """
    check_decides(account, placement.assignment)
    hold(session, placement.assignment, placement.volunteer, placement)
    if placement.state not in UNDER_WAY_STATES:
        raise Refused(lazy("Only a placement that has begun and is not over can be extended. Reload the page."))
    if ends_on <= placement.ends_on:
        raise Refused(lazy("It goes until %(day)s already. Choose a later day.", day=placement.ends_on))
    if found := readiness.obstacles_to_extend(session, placement):
        raise Refused(found[0])
    signings.check_agreed(session, placement, ends_on)
    stays.check_free(session, placement.volunteer, placement.starts_on, ends_on, placement, account)
    before, placement.ends_on = placement.ends_on, ends_on
    days = {"from": before.isoformat(), "to": ends_on.isoformat()}
    if placement.state == "active":
        _move(session, account, placement, "extended", days=days)
    else:
        audit.record(session, account, "placement_extended", placement, placement.receiving_vio_id, days=days)
    check_ins.plan(session, placement, clock.today())
    placement.debrief_asked_at = None  # both are asked again in what is now the last week
    tell(session, account, "placement_extended", placement, before=before)
    return clearances.reopen_outrun(session, account, placement)


def complete(session: Session, account: User, placement: Placement, today: date | None = None) -> None:
    """Say that it was served to its last day. The place stays held: it was used."""
    check_decides(account, placement.assignment)
    hold(session, placement.assignment, placement)
    if placement.state in UNDER_WAY_STATES and (today or clock.today()) < placement.ends_on:
        raise Refused(lazy("It goes until %(day)s. Complete it then, or end it early.", day=placement.ends_on))
    _move(session, account, placement, "completed")
    tell(session, account, "placement_completed", placement)


def end_early(session: Session, account: User, placement: Placement, reason_code: str, words: str) -> None:
    """End a placement that has begun before its last day, with a reason and words to the volunteer."""
    check_decides(account, placement.assignment)
    words = placement_reasons.check(placement_reasons.END_EARLY, reason_code, words)
    _stop(session, account, placement, "ended_early", reason_code, words)
    reason = placement_reasons.END_EARLY[reason_code]
    tell(session, account, "placement_ended_early", placement, reason=reason, words=words)
    _ask_about_others(session, account, placement)


def cancel(session: Session, account: User, placement: Placement, reason_code: str, words: str) -> None:
    """Call off a placement that has not begun, with a reason and words to the volunteer."""
    check_decides(account, placement.assignment)
    words = placement_reasons.check(placement_reasons.CANCEL, reason_code, words)
    _stop(session, account, placement, "cancelled", reason_code, words)
    reason = placement_reasons.CANCEL[reason_code]
    tell(session, account, "placement_cancelled", placement, reason=reason, words=words)
    _ask_about_others(session, account, placement)


def withdraw(session: Session, account: User, placement: Placement, words: str = "") -> None:
    """The volunteer steps back from a placement that has not begun; it never counts against the person."""
    check_own(account, placement.volunteer)
    _stop(session, account, placement, "cancelled", placement_reasons.VOLUNTEER_WITHDREW, words.strip())
    reason = placement_reasons.BY_ITSELF[placement_reasons.VOLUNTEER_WITHDREW]
    tell(session, account, "placement_cancelled", placement, reason=reason, words=words.strip())
    _ask_about_others(session, account, placement)


def go_on_alone(session: Session, account: User, placement: Placement) -> None:
    """Decide that it goes on although somebody who was to be there too is not; whoever receives has talked first."""
    check_decides(account, placement.assignment)
    hold(session, placement.assignment, placement)
    if not placement.waits_for_decision:
        raise Refused(lazy("There is nothing to decide here any more. Reload the page."))
    settle_alone(session, account, placement)
    tell(session, account, "goes_on_alone", placement)


def settle_alone(session: Session, account: User, placement: Placement) -> None:
    """Keep that it was decided; the caller holds the placement, and tells whom it concerns."""
    placement.alone_decided_at = clock.now()
    audit.record(session, account, "placement_goes_on_alone", placement, placement.receiving_vio_id)


def withdraw_with_application(session: Session, account: User, application: Application) -> None:
    """Step back because the application is withdrawn; Refused once the placement has begun."""
    placement = stays.placement_of(session, application)
    if placement is None or placement.state == "cancelled":
        return
    if placement.state != "preparing":
        raise Refused(lazy("Your placement has begun or is over, so the application stays. Write to the office."))
    withdraw(session, account, placement)


def check_none_has_begun(session: Session, assignment: Assignment) -> None:
    """Raise Refused where somebody is there now: an assignment is not called off under a person's feet."""
    if any(one.state != "preparing" for one in stays.running_at(session, assignment)):
        raise Refused(lazy("Somebody is on a placement here now. The coordinator has to end it first."))


def cancel_all(session: Session, account: User, assignment: Assignment, words: str) -> None:
    """Cancel what is being prepared because the assignment is called off; its applicants are told of that."""
    for placement in stays.running_at(session, assignment):
        _stop(session, account, placement, "cancelled", placement_reasons.ASSIGNMENT_CANCELLED, words)
        tell(session, account, "placement_cancelled", placement, to=[OFFICES])


def _ask_about_others(session: Session, account: User, placement: Placement) -> None:
    """Ask for a decision on those who were to be there too; nothing happens to them by itself."""
    for other in companions.placed_with(session, placement):
        hold(session, other)
        if other.is_running:
            other.alone_since, other.alone_decided_at = clock.now(), None
            audit.record(session, account, "placement_companion_gone", other, other.receiving_vio_id)
            tell(session, account, "companion_gone", other)


def _stop(session: Session, account: User, placement: Placement, state: str, reason_code: str, words: str) -> None:
    hold(session, placement.assignment, placement)
    check_can_move(placement, state)
    placement.reason_code, placement.words = reason_code, words
    _move(session, account, placement, state, reason=reason_code)
    places.let_go(session, account, placement.offer)
    next_words.promise(placement.offer.application)


def _move(session: Session, account: User, placement: Placement, state: str, **detail: Any) -> None:
    check_can_move(placement, state)
    placement.state_at = clock.now()
    if state == "active":
        placement.started_at = placement.state_at
    elif state != "extended":
        placement.ended_at = placement.state_at
    move(session, account, placement, state, vio_id=placement.receiving_vio_id, **detail)
