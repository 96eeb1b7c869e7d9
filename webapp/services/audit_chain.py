"""The chain of the audit trail: each event is sealed with a hash over itself and the one before, when it is stored.

Events are sealed in the last moment of their transaction, one transaction after the other: whoever stores events holds
the chain's end from then until they are stored, and takes no other row after it. So nobody waits in a circle. Hashes
are plain SHA-256 over codes and ids, for anybody to check; the end bears a mark under DATA_KEY, so that whoever can
write to the database alone makes no other chain of the same looks. An end that bears another mark gets none again:
else the next event would vouch for what somebody wrote there. Where the words of the database lie under another key
too, it is the key that is wrong, and nothing is stored.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import Sequence
from datetime import UTC
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, event, inspect, select, update
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.orm.attributes import set_committed_value

from webapp.models import AuditEvent, AuditHead
from webapp.portions import portions
from webapp.services import sealed_words

log = logging.getLogger(__name__)

_WAITING = "audit events to seal"
_AT_ONCE = 500
_PLAIN = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
_EVENTS = cast(Table, AuditEvent.__table__)  # a list brings thousands of events: no object is made of each


def digest(line: AuditEvent | Row[Any], number: int, before: str) -> str:
    """Return the hash of an event, as it is read back, at place `number` after the one whose hash is `before`."""
    content = {
        "seq": number,
        "before": before,
        "id": line.id,
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": line.actor_id,
        "vio": line.vio_id,
        "action": line.action,
        "subject": [line.subject_kind, line.subject_id],
        "detail": line.detail,
    }
    return hashlib.sha256(_PLAIN.encode(content).encode()).hexdigest()


def mark(data_key: str, number: int, last: str) -> str:
    """Return the mark of a chain that ends at place `number` with the hash `last`; none without a key."""
    if not data_key:
        return ""
    key = hashlib.sha256(f"audit {data_key}".encode()).digest()
    return hmac.new(key, f"{number} {last}".encode(), "sha256").hexdigest()


class AnotherKey(RuntimeError):
    """The database lies under another DATA_KEY than this process has."""


def lies_under_another_key(session: Session, end: AuditHead, *, in_doubt: bool) -> bool:
    """Whether neither the mark at the chain's end nor any words of the database were made under this process's key.

    `in_doubt` is what to think where another mark stands there and no words tell more.
    """
    key = session.info.get("data_key", "")
    if _bears(end, key):
        return False
    is_read = sealed_words.reads(session, key)
    return bool(end.mark) and in_doubt if is_read is None else not is_read


def _bears(end: AuditHead, key: str) -> bool:
    return hmac.compare_digest(end.mark, mark(key, end.seq, end.hash))


def _note(session: Session, _context: object) -> None:
    to_be_sealed(session, [one.id for one in session.new if isinstance(one, AuditEvent)])


def to_be_sealed(session: Session, made: Sequence[int]) -> None:
    """Note the numbers of events that are to be sealed as this transaction is stored."""
    if made:
        session.info.setdefault(_WAITING, []).extend(made)


def _forget(session: Session, ended: SessionTransaction) -> None:
    """Forget what waits as the whole transaction ends; events that went with a savepoint are simply not found."""
    if ended.parent is None:
        session.info.pop(_WAITING, None)


def _seal(session: Session) -> None:
    """Seal what this transaction wrote."""
    if session.in_nested_transaction():
        return  # the whole transaction is not at its end
    session.flush()
    waiting = session.info.pop(_WAITING, [])
    if not waiting:
        return
    end = session.scalars(select(AuditHead).with_for_update().execution_options(populate_existing=True)).one()
    is_ours = _is_ours(session, end)
    numbers, held = sorted(set(waiting)), _held(session)
    for some in portions(numbers, _AT_ONCE):
        links = _links(session, some, end.seq, end.hash)
        if not links:
            continue  # they went with a savepoint
        session.execute(update(_EVENTS).where(_EVENTS.c.id == bindparam("which")), links)
        for link in links:
            _let_know(held.get(link["which"]), link)
        end.seq, end.hash = links[-1]["seq"], links[-1]["hash"]
    if is_ours:
        end.mark = mark(session.info.get("data_key", ""), end.seq, end.hash)
    session.flush()


def _links(session: Session, numbers: Sequence[int], place: int, last: str) -> list[dict[str, Any]]:
    """Return what seals these events, in their order, after the one at `place` whose hash is `last`."""
    links = []
    for line in session.execute(select(_EVENTS).where(_EVENTS.c.id.in_(numbers)).order_by(_EVENTS.c.id)):
        place, before = place + 1, last
        last = digest(line, place, before)
        links.append({"which": line.id, "seq": place, "prev_hash": before, "hash": last})
    return links


def _held(session: Session) -> dict[int, AuditEvent]:
    """Return the events that somebody holds as objects, by their numbers."""
    lines = ((inspect(one).identity, one) for one in session if isinstance(one, AuditEvent))
    return {identity[0]: one for identity, one in lines if identity}


def _let_know(line: AuditEvent | None, link: dict[str, Any]) -> None:
    """Let an object say of its seal what the database says."""
    for name in ("seq", "prev_hash", "hash") if line is not None else ():
        set_committed_value(line, name, link[name])


def _is_ours(session: Session, end: AuditHead) -> bool:
    """Whether the chain ends where this installation ended it; the error log hears of another end, once an event."""
    if _bears(end, session.info.get("data_key", "")):
        return True
    if lies_under_another_key(session, end, in_doubt=False):
        raise AnotherKey("Nothing was stored: DATA_KEY is not the one of this database. Was it changed meanwhile?")
    log.error("the audit trail's end at event %s bears another mark: run `manage audit verify`", end.seq)
    return False


_LISTENERS: dict[str, Any] = {"after_flush": _note, "after_transaction_end": _forget, "before_commit": _seal}
for _name, _listener in _LISTENERS.items():
    event.listen(Session, _name, _listener)  # every session of the process: none leaves an event outside
