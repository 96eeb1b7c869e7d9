"""How long an account stays signed in in a browser, where else it is, and how that ends."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import SignedIn, User
from webapp.services.errors import NotFound

IDLE = timedelta(minutes=30)  # after which staff, whose screens show other people's data, are asked again
LAST_FORM = timedelta(hours=4)  # what staff had begun to write before is still taken so long: nothing may be lost
LONGEST = timedelta(hours=20)
KEPT = timedelta(days=30)  # for volunteers, hosts and supporters who ask to stay signed in on a device of their own
# Put together once: every page asks it.
_STANDING = select(SignedIn).where(SignedIn.key_hash == bindparam("key_hash"), SignedIn.user_id == bindparam("user_id"))
NOTED = timedelta(minutes=15)  # a row is not written again sooner: most requests only read


def begin(session: Session, account: User, device: str, is_kept: bool) -> tuple[SignedIn, str]:
    """Note that an account signs in; return that, and the key that its browser keeps."""
    key, now = secrets.token_urlsafe(32), clock.now()
    kept = is_kept and not account.is_staff
    row = SignedIn(user_id=account.id, key_hash=_hash(key), device=device, began_at=now, seen_at=now, is_kept=kept)
    session.add(row)
    session.flush()
    return row, key


def standing(session: Session, account: User, key: str) -> SignedIn | None:
    """Return where the key is from, None once that is over."""
    found = session.scalar(_STANDING, {"key_hash": _hash(key), "user_id": account.id})
    if found is None or found.ended_at is not None:
        return None
    return None if clock.now() - found.began_at > (KEPT if found.is_kept else LONGEST) else found


def latest(account_ids: Sequence[int]) -> Select[int, datetime]:
    """Return the query for when each of these accounts has signed in last; none for who has not for long."""
    query = select(SignedIn.user_id, func.max(SignedIn.began_at)).where(SignedIn.user_id.in_(account_ids))
    return query.group_by(SignedIn.user_id)


def has_rested(account: User, seen_at: datetime, is_form: bool) -> bool:
    """Whether staff did nothing for so long that they have to sign in again; a form of theirs still goes through."""
    return account.is_staff and clock.now() - seen_at > (LAST_FORM if is_form else IDLE)


def note(session: Session, signed_in_id: int) -> None:
    """Keep when a browser was last seen; not where somebody else holds its row just now."""
    free = select(SignedIn.id).where(SignedIn.id == signed_in_id).with_for_update(skip_locked=True)
    session.execute(update(SignedIn).where(SignedIn.id.in_(free)).values(seen_at=clock.now()))


def listed(session: Session, account: User) -> list[SignedIn]:
    """Return where an account is signed in, the browser that was seen last first."""
    now = clock.now()
    query = select(SignedIn).where(SignedIn.user_id == account.id, SignedIn.ended_at.is_(None))
    rows = session.scalars(query.order_by(SignedIn.seen_at.desc(), SignedIn.id.desc()))
    return [one for one in rows if now - one.began_at <= (KEPT if one.is_kept else LONGEST)]


def end(session: Session, account: User, signed_in_id: int) -> None:
    """Sign an account out of one browser; NotFound where it is another's."""
    found = session.get(SignedIn, signed_in_id)
    if found is None or found.user_id != account.id:
        raise NotFound
    found.ended_at = found.ended_at or clock.now()
    session.flush()


def end_all(session: Session, account: User, but: int | None = None) -> None:
    """Sign an account out of every browser, but for one."""
    rows = update(SignedIn).where(SignedIn.user_id == account.id, SignedIn.ended_at.is_(None))
    session.execute(rows.where(SignedIn.id != (but or 0)).values(ended_at=clock.now()))


def forget(session: Session) -> int:
    """Delete rows that nobody can use any more; return how many."""
    old = delete(SignedIn).where(SignedIn.began_at < clock.now() - KEPT)
    return int(session.execute(old).rowcount)  # type: ignore[attr-defined]


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
