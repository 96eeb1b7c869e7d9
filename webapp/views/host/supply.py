"""Who could do an assignment, in rounded counts, with a link to where each requirement is changed."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, url_for

from webapp import clock
from webapp.db import Session
from webapp.models import Assignment
from webapp.services import assignments
from webapp.services.own_rows import host_assignment
from webapp.supply_words import SECTIONS, Link, page
from webapp.views.host import blueprint
from webapp.views.host.parts import Part

# Sections that ask for something that rules people out.
COUNTED_PARTS = frozenset(section for section, _field in SECTIONS.values())


@blueprint.get("/assignments/<int:assignment_id>/supply")
def supply_page(assignment_id: int) -> str:
    """Show how many could do it as it is kept now, and what each requirement costs."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    found = page(Session(), assignment, clock.today(), _link(assignment))
    return render_template("host/supply.html", assignment=assignment, **found)


def supply_beside(assignment: Assignment, part: Part) -> dict[str, Any] | None:
    """Return what stands beside a section of the form; None where it asks for nothing that rules people out."""
    return page(Session(), assignment, clock.today(), _link(assignment)) if part.code in COUNTED_PARTS else None


def _link(assignment: Assignment) -> Link | None:
    """Return how a requirement's field is reached, None where it cannot be changed now."""
    if assignment.state not in assignments.EDITABLE_STATES:
        return None
    return lambda section, field: url_for(".edit", assignment_id=assignment.id, code=section, _anchor=field or None)
