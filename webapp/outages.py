"""What is away for a while: the database, or the room on the disk. A page says so, and nothing needs a restart."""

from __future__ import annotations

import errno
import logging

from flask import current_app, g, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.wrappers import Response

from webapp.db import Session

FULL = (errno.ENOSPC, errno.EDQUOT)
WAIT = 10  # seconds after which it is worth to try again
log = logging.getLogger(__name__)


def is_outage(error: BaseException | None) -> bool:
    """Whether an error passes by itself once the database, or room on the disk, is back."""
    if isinstance(error, OSError):
        return error.errno in FULL
    is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return is_lost or isinstance(error, OperationalError | InterfaceError | PoolTimeout)


def answer(error: BaseException) -> Response:
    """Return the page for an outage, which asks the database nothing."""
    cause = getattr(error, "orig", None) or error  # without the statement and what was to be written by it
    log.error("the database or the disk is away: %s: %s", type(cause).__name__, cause)
    Session.remove()
    forget_who_asks()  # who that is cannot be read now; whatever looks again on the way would fail again
    heading = _("We cannot work just now")
    page = render_template("error.html", heading=heading, words=_words(), status=503)
    response = Response(page, 503, content_type="text/html; charset=utf-8")
    response.headers["Retry-After"] = str(WAIT)
    return response


def forget_who_asks() -> None:
    """Let the rest of this request go on as for somebody who is not signed in."""
    g.account, g._login_user = None, current_app.extensions["security"].login_manager.anonymous_user()


def _words() -> str:
    if request.method in ("GET", "HEAD"):
        return _("Our database or its disk does not answer. Nothing is lost. Wait a minute, then load this page again.")
    if g.get("is_being_stored"):
        return _(
            "Our database stopped answering while it stored what you sent, so we do not know whether it is there. Wait "
            "a minute, and look before you send it again."
        )
    return _(
        "Our database or its disk does not answer, so what you sent was not saved. Go back, where it still stands, "
        "wait a minute, and send it again."
    )
