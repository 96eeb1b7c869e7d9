"""What host and volunteer of a published assignment would agree, without the names of people there."""

from __future__ import annotations

from flask import render_template
from flask_babel import get_locale as current_locale

from webapp import clock
from webapp.agreement_pages import as_it_stands
from webapp.agreement_words import VISITORS
from webapp.db import Session
from webapp.services import published
from webapp.views.public import blueprint


@blueprint.get("/assignments/<int:assignment_id>/agreement")
def agreement(assignment_id: int) -> str:
    """Show it to everybody."""
    assignment = published.one(Session(), assignment_id, clock.today())
    told = as_it_stands(Session(), assignment, VISITORS, str(current_locale()))
    return render_template("public/agreement.html", **told)
