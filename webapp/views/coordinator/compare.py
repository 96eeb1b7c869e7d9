"""Up to three people side by side."""

from __future__ import annotations

from flask import g, render_template, request
from flask_babel import gettext as _

from webapp.db import Session
from webapp.i18n import day
from webapp.models import Volunteer
from webapp.services import match_review, own_rows
from webapp.services.match_review import MOST_COMPARED
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.shown import Shown, show
from webapp.views.coordinator.telling import language, tell


@blueprint.get("/assignments/<int:assignment_id>/compare")
def compare(assignment_id: int) -> str:
    """Show the chosen matches of an assignment side by side; without names in blind mode."""
    assignment = own_rows.vio_assignment(Session(), g.account, assignment_id)
    chosen = match_review.chosen(Session(), g.account, assignment, request.args.getlist("match", type=int))
    rows = match_review.rows_of(Session(), g.account, assignment, chosen[:MOST_COMPARED])
    people = [show(row, assignment) for row in rows]
    return render_template(
        "coordinator/compare.html", assignment=assignment, people=people, rows=_facts(people), language=language()
    )


def _facts(people: list[Shown]) -> list[tuple[str, list[str]]]:
    """Return the lines of the table: a label and one value for each person, blank where it is not known."""
    kinds = (("met", _("Why it fits")), ("missing", _("Missing")), ("unknown", _("Not known")))
    table = [
        (label, [_lines([line.text for line in one.reasons if line.kind == kind]) for one in people])
        for kind, label in kinds
    ]
    if any(one.missing for one in people):
        table.append((_("Would have to change"), [_lines(one.missing) for one in people]))
    table.append((_("To check in an interview"), [_lines(one.to_check) for one in people]))
    table.append((_("Dates confirmed on"), [day(one.row.volunteer.availability_confirmed_on) for one in people]))
    table.append((_("Applications elsewhere"), [str(one.row.facts.elsewhere) for one in people]))
    table.append((_("Languages"), [_languages(one) for one in people]))
    return table


def _lines(texts: list[str]) -> str:
    """Return several sentences as a list in one cell."""
    return "\n".join(f"• {text}" for text in texts) or "–"


def _languages(one: Shown) -> str:
    return ", ".join(_spoken(one.row.volunteer)) if one.row.sight.profile else _("not shown")


def _spoken(volunteer: Volunteer) -> list[str]:
    words = tell()
    return [f"{words.language(held.language)} {held.level}" for held in volunteer.languages]
