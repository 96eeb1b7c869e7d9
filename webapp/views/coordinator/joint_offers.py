"""Offering places to people who go together: one action, all or none."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.db import Session
from webapp.i18n import day, translate
from webapp.models import Application
from webapp.services import companions, joint_offers, own_rows, places, teams
from webapp.services.errors import Refused
from webapp.services.offers import Terms
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.offers import name_of_applicant, suggested
from webapp.views.coordinator.placement_forms import JointOfferForm, joint_offer_form, seat_of


@blueprint.route("/applications/<int:application_id>/offer-together", methods=["GET", "POST"])
def make_joint_offer(application_id: int) -> Any:
    """Offer places to all of them."""
    application = own_rows.vio_application(Session(), g.account, application_id)
    others = companions.companions(Session(), application)
    if not others:
        return redirect(url_for("coordinator.make_offer", application_id=application_id))
    here = [application, *(one.application for one in others if one.application)]
    names = {one.id: name_of_applicant(one) for one in here}
    rooms, team = places.room(Session(), application.assignment), teams.seats(Session(), application.assignment)
    form = joint_offer_form(names, rooms, team, **suggested(application))
    missing = len(others) + 1 - len(here)
    if missing or not form.validate_on_submit():
        return _page(application, form, names, missing), 422 if form.is_submitted() else 200
    seats = {number: seat_of(field.data) for number, field in form.kinds().items()}
    terms = Terms(form.starts_on.data, form.ends_on.data, form.words.data or "")
    try:
        made = joint_offers.make_together(Session(), g.account, application, seats, terms)
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _page(application, form, names, missing), 422
    flash(_("The offers are made. All of them answer by %(day)s.", day=day(made[0].answer_by)), "success")
    return redirect(url_for("coordinator.application", application_id=application_id))


def _page(application: Application, form: JointOfferForm, names: dict[int, str], missing: int) -> str:
    return render_template(
        "coordinator/joint_offer.html",
        application=application,
        assignment=application.assignment,
        names=names,
        missing=missing,
        form=form,
    )
