"""The coordinator's own shortlist sheet, for the printer."""

from __future__ import annotations

from flask import g, render_template, request

from webapp import clock
from webapp.db import Session
from webapp.i18n import moment
from webapp.services import match_review, own_rows, shortlist_sheet, visibility
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.shown import show
from webapp.views.coordinator.telling import name_of

MOST_BEST = 20


@blueprint.get("/assignments/<int:assignment_id>/sheet")
def sheet(assignment_id: int) -> str:
    """Print applicants and endorsed people, with the best of the list where asked for, and room for notes."""
    assignment = own_rows.vio_assignment(Session(), g.account, assignment_id)
    best = min(max(0, request.args.get("best", 0, type=int)), MOST_BEST)
    found = shortlist_sheet.people(Session(), g.account, assignment, best)
    return render_template(
        "coordinator/sheet.html",
        assignment=assignment,
        people=[show(row, assignment) for row in found.rows],
        others=[
            (
                name_of(
                    visibility.sight_of(Session(), g.account, one.volunteer, assignment), one.volunteer, assignment
                ),
                one,
            )
            for one in found.without_match
        ],
        best=best,
        runs=match_review.seeds(Session(), [row.match for row in found.rows]),
        printed_at=moment(clock.now()),
        printed_by=g.account.display_name or g.account.email,
    )
