"""The expectation agreement as a coordinator reads it: what is not agreed yet, versions, what changed, the sheet."""

from __future__ import annotations

from flask import g, render_template, url_for

from webapp import clock
from webapp.agreement_pages import as_it_stands, as_it_was
from webapp.agreement_words import NEUTRAL
from webapp.db import Session
from webapp.i18n import moment
from webapp.services.own_rows import vio_assignment
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.telling import language


@blueprint.get("/assignments/<int:assignment_id>/agreement")
def agreement(assignment_id: int) -> str:
    """Show the agreement as it follows from the assignment now."""
    assignment = vio_assignment(Session(), g.account, assignment_id)
    return render_template("coordinator/agreement.html", **as_it_stands(Session(), assignment, NEUTRAL, language()))


@blueprint.get("/assignments/<int:assignment_id>/agreement/<int:agreement_number>")
def agreement_version(assignment_id: int, agreement_number: int) -> str:
    """Show a version that was kept, and what it changed."""
    assignment = vio_assignment(Session(), g.account, assignment_id)
    told = as_it_was(Session(), assignment, agreement_number, NEUTRAL, language())
    return render_template("coordinator/agreement_version.html", **told)


@blueprint.get("/assignments/<int:assignment_id>/agreement/sheet")
def agreement_sheet(assignment_id: int) -> str:
    """Print it with room for both names."""
    assignment = vio_assignment(Session(), g.account, assignment_id)
    told = as_it_stands(Session(), assignment, NEUTRAL, language())
    who = g.account.display_name or g.account.email
    back = url_for(".agreement", assignment_id=assignment_id)
    return render_template(
        "components/agreement_sheet.html", back=back, printed_at=moment(clock.now()), printed_by=who, **told
    )
