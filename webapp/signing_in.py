"""Where somebody is signed in, on the side of the browser: a key in its cookie that the database knows by its hash.

The cookie alone proves nothing: signed out here or from elsewhere, a copy of it opens nothing any more.
"""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask, g, request, session
from flask_login import user_logged_in, user_logged_out
from flask_security import logout_user, password_changed, password_reset

from webapp import clock, known_browsers
from webapp.db import Session, write_if_free
from webapp.models import SignedIn, User
from webapp.services import signed_in, single_sign_on

KEY, SEEN = "signed_in", "seen"
TO_JOIN = "to_join"  # a provider's account that waits for the password of one of ours
WAITS = 600  # seconds
SEEN_EVERY = 20  # seconds: the cookie is not signed and sent again with each page
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung"),
    ("UCBrowser", "UC"),
    ("MicroMessenger", "WeChat"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def register_signing_in(app: Flask) -> None:
    """Note each sign-in and each sign-out."""
    user_logged_in.connect(_begin, app)
    user_logged_out.connect(_end, app)
    password_changed.connect(_end_others, app)
    password_reset.connect(_end_others, app)


def checked(account: User) -> User | None:
    """Return the account where it is still signed in in this browser; else sign it out and return None."""
    row = signed_in.standing(Session(), account, session.get(KEY, ""))
    is_form = request.method == "POST"
    if row is None or signed_in.has_rested(account, _seen(row), is_form):
        session.pop(KEY, None)  # most requests may not write here; a copy of the cookie has rested as long
        logout_user()
        return None
    if signed_in.has_rested(account, _seen(row), is_form=False):
        signed_in.end(Session(), account, row.id)  # this form is the last that goes through
        return account
    now = clock.now()
    if now.timestamp() - float(session.get(SEEN, 0)) > SEEN_EVERY:
        session[SEEN] = now.timestamp()
    if now - row.seen_at > signed_in.NOTED:
        _note(row.id)
    g.signed_in_id = row.id
    return account


def device() -> str:
    """Return by what people tell this browser from their others, such as "Firefox, Android"; blank where unknown."""
    told = request.headers.get("User-Agent", "")
    found = (next((name for sign, name in table if sign in told), "") for table in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found))


def _begin(_app: Flask, user: User, **_more: object) -> None:
    # Flask-Login would keep a cookie of its own, which nobody could end from elsewhere.
    is_kept = session.pop("_remember", None) == "set"
    _leave(user)  # signed in here already: this takes its place
    row, session[KEY] = signed_in.begin(Session(), user, device(), is_kept)
    g.signed_in_id = row.id
    session[SEEN] = clock.now().timestamp()
    session.permanent = is_kept and not user.is_staff
    known_browsers.remember(user)
    _join(user)


def _join(user: User) -> None:
    waiting = session.pop(TO_JOIN, {})
    if waiting.get("account") == user.id and clock.now().timestamp() - waiting["at"] <= WAITS:
        single_sign_on.join(Session(), user, waiting["issuer"], waiting["subject"])


def _end(_app: Flask, user: User, **_more: object) -> None:
    if user.is_authenticated:
        _leave(user)


def _end_others(_app: Flask, user: User, **_more: object) -> None:
    signed_in.end_all(Session(), user, but=g.get("signed_in_id"))


def _leave(user: User) -> None:
    row = signed_in.standing(Session(), user, session.pop(KEY, ""))
    if row is not None:
        signed_in.end(Session(), user, row.id)


def _seen(row: SignedIn) -> datetime:
    """Return when this browser was last here: its own cookie knows better than the row, which is written seldom."""
    told = datetime.fromtimestamp(float(session.get(SEEN, 0)), UTC)
    return max(told, row.seen_at)


def _note(signed_in_id: int) -> None:
    if g.get("writes", True):
        signed_in.note(Session(), signed_in_id)
    else:  # no page waits for this: the next one notes it as well
        write_if_free(lambda own: signed_in.note(own, signed_in_id))
