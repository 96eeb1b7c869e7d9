"""What a host reads of clearances: the result; and the emergency card without who is close."""

from __future__ import annotations

from flask import g, render_template

from webapp import clearance_words, clock
from webapp.db import Session
from webapp.i18n import moment
from webapp.models import Placement
from webapp.services import clearance_sight, emergency, placement_sight
from webapp.services.errors import NotFound
from webapp.services.visibility import sight_of
from webapp.views.host import blueprint


@blueprint.get("/placements/<int:placement_id>/clearances")
def placement_clearances(placement_id: int) -> str:
    """Show what is cleared, and no more."""
    found = _placement(placement_id)
    results = clearance_sight.results_for_host(Session(), g.account, placement_id, clock.today())
    return render_template(
        "host/clearances.html",
        placement=found,
        rows=[(clearance_words.shown(one, clock.today()).title, is_cleared) for one, is_cleared in results],
        is_card_filled=emergency.is_filled(Session(), g.account, found),
    )


@blueprint.get("/placements/<int:placement_id>/card")
def emergency_card(placement_id: int) -> str:
    """Print the card for the host."""
    found = _placement(placement_id)
    return render_template(
        "host/emergency_card.html",
        card=emergency.card_for(Session(), g.account, found),
        name=found.volunteer.full_name,
        printed_at=moment(clock.now()),
        printed_by=g.account.display_name or g.account.email,
    )


def _placement(placement_id: int) -> Placement:
    """Return a placement whose person the host may name and reach."""
    found = placement_sight.placement_for(Session(), g.account, placement_id)
    if not sight_of(Session(), g.account, found.volunteer, found.assignment).contact:
        raise NotFound
    return found
