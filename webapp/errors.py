"""What can go wrong, named by the rule that was broken; and the pages that say so."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, render_template
from flask_babel import gettext as _
from markupsafe import escape
from werkzeug.exceptions import HTTPException, InternalServerError

from webapp.i18n import translate
from webapp.models.sealed import Unreadable
from webapp.outages import answer, forget_who_asks, is_outage
from webapp.services.errors import NotFound, Refused

log = logging.getLogger(__name__)


def register_errors(app: Flask) -> None:
    """Answer every error with a page that says what to do."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(OverflowError, _too_large)
    app.register_error_handler(Unreadable, _unreadable)
    app.register_error_handler(500, _broken)


def _page(status: int, heading: str, words: str) -> tuple[str, int]:
    try:
        return render_template("error.html", heading=heading, words=words, status=status), status
    except Exception:  # what broke the page stands around this one too, such as its menu
        log.exception("the page of an error broke as well")
    return f"<!doctype html><title>{escape(heading)}</title><h1>{escape(heading)}</h1><p>{escape(words)}</p>", status


def _http_error(error: HTTPException) -> Any:
    """Say in plain words what the status means; keep headers such as Allow and Retry-After."""
    status = error.code or 500
    if status < 400:
        return error
    not_so = _("That does not work here"), _("Go back and use the buttons on the page.")
    unreadable = _("We could not read that"), _("Go back, check what you sent, and try again.")
    words: dict[int, tuple[str, str]] = {
        400: unreadable,
        422: unreadable,
        403: (_("This page is not yours to see"), _("Sign in with the account that it belongs to.")),
        404: (_("There is nothing here"), _("Check the address, or start again from the first page.")),
        405: not_so,
        413: (_("That is too large"), _("Send a smaller file: at most 16 MB.")),
        415: not_so,
        429: (_("Too many tries"), _("Wait five minutes, then try again.")),
    }
    heading, text = words.get(status, (_("Something went wrong"), _("Go back and try again.")))
    response = error.get_response()
    response.set_data(_page(status, heading, text)[0])
    response.content_type = "text/html; charset=utf-8"
    return response


def _not_found(_error: NotFound) -> Any:
    return _page(404, _("There is nothing here"), _("Check the address, or start again from the first page."))


def _refused(error: Refused) -> Any:
    return _page(409, _("That is not possible now"), translate(error.words))


def _too_large(_error: OverflowError) -> Any:
    """Answer for numbers of hundreds of digits, which neither forms nor databases can compare."""
    return _page(400, _("We could not read that"), _("Go back, check what you sent, and try again."))


def _unreadable(error: Unreadable) -> Any:
    """Say that nothing is wrong with what was asked: the key of the service, or what lies in its database, is."""
    log.error("%s", error)
    forget_who_asks()  # the menu counts what waits for them, and may meet the same words
    words = _("They lie under another key, or were changed. Tell who runs this service; trying again does not help.")
    return _page(500, _("The words on this page cannot be read"), words)


def _broken(error: InternalServerError) -> Any:
    if is_outage(error.original_exception):
        return answer(error.original_exception or error)
    return _page(500, _("Something broke on our side"), _("Nothing of what you sent was saved. Go back and try again."))
