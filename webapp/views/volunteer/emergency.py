"""Whom to call if something happens, and the card to print."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp import clock
from webapp.db import Session
from webapp.i18n import moment
from webapp.models import Placement
from webapp.services import emergency, placement_sight
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms import sensitive
from webapp.views.volunteer.forms.clearances import CloseForm


@blueprint.route("/placements/<int:placement_id>/emergency-contact", methods=["GET", "POST"])
def emergency_contact(placement_id: int) -> Any:
    """Name somebody close."""
    found = placement_sight.placement_for(Session(), g.account, placement_id)
    form = CloseForm(data=emergency.written(Session(), found, emergency.CLOSE))
    sensitive.ask(form, found.volunteer)
    if not form.validate_on_submit() or not sensitive.keep(form, found.volunteer, lambda: _name(found, form)):
        page = render_template("volunteer/emergency_contact.html", placement=found, form=form)
        return page, 422 if form.is_submitted() else 200
    flash(_("Kept. You and the offices of your placement see it, and nobody else."), "success")
    return redirect(url_for("volunteer.before_you_leave", placement_id=placement_id))


def _name(found: Placement, form: CloseForm) -> None:
    emergency.name_close(Session(), g.account, found, {name: form[name].data or "" for name in emergency.CLOSE})


@blueprint.get("/placements/<int:placement_id>/card")
def emergency_card(placement_id: int) -> str:
    """Print the card."""
    found = placement_sight.placement_for(Session(), g.account, placement_id)
    return render_template(
        "volunteer/emergency_card.html",
        card=emergency.card_for(Session(), g.account, found),
        name=found.volunteer.full_name,
        printed_at=moment(clock.now()),
    )
