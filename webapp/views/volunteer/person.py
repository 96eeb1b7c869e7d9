"""Steps about the person: names, causes, conditions of life, motivation, sharing."""

from __future__ import annotations

from typing import Any

from flask import g

from webapp import vocabulary
from webapp.db import Session
from webapp.services import own_rows, volunteers
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms import sensitive
from webapp.views.volunteer.forms.person import AboutForm, CausesForm, MotivationForm, SharingForm, conditions_form
from webapp.views.volunteer.steps import saved, show


@blueprint.route("/profile/about", methods=["GET", "POST"])
def about() -> Any:
    """Names, telephone, country of residence."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    form = AboutForm(obj=volunteer).offer()
    if form.validate_on_submit():
        named = volunteers.About(
            full_name=str(form.full_name.data).strip(),
            call_me=(form.call_me.data or "").strip() or None,
            phone=(form.phone.data or "").strip() or None,
            residence=form.residence.data,
        )
        volunteers.save_about(Session(), volunteer, named)
        return saved("about", volunteer)
    return show("about", "plain", volunteer, form)


@blueprint.route("/profile/causes", methods=["GET", "POST"])
def causes() -> Any:
    """Goals that the person cares about."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    form = CausesForm(obj=volunteer).offer()
    if form.validate_on_submit():
        volunteers.save_causes(Session(), volunteer, form.causes.data or [])
        return saved("causes", volunteer)
    return show("causes", "plain", volunteer, form)


@blueprint.route("/profile/conditions", methods=["GET", "POST"])
def conditions() -> Any:
    """Conditions of life, private to the person."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    form = conditions_form(volunteer)
    sensitive.ask(form, volunteer)
    if form.validate_on_submit():
        answers = {name: form[name].data for name in vocabulary.CONDITIONS if form[name].data}
        if sensitive.keep(form, volunteer, lambda: volunteers.save_conditions(Session(), volunteer, answers)):
            return saved("conditions", volunteer)
    return show("conditions", "conditions", volunteer, form)


@blueprint.route("/profile/motivation", methods=["GET", "POST"])
def motivation() -> Any:
    """Why the person wants to serve."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    form = MotivationForm(obj=volunteer)
    if form.validate_on_submit():
        volunteers.save_motivation(Session(), volunteer, (form.motivation.data or "").strip())
        return saved("motivation", volunteer)
    return show("motivation", "plain", volunteer, form)


@blueprint.route("/profile/sharing", methods=["GET", "POST"])
def sharing() -> Any:
    """Whether other organizations may find the person."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    form = SharingForm(obj=volunteer)
    if form.validate_on_submit():
        volunteers.save_sharing(Session(), volunteer, form.open_to_all.data)
        return saved("sharing", volunteer)
    return show("sharing", "plain", volunteer, form)
