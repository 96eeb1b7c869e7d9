"""Moving many rows of the board at once: each for itself, so that what is refused says why and stops nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Application, Placement, User
from webapp.services import application_board, own_rows, placement_sight, placements, shortlists
from webapp.services.board.columns import APPLICATION, PLACEMENT
from webapp.services.errors import NotFound, Refused
from webapp.words import Words, lazy

MOST = 50  # rows in one go

Row = Application | Placement


@dataclass(frozen=True)
class Why:
    """What a move says to the people whom it concerns."""

    reason_code: str = ""
    words: str = ""


@dataclass(frozen=True)
class Result:
    """What a move does, or would do, to one row; `refused` says why it does nothing."""

    row: Row
    refused: Words | None


# action -> the kind of row that it moves, and the service that does it for one
ACTIONS: dict[str, tuple[str, Callable[[Session, User, Any, Why], None]]] = {
    "remind": (APPLICATION, lambda session, account, row, _why: application_board.remind_host(session, account, row)),
    "decline": (
        APPLICATION,
        lambda session, account, row, why: shortlists.let_go(session, account, row, why.reason_code, why.words),
    ),
    "start": (PLACEMENT, lambda session, account, row, _why: placements.start(session, account, row)),
    "complete": (PLACEMENT, lambda session, account, row, _why: placements.complete(session, account, row)),
}
NEEDS_WORDS = "decline"


class _TakenBack(Exception):
    """A look at what would happen is over: nothing of it stays."""


def rows_of(session: Session, account: User, picks: Sequence[str]) -> list[Row]:
    """Return the picked rows (`application-7`), in the order in which rows are held; NotFound for another office's."""
    if not picks:
        raise Refused(lazy("Tick at least one row first."))
    if len(set(picks)) > MOST:
        raise Refused(lazy("Tick at most %(most)s rows at once.", most=MOST))
    rows = [_row(session, account, pick) for pick in sorted(set(picks))]
    return sorted(rows, key=lambda row: (row.assignment_id, row.id))


def preview(session: Session, account: User, action: str, rows: Sequence[Row], why: Why) -> list[Result]:
    """Return what would happen: the move is tried and taken back, so that it says what the move itself will say."""
    return [Result(row, _try(session, account, action, row, why, keep=False)) for row in rows]


def carry_out(session: Session, account: User, action: str, rows: Sequence[Row], why: Why) -> list[Result]:
    """Move each row for itself: a row is moved with its letters, or stays as it was and says why."""
    return [Result(row, _try(session, account, action, row, why, keep=True)) for row in rows]


def _try(session: Session, account: User, action: str, row: Row, why: Why, *, keep: bool) -> Words | None:
    kind, act = ACTIONS[action]
    if row.__tablename__ != kind:
        return lazy("This step is not for rows of this kind.")
    try:
        with session.begin_nested():
            act(session, account, row, why)
            session.flush()
            if not keep:
                raise _TakenBack
    except _TakenBack:
        return None
    except Refused as refused:
        return refused.words
    except NotFound:  # a placement that this office only sends
        return lazy("The receiving organization decides on this one.")
    return None


def _row(session: Session, account: User, pick: str) -> Row:
    kind, _, number = pick.partition("-")
    if not number.isdecimal() or len(number) > 9:
        raise NotFound
    if kind == APPLICATION:
        return own_rows.vio_application(session, account, int(number))
    if kind == PLACEMENT:
        return placement_sight.placement_for(session, account, int(number))
    raise NotFound
