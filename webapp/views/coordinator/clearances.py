"""Clearances in the hands of coordinators: the board, the list of one placement, one item and what is decided on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from webapp import clearance_words, clock, document_answer, list_pages
from webapp.db import Session
from webapp.models import Clearance
from webapp.services import (
    clearance_board,
    clearance_items,
    clearance_lists,
    clearance_sight,
    clearance_waivers,
    clearances,
    country_notes,
    documents,
    emergency,
    moves,
    placement_sight,
    sensitive,
    visa_time,
    visibility,
)
from webapp.services.clearance_board import VIEWS
from webapp.services.errors import Refused
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.acting import refusal
from webapp.views.coordinator.clearance_forms import AgainForm, ClearForm, FileForm, RefuseForm, WaiverForm
from webapp.views.coordinator.telling import is_blind, name_of
from webapp.words import lazy

FORMS: dict[str, type[FlaskForm]] = {
    "clear": ClearForm,
    "again": AgainForm,
    "refuse": RefuseForm,
    "waiver": WaiverForm,
    "file": FileForm,
}


@blueprint.get("/clearances")
def clearance_list() -> str:
    """List what is not settled, by the day on which it is due."""
    view = request.args.get("state", "")
    view = view if view in VIEWS else ""
    found = clearance_board.board(Session(), g.account, view, list_pages.asked(), clock.today())
    return render_template(
        "coordinator/clearances.html",
        rows=[(row, _name(row.clearance)) for row in clearance_words.all_shown(found.rows, clock.today())],
        counts=clearance_board.counts(Session(), g.account, clock.today()),
        views=VIEWS,
        view=view,
        **list_pages.beside(found),
    )


@blueprint.get("/placements/<int:placement_id>/clearances")
def placement_clearances(placement_id: int) -> str:
    """Show the checklist of a placement, with what is known of the country."""
    found = placement_sight.placement_for(Session(), g.account, placement_id)
    rows = clearance_words.all_shown(clearance_lists.clearances_of(Session(), found), clock.today())
    notes = country_notes.for_placement(Session(), found)
    return render_template(
        "coordinator/placement_clearances.html",
        placement=found,
        name=_name_of(found),
        rows=rows,
        missing=len(clearance_lists.missing(Session(), found)) if found.state == "preparing" else 0,
        notes=[(note, country_notes.is_old(note, clock.today())) for note in notes],
        warning=visa_time.warning(Session(), found, clock.today()),
        is_card_filled=emergency.is_filled(Session(), g.account, found),
        is_agreed=not found.is_running or sensitive.is_agreed(Session(), found.volunteer),
    )


@blueprint.post("/placements/<int:placement_id>/clearances/complete")
def complete_clearances(placement_id: int) -> Any:
    """Put on the list what came to be needed since it was made."""
    found = placement_sight.placement_for(Session(), g.account, placement_id)
    clearance_lists.complete(Session(), g.account, found)
    flash(_("The list is up to date."), "success")
    return redirect(url_for("coordinator.placement_clearances", placement_id=placement_id))


@blueprint.get("/clearances/<int:clearance_id>")
def clearance(clearance_id: int) -> str:
    """Show one item and what can be decided."""
    return _page(clearance_sight.clearance_for(Session(), g.account, clearance_id), {})


@blueprint.post("/clearances/<int:clearance_id>/clear")
def clear_clearance(clearance_id: int) -> Any:
    """Say that it is in order."""
    return _act(
        clearance_id, "clear", lambda found, form: clearances.clear(Session(), g.account, found, form.expires_on.data)
    )


@blueprint.post("/clearances/<int:clearance_id>/refuse")
def refuse_clearance(clearance_id: int) -> Any:
    """Say that it cannot be cleared."""
    return _act(
        clearance_id,
        "refuse",
        lambda found, form: clearances.refuse(Session(), g.account, found, form.words.data or ""),
    )


@blueprint.post("/clearances/<int:clearance_id>/again")
def ask_clearance_again(clearance_id: int) -> Any:
    """Ask the volunteer once more."""
    return _act(
        clearance_id,
        "again",
        lambda found, form: clearances.ask_again(Session(), g.account, found, form.wanted.data or ""),
    )


@blueprint.post("/clearances/<int:clearance_id>/waiver")
def ask_waiver(clearance_id: int) -> Any:
    """Ask that somebody may go without it."""
    return _act(
        clearance_id,
        "waiver",
        lambda found, form: clearance_waivers.ask(Session(), g.account, found, form.reason.data or ""),
    )


@blueprint.post("/clearances/<int:clearance_id>/waiver/agree")
def agree_waiver(clearance_id: int) -> Any:
    """Agree, as the second person."""
    return _act(clearance_id, "agree", lambda found, _form: clearance_waivers.agree(Session(), g.account, found))


@blueprint.post("/clearances/<int:clearance_id>/waiver/drop")
def drop_waiver(clearance_id: int) -> Any:
    """Say no to it, or take it back."""
    return _act(clearance_id, "drop", lambda found, _form: clearance_waivers.drop(Session(), g.account, found))


@blueprint.post("/clearances/<int:clearance_id>/file")
def add_document(clearance_id: int) -> Any:
    """Add a file of the office's own, such as a policy."""

    def add(found: Clearance, _form: Any) -> None:
        upload = request.files.get("file")
        if upload is None or not upload.filename:
            raise Refused(lazy("Choose a file."))
        documents.add(Session(), g.account, document_answer.vault(), found, upload.filename, upload.read())

    return _act(clearance_id, "file", add)


