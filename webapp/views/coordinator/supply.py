"""Who could do an assignment, in the same rounded counts as its host reads them."""

from __future__ import annotations

from flask import g, render_template

from webapp import clock
from webapp.db import Session
from webapp.services.own_rows import vio_assignment
from webapp.supply_words import page
from webapp.views.coordinator import blueprint


@blueprint.get("/assignments/<int:assignment_id>/supply")
def supply_page(assignment_id: int) -> str:
    """Show how many could do it as it is kept now, and what each requirement costs."""
    assignment = vio_assignment(Session(), g.account, assignment_id)
    found = page(Session(), assignment, clock.today())
    return render_template("coordinator/supply.html", assignment=assignment, **found)
