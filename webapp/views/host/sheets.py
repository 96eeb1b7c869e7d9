"""Sheets on A4: an assignment, and a shortlist."""

from __future__ import annotations

from flask import g, render_template

from webapp import clock
from webapp.assignment_facts import parts_of
from webapp.assignment_words import VOLUNTEER
from webapp.db import Session, own_session
from webapp.i18n import moment
from webapp.services import file_looks, shortlists
from webapp.services.own_rows import host_assignment
from webapp.views.host import blueprint
from webapp.views.host.telling import language


@blueprint.get("/assignments/<int:assignment_id>/sheet")
def assignment_sheet(assignment_id: int) -> str:
    """Print an assignment."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    return render_template(
        "host/assignment_sheet.html",
        assignment=assignment,
        parts=parts_of(assignment, language(), VOLUNTEER, clock.today()),
        **printed(),
    )


@blueprint.get("/assignments/<int:assignment_id>/shortlist/sheet")
def shortlist_sheet(assignment_id: int) -> str:
    """Print the shortlist, with room to write beside each person."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    people = shortlists.applicants(Session(), g.account, assignment, clock.today())
    chosen = [one for one in people if one.sight.contact]
    file_looks.note_all(own_session, g.account, [one.volunteer for one in chosen], "contact")
    return render_template("host/shortlist_sheet.html", assignment=assignment, people=chosen, **printed())


def printed() -> dict[str, str]:
    """Return when a sheet is printed, and by whom."""
    who = g.account.display_name or g.account.email
    return {"printed_at": moment(clock.now()), "printed_by": who}
