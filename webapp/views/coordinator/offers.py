"""Making an offer to an applicant, and taking one back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp import clock
from webapp.db import Session
from webapp.i18n import day, translate
from webapp.models import Application
from webapp.services import companions, country_notes, offers, own_rows, placement_sight, places, teams, visibility
from webapp.services.errors import Refused
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.placement_forms import OfferForm, WithdrawOfferForm, seat_of
from webapp.views.coordinator.telling import name_of


@blueprint.route("/applications/<int:application_id>/offer", methods=["GET", "POST"])
def make_offer(application_id: int) -> Any:
    """Offer a place."""
    application = own_rows.vio_application(Session(), g.account, application_id)
    if companions.companions(Session(), application):
        return redirect(url_for("coordinator.make_joint_offer", application_id=application_id))
    form = OfferForm(**suggested(application))
    form.prepare(places.room(Session(), application.assignment), teams.seats(Session(), application.assignment))
    if not form.validate_on_submit():
        return _offer_page(application, form), 422 if form.is_submitted() else 200
    seat = seat_of(form.kind.data)
    try:
        made = offers.make_offer(
            Session(),
            g.account,
            application,
            seat.kind,
            form.starts_on.data,
            form.ends_on.data,
            form.words.data,
            role_id=seat.role_id,
        )
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _offer_page(application, form), 422
    flash(_("The offer is made. The volunteer answers by %(day)s.", day=day(made.answer_by)), "success")
    return redirect(url_for("coordinator.application", application_id=application_id))


def _offer_page(application: Application, form: OfferForm) -> str:
    notes, today = country_notes.for_application(Session(), application), clock.today()
    starts_on = form.starts_on.data or application.assignment.start_on
    return render_template(
        "coordinator/offer.html",
        application=application,
        assignment=application.assignment,
        name=name_of_applicant(application),
        form=form,
        notes=[(note, country_notes.is_old(note, today)) for note in notes],
        visa=country_notes.visa_warning(notes, starts_on, today) if starts_on else None,
        rooms=places.room(Session(), application.assignment),
    )


def suggested(application: Application) -> dict[str, Any]:
    """Return the dates to begin with: the assignment's first day and its shortest stay that works."""
    assignment = application.assignment
    if assignment.start_on is None or assignment.start_on < clock.today():
        return {}
    last = assignment.start_on + timedelta(weeks=assignment.weeks or 12, days=-1)
    return {"starts_on": assignment.start_on, "ends_on": min(last, assignment.end_on or last)}


@blueprint.route("/offers/<int:offer_id>/withdraw", methods=["GET", "POST"])
def withdraw_offer(offer_id: int) -> Any:
    """Take an offer back, with a reason and words."""
    offer = placement_sight.offer_for(Session(), g.account, offer_id)
    form, status = WithdrawOfferForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                offers.withdraw_offer(Session(), g.account, offer, form.reason_code.data, form.words.data)
            except Refused as refused:
                form.form_errors.append(translate(refused.words))
            else:
                flash(_("The offer is taken back, and the volunteer has your words as a letter."), "success")
                return redirect(url_for("coordinator.application", application_id=offer.application_id))
    page = render_template(
        "coordinator/withdraw_offer.html", offer=offer, name=name_of_applicant(offer.application), form=form
    )
    return page, status


def name_of_applicant(application: Application) -> str:
    """Return the name of an applicant, or a code where it may not be shown."""
    volunteer, assignment = application.volunteer, application.assignment
    return name_of(visibility.sight_of(Session(), g.account, volunteer, assignment), volunteer, assignment)
