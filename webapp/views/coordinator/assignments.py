"""Assignments: the list by state, and the page on which one is reviewed before it is published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import clock, list_pages
from webapp.agreement_words import not_agreed
from webapp.assignment_facts import parts_of
from webapp.assignment_words import COORDINATOR
from webapp.coach_lines import coach_lines
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Assignment
from webapp.models.assignments import ASSIGNMENT_STATES
from webapp.services import (
    agreement_terms,
    answer_rest,
    audit,
    own_rows,
    publish_gate,
    reviews,
    runs,
    shown_matches,
    teams,
    text_hints,
)
from webapp.services.coach import coaching_of
from webapp.services.errors import Refused
from webapp.team_words import composition, shares
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.forms import ApprovalForm, WordsForm
from webapp.views.coordinator.telling import language
from webapp.views.coordinator.versions import version_facts


@blueprint.get("/assignments")
def assignments() -> str:
    """List the VIO's assignments, what waits for review first."""
    state = request.args.get("state", "")
    state = state if state in ASSIGNMENT_STATES else ""
    found = reviews.assignments_of_vio(Session(), g.account, state, list_pages.asked())
    return render_template(
        "coordinator/assignments.html",
        assignments=found.rows,
        state=state,
        states=[one for one in ASSIGNMENT_STATES if one != "draft"],
        counts=reviews.count_by_state(Session(), g.account),
        **list_pages.beside(found),
    )


@blueprint.get("/assignments/<int:assignment_id>")
def assignment(assignment_id: int) -> str:
    """Show an assignment as a reviewer reads it: what stands against it, hints, and all that volunteers will see."""
    return _page(own_rows.vio_assignment(Session(), g.account, assignment_id), ApprovalForm(), WordsForm())


@blueprint.post("/assignments/<int:assignment_id>/approve")
def approve(assignment_id: int) -> Any:
    """Publish it and show its first matches."""
    found = own_rows.vio_assignment(Session(), g.account, assignment_id)
    form = ApprovalForm()
    if not form.validate_on_submit():
        return _page(found, form, WordsForm(formdata=None)), 422
    try:
        why, words = form.waiver_reason.data or "", form.words_along.data or ""
        reviews.approve(Session(), g.account, found, form.displacement.data, clock.today(), why, words)
    except publish_gate.BelowGate as refused:
        form.waiver_reason.errors = [translate(refused.words)]
        return _page(found, form, WordsForm(formdata=None)), 422
    except Refused as refused:
        form.displacement.errors = [translate(refused.words)]
        return _page(found, form, WordsForm(formdata=None)), 422
    if runs.going_for(Session(), found):
        flash(_("Published. The host has a letter; the first matches are being looked for."), "success")
    else:
        flash(_("Published. The host has a letter; these are the first matches."), "success")
    return redirect(url_for("coordinator.matches", assignment_id=assignment_id))


@blueprint.post("/assignments/<int:assignment_id>/changes")
def ask_for_changes(assignment_id: int) -> Any:
    """Send it back to the host with words."""
    return _with_words(assignment_id, reviews.ask_for_changes, _("Sent back to the host with your words."))


@blueprint.post("/assignments/<int:assignment_id>/decline")
def decline_assignment(assignment_id: int) -> Any:
    """Cancel it with words to the host."""
    return _with_words(assignment_id, reviews.decline, _("Declined. Your words are on their way to the host."))


def _with_words(assignment_id: int, act: Callable[..., None], done: str) -> Any:
    found = own_rows.vio_assignment(Session(), g.account, assignment_id)
    form = WordsForm()
    if not form.validate_on_submit():
        return _page(found, ApprovalForm(formdata=None), form), 422
    act(Session(), g.account, found, form.words.data or "")
    flash(done, "success")
    return redirect(url_for("coordinator.assignments"))


def _page(found: Assignment, approval: ApprovalForm, words_form: WordsForm) -> str:
    today, coaching = clock.today(), coaching_of(found)
    below = publish_gate.refusal_of(found, found.vio)
    seats = teams.seats(Session(), found)
    return render_template(
        "coordinator/assignment.html",
        assignment=found,
        host_is_verified=found.host.is_verified(today),
        obstacles=[translate(words) for words in reviews.obstacles(found, today)],
        hints=[(translate(hint.label), hint.field, ", ".join(hint.words)) for hint in text_hints.hints_of(found)],
        parts=parts_of(found, language(), COORDINATOR, today),
        coach_score=coaching.score,
        coach_lines=coach_lines(coaching, found, language()),
        coach_is_unread=coaching.is_unread,
        below_gate=translate(below.words) if below else "",
        approval=approval,
        words_form=words_form,
        is_waiting=found.state == "submitted",
        can_answer_rest=answer_rest.can_answer(Session(), g.account, found),
        counts=shown_matches.count_by_status(Session(), found),
        going=runs.going_for(Session(), found),
        open_terms=not_agreed(agreement_terms.terms_of(found)),
        team=composition(seats),
        shares=shares(seats),
        **version_facts(found),
        history=audit.history_of(Session(), found),
    )
