"""Before you leave: what has to be cleared, handing it in, the files and who opened them."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import clearance_words, clock, document_answer
from webapp.db import Session
from webapp.forms import say
from webapp.models import Clearance
from webapp.models.clearances import TRAINING_ITEM
from webapp.services import (
    clearance_lists,
    clearance_sight,
    clearances,
    country_notes,
    documents,
    emergency,
    moves,
    placement_sight,
    visa_time,
)
from webapp.services.clearance_board import TO_DO, UNSETTLED
from webapp.services.errors import Refused
from webapp.vault import documents_dir
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms import sensitive
from webapp.views.volunteer.forms.clearances import HandInForm


@blueprint.get("/placements/<int:placement_id>/before-you-leave")
def before_you_leave(placement_id: int) -> str:
    """Show the checklist: the one thing to do next, then all."""
    found = placement_sight.placement_for(Session(), g.account, placement_id)
    today = clock.today()
    rows = clearance_words.all_shown(clearance_lists.clearances_of(Session(), found), today)
    mine = [row for row in rows if row.clearance.owner == "volunteer" and row.clearance.state in TO_DO]
    notes = country_notes.for_placement(Session(), found)
    return render_template(
        "volunteer/before_you_leave.html",
        placement=found,
        rows=rows,
        next_row=_next(mine) if found.is_running else None,
        url_of=url_of,
        done=sum(row.clearance.holds(today) for row in rows),
        notes=[(note, country_notes.is_old(note, today)) for note in notes],
        warning=visa_time.warning(Session(), found, today),
        is_card_filled=emergency.is_filled(Session(), g.account, found),
    )


def url_of(clearance: Clearance) -> str:
    """Return the page where the volunteer sees to an item."""
    if clearance.item == "emergency_contact":
        return url_for("volunteer.emergency_contact", placement_id=clearance.placement_id)
    if clearance.item == TRAINING_ITEM and clearance.state == "open" and not clearance.words:
        return url_for("volunteer.training")
    return url_for("volunteer.clearance", clearance_id=clearance.id)


def _next(mine: list[clearance_words.Shown]) -> clearance_words.Shown | None:
    """Return what has to come first: what is mandatory, by the day on which it is due."""
    return min(mine, key=lambda row: (not row.clearance.is_mandatory, row.clearance.due_on), default=None)


@blueprint.route("/clearances/<int:clearance_id>", methods=["GET", "POST"])
def clearance(clearance_id: int) -> Any:
    """Show one item, and take what is handed in."""
    found = clearance_sight.clearance_for(Session(), g.account, clearance_id)
    form = HandInForm(words=found.handed_in)
    sensitive.ask(form, found.placement.volunteer)
    if not form.validate_on_submit():
        return _page(found, form), 422 if form.is_submitted() else 200
    try:
        is_kept = sensitive.keep(form, found.placement.volunteer, lambda: _take(found, form))
    except Refused as refused:
        say(form.file, refused.words)
        is_kept = False
    if not is_kept:
        return _page(found, form), 422
    flash(
        _("Handed in. %(vio)s checks it and writes to you if something is missing.", vio=found.checked_by.name),
        "success",
    )
    return redirect(url_for("volunteer.before_you_leave", placement_id=found.placement_id))


def _take(found: Clearance, form: HandInForm) -> None:
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        documents.add(Session(), g.account, document_answer.vault(), found, upload.filename, upload.read())
    if found.state in UNSETTLED:
        clearances.hand_in(Session(), g.account, found, form.words.data or "")


def _page(found: Clearance, form: HandInForm) -> str:
    return render_template(
        "volunteer/clearance.html",
        row=clearance_words.shown(found, clock.today()),
        form=form,
        files=documents.documents_of(Session(), g.account, found),
        looks=documents.looks_at(Session(), found),
        can_hand_in=found.placement.is_running and found.state != "waived",
        can_take_back=found.state not in ("cleared", "waived"),
        is_decided=not moves.can_move(found, "submitted") and found.state != "submitted",
    )


@blueprint.get("/documents/<int:document_id>")
def document(document_id: int) -> Response:
    """Give back a file."""
    return document_answer.answer(g.account, documents.document_for(Session(), g.account, document_id))


@blueprint.post("/documents/<int:document_id>/take-back")
def take_back_document(document_id: int) -> Any:
    """Remove a file that was not checked yet."""
    found = documents.document_for(Session(), g.account, document_id)
    documents.take_back(Session(), g.account, documents_dir(current_app.extensions["config"]), found)
    flash(_("The file is gone."), "success")
    return redirect(url_for("volunteer.clearance", clearance_id=found.clearance_id))
