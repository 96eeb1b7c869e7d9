"""One assignment with all its facts, and how it fits."""

from __future__ import annotations

from flask import g, render_template

from webapp import clock, vocabulary
from webapp.answer_words import usual_answer
from webapp.assignment_facts import parts_of
from webapp.assignment_words import VOLUNTEER, stay_words
from webapp.db import Session
from webapp.i18n import day
from webapp.models import Assignment
from webapp.services import answer_times, applications, conditions, own_rows
from webapp.services.openings import Opening
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.applying import refusal_of
from webapp.views.volunteer.cards import answer, conflict_words, plain_day, where
from webapp.views.volunteer.fit import fit_of
from webapp.views.volunteer.forms.fields import language


@blueprint.get("/openings/<int:assignment_id>")
def assignment(assignment_id: int) -> str:
    """Show an open assignment, or one to which the volunteer has applied."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    found = applications.assignment_for(Session(), volunteer, assignment_id)
    application = applications.of_pair(Session(), volunteer, found)
    opening = Opening(found, None, conditions.conflicts(volunteer, found))
    return render_template(
        "volunteer/assignment.html",
        assignment=found,
        application=application,
        fit=fit_of(volunteer, found),
        conflicts=conflict_words(opening),
        where=where(found),
        dates=stay_words(found),
        day=plain_day(found),
        parts=parts_of(found, language(), VOLUNTEER, clock.today()),
        routes=_routes(found) if volunteer.vio.route_wording else [],
        answer=answer(found),
        usual=usual_answer(found.host.name, answer_times.usual_days(Session(), found.host)),
        refusal=refusal_of(volunteer, found),
        is_elsewhere=found.vio_id != volunteer.vio_id,
        promised=day(application.answer_by) if application else None,
    )


def _routes(found: Assignment) -> list[str]:
    """Return the routes on which the assignment's country lies."""
    routes = vocabulary.reference().routes_of(found.country) if found.country else []
    return [vocabulary.route_name(route, language()) for route in routes]
