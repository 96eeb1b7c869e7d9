"""The private address of an account's calendar: made, made anew, ended; and whose it is."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock, permissions
from webapp.models import CalendarFeed, User
from webapp.services import audit
from webapp.services.errors import NotFound
from webapp.services.one_time_links import hash_of, new_token

WITH_DAYS = tuple(permissions.table().actions["calendar.keep"].gives)  # roles that have days to show


def feed_of(session: Session, account: User) -> CalendarFeed | None:
    """Return the feed of an account; NotFound for a role that has no days."""
    if account.role not in WITH_DAYS:
        raise NotFound
    return session.get(CalendarFeed, account.id)


def renew(session: Session, account: User) -> str:
    """Make the address, or a new one in its place, which stops the old one; return its token, which nobody keeps."""
    feed = feed_of(session, account)
    token, token_hash = new_token()
    if feed is None:
        feed = CalendarFeed(user_id=account.id)
        session.add(feed)
    feed.token_hash, feed.made_at = token_hash, clock.now()
    audit.record(session, account, "calendar_link_made", account, account.vio_id)
    return token


def end(session: Session, account: User) -> None:
    """Stop the address: who still has it finds nothing."""
    feed = feed_of(session, account)
    if feed is not None:
        session.delete(feed)
        audit.record(session, account, "calendar_link_ended", account, account.vio_id)
    session.flush()


def account_behind(session: Session, token: str) -> User:
    """Return whose calendar a token opens; NotFound where it is none, any more, or its account is closed."""
    feed = session.scalar(select(CalendarFeed).where(CalendarFeed.token_hash == hash_of(token)))
    if feed is None or not feed.user.active or feed.user.role not in WITH_DAYS:
        raise NotFound
    return feed.user
