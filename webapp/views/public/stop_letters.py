"""The page behind the link under a letter: stop this kind or have it again, without signing in."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.models import User
from webapp.security import csrf
from webapp.services import address_choices, letter_choices
from webapp.services.errors import NotFound
from webapp.services.letter_choices import EACH, OFF
from webapp.services.letter_kinds import KINDS
from webapp.stop_links import PATH, behind
from webapp.views.public import blueprint

ONE_CLICK = ("List-Unsubscribe", "One-Click")  # what RFC 8058 has a mail program send


@blueprint.get(f"{PATH}/<token>")
def stop_letters(token: str) -> str:
    """Ask; nothing changes by looking, since programs look at links too."""
    reader, kind = _behind(token)
    if isinstance(reader, str):
        is_off = address_choices.is_off(Session(), reader, kind)
    else:
        is_off = letter_choices.is_off(Session(), reader.id, kind)
    return render_template(
        "public/stop_letters.html",
        token=token,
        words=KINDS[kind].words,
        is_off=is_off,
        reads_here=not isinstance(reader, str),
    )


@csrf.exempt  # a mail program sends it, which has seen no page; whoever knows the link may do no more than this
@blueprint.post(f"{PATH}/<token>")
def stop_at_once(token: str) -> tuple[str, int]:
    """Stop the kind for a mail program in which somebody pressed its own button."""
    reader, kind = _behind(token)
    name, value = ONE_CLICK
    if request.form.get(name) != value:
        abort(400)
    _choose(reader, kind, OFF)
    return "", 200


@blueprint.post(f"{PATH}/<token>/choice")
def choose_letters(token: str) -> Response:
    """Stop the kind, or take that back."""
    reader, kind = _behind(token)
    _choose(reader, kind, EACH if request.form.get("choice") == EACH else OFF)
    return redirect(url_for("public.stop_letters", token=token))


def _choose(reader: User | str, kind: str, choice: str) -> None:
    if isinstance(reader, str):
        address_choices.choose(Session(), reader, kind, is_wanted=choice == EACH)
    else:
        letter_choices.choose(Session(), reader, {kind: choice})


def _behind(token: str) -> tuple[User | str, str]:
    """Return the account, or the mark of an address without one, and the kind; NotFound where nothing lies behind."""
    found = behind(current_app.extensions["config"], token)
    if found is None:
        raise NotFound
    reader, kind = found
    if isinstance(reader, str):
        address_choices.check_may_stop(kind)
        return reader, kind
    return letter_choices.account_behind(Session(), reader, kind), kind
