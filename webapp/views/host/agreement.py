"""What the organization and the volunteer agree: as the assignment says it now, each kept version, and on paper."""

from __future__ import annotations

from flask import g, render_template, url_for

from webapp.agreement_pages import as_it_stands, as_it_was
from webapp.agreement_words import NEUTRAL, TO_HOST
from webapp.db import Session
from webapp.models import Assignment
from webapp.services.assignments import EDITABLE_STATES
from webapp.services.own_rows import host_assignment
from webapp.views.host import blueprint
from webapp.views.host.parts import part_with
from webapp.views.host.sheets import printed
from webapp.views.host.telling import language

# The field in which a term is said, where it has another name.
FIELDS = {
    "results": "expected_results",
    "first_day": "start_on",
    "last_day": "end_on",
    "stay": "weeks",
    "online_hours": "online_from",
    "supervision": "supervision_hours",
    "payment": "money",
    "no_other_fees": "has_fees_not_listed",
    "hospital": "hospital_hours",
    "children": "contact_children",
    "adults": "contact_adults",
}


@blueprint.get("/assignments/<int:assignment_id>/agreement")
def agreement(assignment_id: int) -> str:
    """Show what both sides agree, read to the host; before it is sent, as a preview with what is missing."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    told = as_it_stands(Session(), assignment, TO_HOST, language())
    links = {code: _link(assignment, code) for code, _name in told["open_terms"]}
    return render_template("host/agreement.html", links=links, **told)


@blueprint.get("/assignments/<int:assignment_id>/agreement/<int:agreement_number>")
def agreement_version(assignment_id: int, agreement_number: int) -> str:
    """Show a version that was kept, and what it changed."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    told = as_it_was(Session(), assignment, agreement_number, TO_HOST, language())
    return render_template("host/agreement_version.html", **told)


@blueprint.get("/assignments/<int:assignment_id>/agreement/sheet")
def agreement_sheet(assignment_id: int) -> str:
    """Print it with room for both names."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    told = as_it_stands(Session(), assignment, NEUTRAL, language())
    back = url_for(".agreement", assignment_id=assignment.id)
    return render_template("components/agreement_sheet.html", back=back, **told, **printed())


def _link(assignment: Assignment, code: str) -> str | None:
    """Return where a term is said; None where it cannot be changed as the assignment stands."""
    if code == "safety_person":
        return url_for(".verification")
    if assignment.state not in EDITABLE_STATES:
        return None
    field = FIELDS.get(code, code)
    return url_for(".edit", assignment_id=assignment.id, code=part_with(field).code, _anchor=field)
