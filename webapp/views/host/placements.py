"""The placements of a host's assignments: who comes when, and what there is to do. The coordinator moves them."""

from __future__ import annotations

from flask import g, render_template

from webapp import list_pages
from webapp.db import Session
from webapp.duty_words import who_does_what
from webapp.services import debriefs, placement_lists
from webapp.services.sights import sights_of
from webapp.services.stay_sides import shared_placement
from webapp.services.visibility import sight_of
from webapp.stay_pages import told
from webapp.views.host import blueprint


@blueprint.get("/placements/")
def placements() -> str:
    """List placements, those that run by their first day, with contact data where they are open to the host."""
    found = placement_lists.placements_seen(Session(), g.account, "", list_pages.asked())
    sights = sights_of(Session(), g.account, found.rows)
    standings = debriefs.standings(Session(), g.account, found.rows)
    return render_template(
        "host/placements.html",
        placements=list(zip(found.rows, sights, standings, strict=True)),
        **list_pages.beside(found),
    )


@blueprint.get("/placements/<int:placement_id>")
def placement(placement_id: int) -> str:
    """Show one placement: dates, how to reach the person, and what there is to do."""
    found = shared_placement(Session(), g.account, placement_id)
    return render_template(
        "host/placement.html",
        placement=found,
        sight=sight_of(Session(), g.account, found.volunteer, found.assignment),
        stay=told(Session(), g.account, found),
        duties=who_does_what(Session(), g.account, found),
        debrief=debriefs.standing(Session(), g.account, found),
    )
