"""The team of an assignment: optional, before it is sent; local places that the host fills itself, also later."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Assignment
from webapp.services import teams
from webapp.services.assignments import EDITABLE_STATES
from webapp.services.errors import Refused
from webapp.services.own_rows import host_assignment
from webapp.team_words import composition, shares
from webapp.views.host import blueprint
from webapp.views.host.forms.team import FilledForm, TeamForm, kept
from webapp.views.host.telling import language

Answer = str | tuple[str, int] | Response


@blueprint.route("/assignments/<int:assignment_id>/team", methods=["GET", "POST"])
def team(assignment_id: int) -> Answer:
    """Show the roles; change them while the assignment is written."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    form = TeamForm(data={"roles": kept(assignment)})
    form.prepare(assignment, language())
    if form.validate_on_submit():
        try:
            teams.save(Session(), g.account, assignment, form.said())
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".team", assignment_id=assignment_id))
    return _page(assignment, form), 422 if form.is_submitted() else 200


@blueprint.post("/assignments/<int:assignment_id>/team/filled")
def fill_by_host(assignment_id: int) -> Answer:
    """Say how many local people were found."""
    assignment, form = host_assignment(Session(), g.account, assignment_id), FilledForm()
    if not form.validate() or not (form.role_id.data or "").isdecimal() or form.number.data is None:
        flash(_("Write a number from 0 to 99."), "error")
        return redirect(url_for(".team", assignment_id=assignment_id))
    teams.fill_by_host(Session(), g.account, assignment, int(form.role_id.data or 0), form.number.data)
    flash(_("Saved. The number is shown with the team; we keep no names."), "success")
    return redirect(url_for(".team", assignment_id=assignment_id))


def _page(assignment: Assignment, form: TeamForm) -> str:
    seats = teams.seats(Session(), assignment)
    return render_template(
        "host/team.html",
        assignment=assignment,
        form=form,
        may_edit=assignment.state in EDITABLE_STATES,
        may_fill=assignment.state in teams.FILLABLE_STATES,
        rows=composition(seats),
        shares=shares(seats),
    )
