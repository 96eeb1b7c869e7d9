"""What a host does with an assignment: send it, take it back, close it, call it off."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.i18n import translate
from webapp.services import assignments
from webapp.services.errors import Refused
from webapp.services.own_rows import host_assignment
from webapp.services.training import TrainingNeeded
from webapp.views.host import blueprint
from webapp.views.host.assignments import overview
from webapp.views.host.forms.answers import CancelForm

Answer = str | tuple[str, int] | Response


def _back(assignment_id: int) -> Response:
    return redirect(url_for(".assignment", assignment_id=assignment_id))


@blueprint.post("/assignments/<int:assignment_id>/submit")
def submit(assignment_id: int) -> Answer:
    """Send it to the coordinators, or list everything that is missing, the training where the office wants it first."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    try:
        assignments.submit(Session(), g.account, assignment)
    except (assignments.Incomplete, assignments.NeverPublished, TrainingNeeded):
        return overview(assignment, tried=True), 422
    flash(_("Sent. A coordinator reads it and answers you by letter."), "success")
    return _back(assignment_id)


@blueprint.post("/assignments/<int:assignment_id>/take-back")
def take_back(assignment_id: int) -> Response:
    """Take it back to change it."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    assignments.take_back(Session(), g.account, assignment)
    flash(_("You have it back. Change it, then send it again."), "success")
    return _back(assignment_id)


@blueprint.post("/assignments/<int:assignment_id>/close")
def close(assignment_id: int) -> Response:
    """Take no more applications."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    assignments.close(Session(), g.account, assignment)
    flash(_("Closed: nobody can apply any more. Answer the applicants who still wait."), "success")
    return _back(assignment_id)


@blueprint.route("/assignments/<int:assignment_id>/cancel", methods=["GET", "POST"])
def cancel(assignment_id: int) -> Answer:
    """Ask for words to those who applied, then call it off."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    form = CancelForm()
    if form.validate_on_submit():
        try:
            told = assignments.cancel(Session(), g.account, assignment, form.words.data or "")
        except Refused as error:
            form.words.errors = [translate(error.words)]
        else:
            flash(_("Called off. Letters sent to applicants: %(number)s.", number=told), "success")
            return _back(assignment_id)
    page = render_template("host/cancel.html", assignment=assignment, form=form)
    return (page, 422) if form.errors else page
