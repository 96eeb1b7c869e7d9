"""Moving many rows of the board at once: what would happen, then what happened, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import ngettext

from webapp.db import Session
from webapp.i18n import translate
from webapp.services import answer_rest, visibility
from webapp.services.board import moves
from webapp.services.board.moves import NEEDS_WORDS, Result, Why
from webapp.services.errors import Refused
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.board import named
from webapp.views.coordinator.placement_forms import MoveForm

# What the preview tries with; the words are asked for on that page.
ANY = Why(answer_rest.REASON, str(answer_rest.WORDS))


@blueprint.post("/board/move")
def move_many() -> Any:
    """Show what the step would do to each ticked row; with `now` do it, and show what it did."""
    action, picks = request.form.get("action", ""), request.form.getlist("pick")
    if action not in moves.ACTIONS:
        abort(404)
    try:
        rows = moves.rows_of(Session(), g.account, picks)
    except Refused as refused:
        flash(translate(refused.words), "error")
        return redirect(url_for("coordinator.board"))
    is_now = "now" in request.form
    form = MoveForm(formdata=request.form if is_now else None)
    if not is_now or (action == NEEDS_WORDS and not form.validate()):
        results = moves.preview(Session(), g.account, action, rows, ANY)
        return _page(action, results, form, is_done=False), 422 if is_now else 200
    why = Why(form.reason_code.data or "", form.words.data or "")
    results = moves.carry_out(Session(), g.account, action, rows, why)
    done = sum(one.refused is None for one in results)
    flash(ngettext("%(num)s row is done.", "%(num)s rows are done.", done), "success" if done else "error")
    return _page(action, results, form, is_done=True)


def _page(action: str, results: Sequence[Result], form: MoveForm, *, is_done: bool) -> str:
    return render_template(
        "coordinator/board_move.html",
        action=action,
        needs_words=action == NEEDS_WORDS,
        results=[(one, _name(one.row), translate(one.refused) if one.refused else "") for one in results],
        picks=[f"{one.row.__tablename__}-{one.row.id}" for one in results if one.refused is None],
        form=form,
        is_done=is_done,
    )


def _name(row: Any) -> str:
    return named(row, visibility.sight_of(Session(), g.account, row.volunteer, row.assignment).name)
