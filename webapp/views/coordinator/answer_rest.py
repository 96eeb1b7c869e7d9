"""Answering everybody who is left when an assignment is filled or closed."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import ngettext

from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Assignment
from webapp.services import answer_rest as service
from webapp.services import own_rows, visibility
from webapp.services.errors import Refused
from webapp.services.shortlists import REASONS
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.placement_forms import AnswerRestForm
from webapp.views.coordinator.telling import name_of


@blueprint.route("/assignments/<int:assignment_id>/answer-rest", methods=["GET", "POST"])
def answer_rest(assignment_id: int) -> Any:
    """Show who waits and the letter that they get; send it."""
    assignment = own_rows.vio_assignment(Session(), g.account, assignment_id)
    form = AnswerRestForm(words=str(service.WORDS))
    if not form.validate_on_submit():
        return _page(assignment, form), 422 if form.is_submitted() else 200
    try:
        done = service.answer_rest(Session(), g.account, assignment, form.words.data)
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _page(assignment, form), 422
    flash(ngettext("%(num)s person has an answer.", "%(num)s people have an answer.", done), "success")
    return redirect(url_for("coordinator.assignment", assignment_id=assignment_id))


def _page(assignment: Assignment, form: AnswerRestForm) -> str:
    waiting = service.left(Session(), g.account, assignment)
    sights = [(one, visibility.sight_of(Session(), g.account, one.volunteer, assignment)) for one in waiting]
    return render_template(
        "coordinator/answer_rest.html",
        assignment=assignment,
        is_over=assignment.state in service.OVER,
        waiting=[(one, name_of(sight, one.volunteer, assignment)) for one, sight in sights],
        reason=translate(REASONS[service.REASON]),
        form=form,
    )
