"""One assignment with all its facts, how it fits, and applying."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from webapp import clock, vocabulary
from webapp.assignment_facts import parts_of
from webapp.assignment_words import VOLUNTEER, stay_words
from webapp.db import Session
from webapp.i18n import day, translate
from webapp.models import Assignment, Volunteer
from webapp.services import applications, conditions, ranking, visibility
from webapp.services.errors import Refused
from webapp.services.openings import Opening
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.cards import answer, conflict_words, plain_day, where
from webapp.views.volunteer.fit import fit_of
from webapp.views.volunteer.forms.fields import language


class ApplyForm(FlaskForm):
    """A note to the host."""

    note = TextAreaField(
        _l("A note to the host"),
        validators=[Length(max=applications.LONGEST_NOTE)],
        description=_l("Say what draws you to this work, and what you want to ask. It is not part of any score."),
        render_kw={"rows": 7},
    )


@blueprint.get("/openings/<int:assignment_id>")
def assignment(assignment_id: int) -> str:
    """Show an open assignment, or one to which the volunteer has applied."""
    volunteer = visibility.volunteer_of(Session(), g.account)
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
        refusal=_refusal(volunteer, found),
        is_elsewhere=found.vio_id != volunteer.vio_id,
        promised=day(application.answer_by) if application else None,
    )


def _routes(found: Assignment) -> list[str]:
    """Return the routes on which the assignment's country lies."""
    routes = vocabulary.reference().routes_of(found.country) if found.country else []
    return [vocabulary.route_name(route, language()) for route in routes]


def _refusal(volunteer: Volunteer, found: Assignment) -> str | None:
    """Return why the volunteer cannot apply now, None where nothing stands in the way."""
    try:
        applications.check_can_apply(Session(), volunteer, found, clock.today())
    except Refused as refused:
        return translate(refused.words)
    return None


@blueprint.route("/openings/<int:assignment_id>/apply", methods=["GET", "POST"])
def apply(assignment_id: int) -> Any:
    """Write a note and apply."""
    volunteer = visibility.volunteer_of(Session(), g.account)
    found = applications.open_assignment(Session(), assignment_id)
    form, refusal = ApplyForm(), _refusal(volunteer, found)
    if form.validate_on_submit() and refusal is None:
        sent = applications.apply(Session(), g.account, volunteer, found, form.note.data or "")
        ranking.rank_volunteer(Session(), volunteer)  # an application brings other organizations' work within reach
        flash(
            _("Your application is sent. %(host)s answers by %(day)s.", host=found.host.name, day=day(sent.answer_by)),
            "success",
        )
        return redirect(url_for("volunteer.application", application_id=sent.id))
    page = render_template(
        "volunteer/apply.html",
        form=form,
        assignment=found,
        where=where(found),
        dates=stay_words(found),
        answer=answer(found),
        refusal=refusal,
        fit=fit_of(volunteer, found),
        conflicts=conflict_words(Opening(found, None, conditions.conflicts(volunteer, found))),
        is_elsewhere=found.vio_id != volunteer.vio_id,
    )
    return page, 422 if request.method == "POST" else 200
