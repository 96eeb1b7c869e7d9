"""The volunteer's answer to an offer, and the placement that comes of it."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.duty_words import who_does_what
from webapp.i18n import translate
from webapp.models import Placement
from webapp.models.placements import SERVED_STATES
from webapp.services import companions, debriefs, moves, offer_yes, offers, placement_lists, placement_sight
from webapp.services import placements as service
from webapp.services.errors import Refused
from webapp.services.paging import Start
from webapp.services.placement_reasons import ALL
from webapp.stay_pages import told
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.applications import application_page
from webapp.views.volunteer.cards import where
from webapp.views.volunteer.forms.offers import DeclineOfferForm, StepBackForm
from webapp.views.volunteer.happened import events_of


@blueprint.post("/offers/<int:offer_id>/accept")
def accept_offer(offer_id: int) -> Response:
    """Say yes."""
    offer = placement_sight.offer_for(Session(), g.account, offer_id)
    made = offer_yes.say_yes(Session(), g.account, offer)
    if made is None:
        flash(_("You said yes. It holds when the others have too; we tell you."), "success")
        return redirect(url_for("volunteer.application", application_id=offer.application_id))
    flash(_("You accepted. Your place is yours; now it is prepared."), "success")
    return redirect(url_for("volunteer.placement", placement_id=made.id))


@blueprint.post("/offers/<int:offer_id>/decline")
def decline_offer(offer_id: int) -> Any:
    """Say no."""
    offer, form = placement_sight.offer_for(Session(), g.account, offer_id), DeclineOfferForm()
    if not form.validate():
        return application_page(offer.application, form), 422
    offers.decline(Session(), g.account, offer, form.reason_code.data, form.words.data)
    flash(_("You declined. It does not count against you."), "success")
    return redirect(url_for("volunteer.application", application_id=offer.application_id))


@blueprint.get("/placements/")
def placements() -> Any:
    """Show the placement where there is one, else all of them, those that run first."""
    found = placement_lists.placements_seen(Session(), g.account, "", Start()).rows
    if len(found) == 1:
        return redirect(url_for("volunteer.placement", placement_id=found[0].id))
    return render_template("volunteer/placements.html", placements=found)


@blueprint.get("/placements/<int:placement_id>")
def placement(placement_id: int) -> str:
    """Show one placement: dates, people, what happened and what comes next."""
    return _page(placement_sight.placement_for(Session(), g.account, placement_id), StepBackForm(formdata=None))


@blueprint.post("/placements/<int:placement_id>/withdraw")
def step_back(placement_id: int) -> Any:
    """Step back before it begins."""
    found, form = placement_sight.placement_for(Session(), g.account, placement_id), StepBackForm()
    if not form.validate():
        return _page(found, form), 422
    try:
        service.withdraw(Session(), g.account, found, form.words.data or "")
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _page(found, form), 422
    flash(_("You stepped back. It does not count against you."), "success")
    return redirect(url_for("volunteer.placement", placement_id=placement_id))


def _page(found: Placement, form: StepBackForm) -> str:
    return render_template(
        "volunteer/placement.html",
        placement=found,
        host=found.assignment.host,
        where=where(found.assignment),
        events=events_of(placement_lists.application_of(Session(), found)),
        can_withdraw=moves.can_move(found, "cancelled"),
        reason=translate(ALL[found.reason_code]) if found.reason_code in ALL else "",
        form=form,
        stay=told(Session(), g.account, found),
        with_whom=[one.volunteer.full_name for one in companions.placed_with(Session(), found) if one.is_running],
        duties=who_does_what(Session(), g.account, found),
        has_certificate=found.state in SERVED_STATES,
        debrief=debriefs.standing(Session(), g.account, found),
    )
