"""While the host writes: advice and counts for the section as it stands in the browser. Nothing is kept."""

from __future__ import annotations

from flask import g, render_template

from webapp.db import Session
from webapp.services.own_rows import host_assignment
from webapp.services.unsaved import as_written
from webapp.views.host import blueprint
from webapp.views.host.coaching import panel
from webapp.views.host.parts import part_of
from webapp.views.host.sections import form_of
from webapp.views.host.supply import supply_beside


@blueprint.post("/assignments/<int:assignment_id>/edit/<code>/live")
def live(assignment_id: int, code: str) -> str:
    """Return the parts of the page that move, for a form that is not saved; what is wrong in it counts as kept."""
    part = part_of(code)
    assignment = host_assignment(Session(), g.account, assignment_id)
    form = form_of(part, assignment)
    form.validate()
    changes = {name: said for name, said in form.changes().items() if name not in form.errors}
    written = as_written(assignment, changes)
    return render_template(
        "host/live.html", coach=panel(written, part.fields), beside=supply_beside(written, part), assignment=written
    )
