"""Check-ins during a placement: when they are due, both sides' answers, and who is reminded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, selectinload

from webapp import clock
from webapp.models import CheckIn, CheckInAnswer, Placement, User
from webapp.models.check_ins import CHECK_IN_SIDES, MARKED
from webapp.models.placements import UNDER_WAY_STATES
from webapp.services import audit, drift
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.placement_letters import HOST, OFFICES, VOLUNTEER, tell
from webapp.services.placement_sight import check_decides, received_by
from webapp.services.stay_sides import OFFICE, signing_side
from webapp.words import lazy

FIRST, SECOND = timedelta(days=6), timedelta(days=27)  # the last days of the first and of the fourth week
OPEN_BEFORE = timedelta(days=6)  # one can answer in the week that ends on the day
LATE_AFTER = timedelta(days=7)
NEAREST = timedelta(days=10)  # the last week's own one stands for any that would lie this close
LONGEST_WORDS = 1000  # characters
MARKS = range(1, 5)
AUDIENCES = {"volunteer": VOLUNTEER, "host": HOST}
SHORTEST_SETTLED = 10  # characters: less does not say what was done


def due_days(starts_on: date, ends_on: date, weeks: int) -> list[date]:
    """Return the days by which both sides answer: week 1, week 4, then every `weeks` weeks, and the last week."""
    days, day = [], starts_on + FIRST
    while day <= ends_on - NEAREST:
        days.append(day)
        day = starts_on + SECOND if day == starts_on + FIRST else day + timedelta(weeks=weeks)
    return [*days, max(starts_on, ends_on - timedelta(days=3))]


def plan(session: Session, placement: Placement, today: date) -> None:
    """Write down the check-ins of a placement that has begun; after an extension, those that follow from it.

    What was answered or was due before `today` stays; where it began late, nobody is asked about days before.
    """
    days = set(due_days(placement.starts_on, placement.ends_on, placement.receiving_vio.check_in_weeks))
    kept = {one.due_on: one for one in check_ins_of(session, placement)}
    for day, one in kept.items():
        if day not in days and not one.answers and day > today:
            session.delete(one)
    session.flush()
    new = [day for day in sorted(days - set(kept)) if day >= today or day == max(days)]
    session.add_all(CheckIn(placement=placement, due_on=day) for day in new)
    session.flush()


def check_ins_of(session: Session, placement: Placement) -> list[CheckIn]:
    """Return the check-ins of a placement, the first one first."""
    return list(session.scalars(select(CheckIn).where(CheckIn.placement_id == placement.id).order_by(CheckIn.due_on)))


def check_in(session: Session, placement: Placement, check_in_id: int) -> CheckIn:
    """Return one check-in of the placement; NotFound where there is none."""
    found = session.scalar(select(CheckIn).where(CheckIn.placement_id == placement.id, CheckIn.id == check_in_id))
    if found is None:
        raise NotFound
    return found


def to_look_into(session: Session, account: User) -> list[CheckIn]:
    """Return the check-ins with an answer that differs and that nobody has looked into; the receiving VIO does."""
    query = (
        select(CheckIn)
        .join(Placement, Placement.id == CheckIn.placement_id)
        .where(received_by(account), CheckIn.flagged_at.is_not(None))
        .where(CheckIn.settled_at.is_(None))
        .order_by(CheckIn.flagged_at, CheckIn.id)
    )
    stay = contains_eager(CheckIn.placement)
    beside = (stay.selectinload(Placement.volunteer), stay.selectinload(Placement.assignment))
    return list(session.scalars(query.options(*beside, selectinload(CheckIn.answers))))


def is_open(one: CheckIn, today: date) -> bool:
    """Whether it can be answered: the placement runs, and the week of the check-in has begun."""
    return one.placement.state in UNDER_WAY_STATES and one.due_on - OPEN_BEFORE <= today


def waits_for(one: CheckIn, side: str, today: date) -> bool:
    """Whether this side has yet to answer."""
    return side != OFFICE and is_open(one, today) and one.answer_of(side) is None


def is_late(one: CheckIn, today: date) -> bool:
    """Whether a side should have answered by now."""
    return is_open(one, today) and one.due_on < today and len(one.answers) < len(CHECK_IN_SIDES)


def answer(
    session: Session,
    account: User,
    one: CheckIn,
    given: Mapping[str, Any],
    today: date | None = None,
) -> CheckInAnswer:
    """Keep what a side says (names of CheckInAnswer's columns); once. What differs is told to the offices at once."""
    placement, side = one.placement, signing_side(account, one.placement)
    hold(session, placement)
    session.refresh(one, ["answers"])
    if one.answer_of(side) is not None:
        raise Refused(lazy("Your side has answered this check-in already. Thank you."))
    if not is_open(one, today or clock.today()):
        raise Refused(lazy("This check-in is not open now. Reload the page to see which one is."))
    _check(given)
    said = CheckInAnswer(side=side, user_id=account.id, given_at=clock.now(), **given)
    one.answers.append(said)
    audit.record(session, account, "check_in_answered", one, placement.receiving_vio_id, side=side)
    if found := drift.of_answer(session, one, said):
        one.flagged_at, one.settled_at = said.given_at, None
        urgent = drift.NOT_WELL in found
        tell(session, account, "check_in_not_well" if urgent else "check_in_differs", placement, to=[OFFICES])
    return said


def settle(session: Session, account: User, one: CheckIn, words: str) -> None:
    """Say as the receiving coordinator what was done about that which differs."""
    check_decides(account, one.placement.assignment)
    if len(words.strip()) < SHORTEST_SETTLED:
        raise Refused(lazy("Say in a sentence what you found out and what was done."))
    if one.flagged_at is None:
        raise Refused(lazy("Nothing here differs from the agreement."))
    one.settled_at, one.settled_words = clock.now(), words.strip()
    audit.record(session, account, "check_in_settled", one, one.placement.receiving_vio_id)


def remind_due(session: Session, today: date) -> int:
    """Remind each side once on the day, and tell the offices once when an answer is a week late; return how many."""
    query = (
        select(CheckIn)
        .join(Placement, Placement.id == CheckIn.placement_id)
        .where(Placement.state.in_(UNDER_WAY_STATES), CheckIn.due_on <= today, CheckIn.missed_at.is_(None))
        .order_by(CheckIn.id)
    )
    told, to_ask = 0, defaultdict[Placement, set[str]](set)
    for one in session.scalars(query).all():
        missing = [side for side in CHECK_IN_SIDES if one.answer_of(side) is None]
        if one.reminded_at is None and missing:
            one.reminded_at = clock.now()
            to_ask[one.placement].update(missing)
        if missing and one.due_on + LATE_AFTER <= today:
            one.missed_at = clock.now()
            tell(session, None, "check_in_missed", one.placement, to=[OFFICES], day=one.due_on)
            told += 1
    for placement, sides in to_ask.items():  # the letter names no check-in: several that are due at once are one letter
        tell(session, None, "check_in_due", placement, to=[AUDIENCES[side] for side in sorted(sides)])
    session.flush()
    return told + len(to_ask)


def _check(given: Mapping[str, Any]) -> None:
    if any(given.get(name) not in MARKS for name in MARKED):
        raise Refused(lazy("Answer each of the four questions."))
    if any(len(given.get(name) or "") > LONGEST_WORDS for name in ("words", "change", "private")):
        raise Refused(lazy("Keep each text below %(most)s characters.", most=LONGEST_WORDS))
