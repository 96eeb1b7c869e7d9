"""An open assignment to pass on: a text for a chat in six languages, and its address as a picture."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, render_template, request, url_for
from flask_babel import get_locale

from webapp import clock
from webapp.config import LANGUAGES
from webapp.db import Session
from webapp.i18n import moment
from webapp.models import Assignment
from webapp.qr import path_of, png_of
from webapp.services import published
from webapp.share_words import text_of
from webapp.views.public import blueprint


@blueprint.get("/assignments/<int:assignment_id>/share")
def share(assignment_id: int) -> str:
    """Show the text to copy, and the picture to save or print."""
    assignment, language = _open(assignment_id), _language()
    text = text_of(assignment, language, _address(assignment, language))
    return render_template(
        "public/share.html",
        assignment=assignment,
        text=text,
        text_language=language,
        message=quote(text, safe=""),
        qr=path_of(_address(assignment)),
    )


@blueprint.get("/assignments/<int:assignment_id>/share.png")
def share_picture(assignment_id: int) -> Response:
    """Return the picture as a file that chats take."""
    assignment = _open(assignment_id)
    response = Response(png_of(_address(assignment)), mimetype="image/png")
    response.headers["Content-Disposition"] = f"attachment; filename=assignment-{assignment.id}.png"
    return response


@blueprint.get("/assignments/<int:assignment_id>/share/sheet")
def share_sheet(assignment_id: int) -> str:
    """Print a sheet to hang up: the text, large, and the picture."""
    assignment, language = _open(assignment_id), _language()
    address = _address(assignment)
    lines = text_of(assignment, language, address).splitlines()
    return render_template(
        "public/share_sheet.html",
        assignment=assignment,
        lines=lines[1:-1],
        text_language=language,
        address=address,
        qr=path_of(address),
        printed_at=moment(clock.now()),
    )


def _open(assignment_id: int) -> Assignment:
    return published.one(Session(), assignment_id, clock.today())


def _language() -> str:
    """Return the language of the text: the one asked for, else the reader's own."""
    asked = request.args.get("text", "")
    return asked if asked in LANGUAGES else str(get_locale())


def _address(assignment: Assignment, language: str | None = None) -> str:
    """Return where the assignment is read; with a language where whoever follows it is to read in that one."""
    more = {"lang": language} if language else {}
    return url_for("public.opening", assignment_id=assignment.id, _external=True, **more)
