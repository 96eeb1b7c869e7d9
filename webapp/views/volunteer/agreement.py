"""What both sides would agree, read to a volunteer before applying, and on paper."""

from __future__ import annotations

from flask import g, render_template, url_for

from webapp import clock
from webapp.agreement_pages import as_it_stands
from webapp.agreement_words import NEUTRAL, TO_VOLUNTEER
from webapp.db import Session
from webapp.i18n import moment
from webapp.models import Assignment
from webapp.services import applications, own_rows
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms.fields import language


@blueprint.get("/openings/<int:assignment_id>/agreement")
def agreement(assignment_id: int) -> str:
    """Show what the volunteer and the host would agree."""
    told = as_it_stands(Session(), _found(assignment_id), TO_VOLUNTEER, language())
    return render_template("volunteer/agreement.html", **told)


@blueprint.get("/openings/<int:assignment_id>/agreement/sheet")
def agreement_sheet(assignment_id: int) -> str:
    """Print it with room for both names."""
    told = as_it_stands(Session(), _found(assignment_id), NEUTRAL, language())
    back = url_for(".agreement", assignment_id=assignment_id)
    return render_template("components/agreement_sheet.html", back=back, printed_at=moment(clock.now()), **told)


def _found(assignment_id: int) -> Assignment:
    volunteer = own_rows.volunteer_of(Session(), g.account)
    return applications.assignment_for(Session(), volunteer, assignment_id)