@blueprint.get("/documents/<int:document_id>")
def document(document_id: int) -> Response:
    """Give a file to the office that checks it."""
    found = documents.document_for(Session(), g.account, document_id)
    if is_blind():
        raise Refused(lazy("Names are hidden now. Show them again to open files."))
    return document_answer.answer(g.account, found)


def _act(clearance_id: int, verb: str, act: Callable[[Clearance, Any], None]) -> Any:
    """Do what was asked and come back to the page; what is wrong stands in the form that was sent."""
    found = clearance_sight.clearance_for(Session(), g.account, clearance_id)
    if closed := refusal(found, verb, FORMS.get(verb, FlaskForm)(), act, _page):
        return closed
    flash(_("Kept."), "success")
    return redirect(url_for("coordinator.clearance", clearance_id=clearance_id))


def _page(found: Clearance, sent: dict[str, Any]) -> str:
    checks = clearance_sight.checks(g.account, found) and found.placement.is_running
    may_waive = clearance_waivers.may_waive(g.account, found) and found.placement.is_running
    return render_template(
        "coordinator/clearance.html",
        row=clearance_words.shown(found, clock.today()),
        placement=found.placement,
        name=_name(found),
        checks=checks,
        is_agreed=not checks or sensitive.is_agreed(Session(), found.placement.volunteer),
        can={state for state in moves.MOVES[Clearance] if moves.can_move(found, state)},
        can_waive=may_waive and clearance_items.can_be_waived(found) and moves.can_move(found, "waived"),
        is_waivable=clearance_items.can_be_waived(found),
        asked_by_me=found.waiver_by_id == g.account.id,
        files=documents.documents_of(Session(), g.account, found),
        sees_files=clearance_sight.opens_documents(g.account, found),
        looks=documents.looks_at(Session(), found) if clearance_sight.opens_documents(g.account, found) else [],
        forms_of={verb: sent.get(verb) or form(formdata=None) for verb, form in FORMS.items()},
        sent=sent,
    )


def _name(found: Clearance) -> str:
    return _name_of(found.placement)


def _name_of(stay: Any) -> str:
    sight = visibility.sight_of(Session(), g.account, stay.volunteer, stay.assignment)
    return name_of(sight, stay.volunteer, stay.assignment)
