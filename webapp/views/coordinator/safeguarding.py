"""Focal points and supporters of the VIO: who they are, inviting one, and naming supporters. No report is seen here."""

from __future__ import annotations

from typing import Any

from flask import g, render_template
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.models.accounts import FOCAL_POINT, SUPPORTER
from webapp.safety_forms import SafetyInviteForm
from webapp.services import invitations
from webapp.services.safeguarding import people, supporters
from webapp.views.coordinator import blueprint
from webapp.views.safety_people import invited, named


@blueprint.route("/safeguarding", methods=["GET", "POST"])
def safeguarding() -> Any:
    """Show who reads reports, who stands beside whom, and invite one."""
    session, form = Session(), SafetyInviteForm([FOCAL_POINT, SUPPORTER])
    if done := invited(form, "coordinator.safeguarding"):
        return done
    page = render_template(
        "coordinator/safeguarding.html",
        form=form,
        focal_points=people.focal_points(session, g.account.vio_id),
        supporters=people.supporters(session, g.account.vio_id),
        supported=supporters.placements_of(session, g.account),
        waiting=[one for one in invitations.waiting(session, g.account) if one.role in (FOCAL_POINT, SUPPORTER)],
        fewest=people.FEWEST,
    )
    return (page, 422) if form.is_submitted() else page


@blueprint.post("/safeguarding/<int:placement_id>/supporter")
def name_supporter(placement_id: int) -> Response:
    """Name a supporter for a placement."""
    return named(placement_id, "coordinator.safeguarding")
