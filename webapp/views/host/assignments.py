"""The organization's assignments: list, new, copy, one with its sections, preview."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import clock, list_pages
from webapp.assignment_facts import parts_of
from webapp.assignment_words import VOLUNTEER
from webapp.db import Session
from webapp.models import Assignment
from webapp.services import assignment_lists, hosts, linking, training
from webapp.services import assignments as service
from webapp.services.own_rows import host_assignment
from webapp.services.shortlists import applicants
from webapp.suggestion_words import suggestion_words
from webapp.views.host import blueprint
from webapp.views.host.coaching import panel
from webapp.views.host.forms.answers import NewAssignmentForm
from webapp.views.host.parts import progress
from webapp.views.host.telling import language

Answer = str | tuple[str, int] | Response


@blueprint.get("/assignments")
def assignments() -> str:
    """List the organization's assignments."""
    found = assignment_lists.summaries(Session(), g.account, list_pages.asked())
    return render_template("host/assignments.html", summaries=found.rows, **list_pages.beside(found))


@blueprint.route("/assignments/new", methods=["GET", "POST"])
def new_assignment() -> Answer:
    """Begin an assignment with a title, or go to the templates and to earlier ones."""
    form = NewAssignmentForm()
    if form.validate_on_submit():
        draft = service.create(Session(), g.account, form.title.data or "")
        return redirect(url_for(".edit", assignment_id=draft.id, code="work"))
    page = render_template("host/new.html", form=form, number=assignment_lists.count(Session(), g.account))
    return (page, 422) if form.errors else page


@blueprint.post("/assignments/<int:assignment_id>/copy")
def copy_assignment(assignment_id: int) -> Response:
    """Begin an assignment from a copy."""
    original = host_assignment(Session(), g.account, assignment_id)
    draft = service.copy(Session(), g.account, original)
    flash(_("This is a copy. Dates and the six safety questions are open again."), "success")
    return redirect(url_for(".edit", assignment_id=draft.id, code="work"))


@blueprint.get("/assignments/<int:assignment_id>")
def assignment(assignment_id: int) -> str:
    """Show an assignment with its sections, what is missing, and what can be done with it."""
    return overview(host_assignment(Session(), g.account, assignment_id))


def overview(assignment: Assignment, tried: bool = False) -> str:
    """Return the page of an assignment; `tried` where sending it was refused."""
    today = clock.today()
    people = applicants(Session(), g.account, assignment, today)
    return render_template(
        "host/assignment.html",
        assignment=assignment,
        parts=progress(assignment, today),
        tried=tried,
        people=people,
        standing=hosts.standing(assignment.host, today),
        may_edit=assignment.state in service.EDITABLE_STATES,
        coach=panel(assignment),
        training=training.asked_of(Session(), assignment.host),
    )


@blueprint.get("/assignments/<int:assignment_id>/preview")
def preview(assignment_id: int) -> str:
    """Show the assignment as a volunteer reads it."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    parts = parts_of(assignment, language(), VOLUNTEER, clock.today())
    read = suggestion_words(linking.read_as_asked(assignment), language())
    return render_template("host/preview.html", assignment=assignment, parts=parts, read=read, coach=panel(assignment))
