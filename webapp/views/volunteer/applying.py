"""Applying: a note, the VIO's questions, the declaration on conduct."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import clock
from webapp.assignment_words import stay_words
from webapp.db import Session
from webapp.i18n import day, translate
from webapp.models import Assignment, Volunteer
from webapp.services import applications, conditions, own_rows, ranking
from webapp.services.errors import Refused
from webapp.services.openings import Opening
from webapp.services.recruitment import applying, conduct, questions
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.cards import answer, conflict_words, where
from webapp.views.volunteer.fit import fit_of
from webapp.views.volunteer.forms.recruitment import apply_form


def refusal_of(volunteer: Volunteer, found: Assignment) -> str | None:
    """Return why the volunteer cannot apply now, None where nothing stands in the way."""
    try:
        applications.check_can_apply(Session(), volunteer, found, clock.today())
    except Refused as refused:
        return translate(refused.words)
    return None


@blueprint.route("/openings/<int:assignment_id>/apply", methods=["GET", "POST"])
def apply(assignment_id: int) -> Any:
    """Write a note, answer, declare and apply."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    found = applications.open_assignment(Session(), assignment_id)
    form = apply_form(questions.asked_for(Session(), found, request.form.get("set_id", type=int)))
    refusal = refusal_of(volunteer, found)
    if form.validate_on_submit() and refusal is None:
        sent = applying.send(Session(), g.account, volunteer, found, form.said())
        ranking.rank_volunteer(Session(), volunteer)  # an application brings other organizations' work within reach
        flash(
            _("Your application is sent. %(host)s answers by %(day)s.", host=found.host.name, day=day(sent.answer_by)),
            "success",
        )
        return redirect(url_for("volunteer.application", application_id=sent.id))
    page = render_template(
        "volunteer/apply.html",
        form=form,
        declaration=conduct.WORDING,
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
