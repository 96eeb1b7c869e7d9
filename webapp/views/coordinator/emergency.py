"""The emergency card of a placement: filling it in, and printing it."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp import clock
from webapp.db import Session
from webapp.i18n import moment, translate
from webapp.models import Placement
from webapp.services import emergency, placement_sight, sensitive, visibility
from webapp.services.errors import Refused
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.clearance_forms import CardForm
from webapp.views.coordinator.telling import is_blind, name_of
from webapp.words import lazy


@blueprint.route("/placements/<int:placement_id>/card/fill", methods=["GET", "POST"])
def fill_card(placement_id: int) -> Any:
    """Write what the office knows on the card."""
    found = placement_sight.placement_for(Session(), g.account, placement_id)
    form = CardForm(data=emergency.written(Session(), found, emergency.OFFICE))
    if form.validate_on_submit():
        try:
            parts = {name: form[name].data or "" for name in emergency.OFFICE}
            emergency.fill_in(Session(), g.account, found, parts)
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("The card is kept."), "success")
            return redirect(url_for("coordinator.placement_clearances", placement_id=placement_id))
    page = render_template(
        "coordinator/fill_card.html",
        placement=found,
        name=_name(found),
        form=form,
        is_agreed=sensitive.is_agreed(Session(), found.volunteer),
    )
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/placements/<int:placement_id>/card")
def emergency_card(placement_id: int) -> str:
    """Print the card."""
    found = placement_sight.placement_for(Session(), g.account, placement_id)
    if is_blind():
        raise Refused(lazy("Names are hidden now. Show them again to print the card."))
    return render_template(
        "coordinator/emergency_card.html",
        card=emergency.card_for(Session(), g.account, found),
        name=_name(found),
        printed_at=moment(clock.now()),
        printed_by=g.account.display_name or g.account.email,
    )


def _name(found: Placement) -> str:
    sight = visibility.sight_of(Session(), g.account, found.volunteer, found.assignment)
    return name_of(sight, found.volunteer, found.assignment)
