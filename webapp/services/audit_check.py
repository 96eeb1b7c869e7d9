"""Whether the audit trail still is what was written: nothing changed, taken out, put in or put elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import AuditEvent, AuditHead
from webapp.services.audit_chain import digest, mark

_AT_ONCE = 1000
UNREADABLE = (ValueError, TypeError, AttributeError, LookupError)


@dataclass(frozen=True)
class Verdict:
    """How far the chain holds, with the hash there, and the first thing that is wrong; nothing where all holds."""

    events: int
    last: str
    broken: str = ""


class Broken(ValueError):
    """A link does not hold; the text says which and why."""


def verify(session: Session, noted: tuple[int, str] | None = None) -> Verdict:
    """Follow the chain from its first event to its end.

    `noted` is a place with its hash that was written down elsewhere before: the chain must still go through it. The
    session needs one sight of all (db.begin_one_sight) where others write meanwhile.
    """
    number, last = 0, ""
    try:
        for number, line in enumerate(_lines(session), start=1):
            last = _follow(line, number, last)
            if noted is not None and noted[0] == number and noted[1] != last:
                raise Broken(f"Event {number} is not the one that was noted.")
        if noted is not None and noted[0] > number:
            raise Broken(f"The chain ends at event {number}, before event {noted[0]} that was noted.")
        _check_end(session, number, last)
    except Broken as broken:
        return Verdict(number, last, str(broken))
    return Verdict(number, last)


def _lines(session: Session) -> Iterator[AuditEvent]:
    """Yield every event that has a place, by place."""
    after: Any = None
    while True:
        further = AuditEvent.seq.is_not(None) if after is None else AuditEvent.seq > after
        query = select(AuditEvent).where(further).order_by(AuditEvent.seq).limit(_AT_ONCE)
        try:
            some = list(session.scalars(query.execution_options(populate_existing=True)))
        except UNREADABLE:
            numbers = ", ".join(map(str, _unreadable(session)))
            raise Broken(f"Changed after they were stored, and cannot be read: events with number {numbers}.") from None
        yield from some
        if len(some) < _AT_ONCE:
            return
        after = some[-1].seq
        session.expunge_all()


def _unreadable(session: Session) -> Iterator[int]:
    """Yield the numbers of rows that cannot be read as events."""
    for number in session.scalars(select(AuditEvent.id).order_by(AuditEvent.id)):
        try:
            session.scalars(select(AuditEvent).where(AuditEvent.id == number)).one()
        except UNREADABLE:
            yield number


def _follow(line: AuditEvent, number: int, before: str) -> str:
    """Return the hash of a link that holds."""
    if line.seq != number:
        raise Broken(f"Event {number} is missing: after event {number - 1} comes event {line.seq}.")
    if line.prev_hash != before:
        raise Broken(f"Event {number} does not follow the one before it.")
    try:
        found = digest(line, number, before)
    except UNREADABLE:
        found = "none"
    if found != line.hash:
        raise Broken(f"Event {number} was changed after it was stored.")
    return found


def _check_end(session: Session, number: int, last: str) -> None:
    outside = session.scalar(select(func.min(AuditEvent.id)).where(AuditEvent.seq.is_(None)))
    if outside is not None:
        raise Broken(f"The event with number {outside} stands outside the chain.")
    ends = session.execute(select(AuditHead.seq, AuditHead.hash, AuditHead.mark)).all()
    if len(ends) != 1:
        raise Broken("The row that says where the chain ends is missing.")
    seq, end, marked = ends[0]
    if (seq, end) != (number, last):
        raise Broken(f"The chain ends at event {number} but was written to event {seq}: the last ones are missing.")
    if marked != mark(session.info.get("data_key", ""), number, last):
        raise Broken("The end of the chain bears another mark: it was written anew, or under another DATA_KEY.")
