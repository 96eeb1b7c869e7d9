"""What waits for a coordinator: how much of each kind, since when, and where to begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, literal, or_, select, true
from sqlalchemy.orm import Session

from webapp.models import (
    Application,
    Assignment,
    Clearance,
    Host,
    Partnership,
    Placement,
    User,
)
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import (
    clearance_board,
    counting,
    duties,
    holds,
    lesson_reviews,
    next_words,
    placement_lists,
    strong_matches,
)
from webapp.services.bars import bar_queue, likenesses
from webapp.services.delegations import own_hosts, own_work
from webapp.services.placement_sight import received_by
from webapp.services.recruitment import reference_answers
from webapp.services.roll_calls import listing
from webapp.services.safeguarding import help_calls, supporters
from webapp.services.stand_ins import BUILT, Plain

# An application stands in the queue from this many days before the volunteer is to hear again.
NEAR_DAYS = 3
# A verification stands in the queue from this many days before it ends.
EXPIRING_DAYS = 60


# (id, since or until when) of each thing that waits, the oldest first
AnyQuery = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Waiting:
    """One kind of work that waits: how many, since or until when the first one, and its id."""

    kind: str  # a key of KINDS
    count: int
    oldest: date | datetime | None = None
    first_id: int | None = None


def waiting_for(
    session: Session, account: User, today: date, counted: Mapping[str, int] | None = None
) -> list[Waiting]:
    """Return everything that waits for the coordinators of the account's VIO; kinds without work are left out.

    `counted`: how many of each kind wait, where that was read already.
    """
    kinds = kinds_of(account)
    if counted is None:
        counted = counting.sums(session, {kind: [number_of(kind, account, today)] for kind in kinds})
    waiting = tuple(kind for kind in kinds if counted[kind])
    row = session.execute(_firsts(Plain.of(account), today, waiting)).one() if waiting else ()
    firsts = zip(waiting, row[::2], row[1::2], strict=True)
    # What was the last of its kind may have gone between the statements.
    return [Waiting(kind, counted[kind], oldest, first_id) for kind, first_id, oldest in firsts if first_id is not None]


def partnerships_to_answer(account: User) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of proposals that the account's VIO has not answered."""
    mine = or_(Partnership.sending_vio_id == account.vio_id, Partnership.receiving_vio_id == account.vio_id)
    return (
        mine,
        Partnership.proposed_by_vio_id != account.vio_id,
        Partnership.agreed_at.is_(None),
        Partnership.ended_at.is_(None),
    )


def _hosts(account: User, _today: date) -> AnyQuery:
    mine = and_(own_hosts(account), Host.state == "asked")
    return select(Host.id, Host.updated_at).where(mine).order_by(Host.updated_at, Host.id)


def _assignments(account: User, _today: date) -> AnyQuery:
    mine = and_(own_work(account), Assignment.state == "submitted")
    return select(Assignment.id, Assignment.submitted_at).where(mine).order_by(Assignment.submitted_at, Assignment.id)


def _applications(account: User, today: date) -> AnyQuery:
    near = today + timedelta(days=NEAR_DAYS) >= next_words.BY
    query = select(Application.id, next_words.BY).join(Assignment).where(own_work(account))
    return query.where(next_words.waits(), near).order_by(next_words.BY, Application.id)


def _matches(account: User, today: date) -> AnyQuery:
    return strong_matches.by_beginning(account, today)


def _partnerships(account: User, _today: date) -> AnyQuery:
    query = select(Partnership.id, Partnership.created_at).where(*partnerships_to_answer(account))
    return query.order_by(Partnership.created_at, Partnership.id)


def _clearances(account: User, today: date) -> AnyQuery:
    query = select(Clearance.id, Clearance.due_on).where(
        clearance_board.to_check(account), clearance_board.is_running()
    )
    return query.order_by(Clearance.due_on, Clearance.id)


def _expiring(account: User, today: date) -> AnyQuery:
    ends = and_(Host.state == "verified", Host.verified_until <= today + timedelta(days=EXPIRING_DAYS))
    query = select(Host.id, Host.verified_until).where(own_hosts(account), ends)
    return query.order_by(Host.verified_until, Host.id)


def _lessons(account: User, _today: date) -> AnyQuery:
    return lesson_reviews.waiting(account)


def _references(account: User, _today: date) -> AnyQuery:
    return reference_answers.waiting_for_a_person(account)


def _duties(account: User, today: date) -> AnyQuery:
    return duties.open_near_start(account, today)


def _decisions(account: User, _today: date) -> AnyQuery:
    waits = (Placement.alone_since.is_not(None), Placement.alone_decided_at.is_(None))
    query = select(Placement.id, Placement.alone_since).where(received_by(account), *waits)
    running = Placement.state.in_(RUNNING_PLACEMENT_STATES)
    return query.where(running).order_by(Placement.alone_since, Placement.id)


def _stays(account: User, today: date) -> AnyQuery:
    return placement_lists.to_move(account, today)


def _help_calls(account: User, _today: date) -> AnyQuery:
    return help_calls.shared_open(account)


def _waivers(account: User, _today: date) -> AnyQuery:
    return clearance_board.to_agree(account)


def _supporters(account: User, today: date) -> AnyQuery:
    return supporters.lacking(account, today)


def _roll_calls(account: User, _today: date) -> AnyQuery:
    return listing.open_calls(account)


def _bars(account: User, _today: date) -> AnyQuery:
    return bar_queue.waiting(account)


def _likenesses(account: User, _today: date) -> AnyQuery:
    return likenesses.waiting(account)


def _held(account: User, _today: date) -> AnyQuery:
    return holds.undecided(account)


KINDS: dict[str, Callable[[User, date], AnyQuery]] = {
    "help_calls": _help_calls,
    "roll_calls": _roll_calls,
    "held": _held,
    "bars": _bars,
    "likenesses": _likenesses,
    "references": _references,
    "applications": _applications,
    "hosts": _hosts,
    "assignments": _assignments,
    "stays": _stays,
    "clearances": _clearances,
    "waivers": _waivers,
    "duties": _duties,
    "supporters": _supporters,
    "decisions": _decisions,
    "matches": _matches,
    "partnerships": _partnerships,
    "lessons": _lessons,
    "expiring": _expiring,
}


# What is the whole VIO's to see to, not one country's.
OF_WHOLE_VIO = ("roll_calls", "held", "bars", "likenesses", "supporters", "partnerships")


def kinds_of(account: User) -> list[str]:
    """Return the kinds that can wait for the account."""
    return [kind for kind in KINDS if not (account.is_delegated and kind in OF_WHOLE_VIO)]


def number_of(kind: str, account: User, today: date) -> Select[int]:
    """Return the count of one kind; an assignment with strong matches counts once."""
    if kind == "matches":
        return strong_matches.number(account, today)
    return select(func.count()).select_from(KINDS[kind](account, today).order_by(None).subquery())


@lru_cache(maxsize=BUILT)
def _firsts(plain: Plain, today: date, kinds: tuple[str, ...]) -> AnyQuery:
    """Return the statement for the first row of each kind."""
    account = plain.stand_in()
    firsts = [KINDS[kind](account, today).limit(1).subquery() for kind in kinds]
    side_by_side: FromClause = select(literal(1)).subquery()
    for first in firsts:
        side_by_side = side_by_side.outerjoin(first, true())
    return select(*(column for first in firsts for column in list(first.c)[:2])).select_from(side_by_side)
