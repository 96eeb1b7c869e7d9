"""Supporters: invited by a focal point, and named for placements."""

from __future__ import annotations

from typing import Any

from flask import g, render_template
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.models.accounts import SUPPORTER
from webapp.safety_forms import SafetyInviteForm
from webapp.services import invitations
from webapp.services.safeguarding import people as of_vio
from webapp.services.safeguarding import supporters
from webapp.views.focal_point import blueprint
from webapp.views.safety_people import invited, named


@blueprint.route("/people", methods=["GET", "POST"])
def people() -> Any:
    """Show supporters and for whom they stand, and invite one."""
    session, form = Session(), SafetyInviteForm([SUPPORTER])
    if done := invited(form, "focal_point.people"):
        return done
    page = render_template(
        "focal_point/people.html",
        form=form,
        focal_points=of_vio.focal_points(session, g.account.vio_id),
        supporters=of_vio.supporters(session, g.account.vio_id),
        supported=supporters.placements_of(session, g.account),
        waiting=invitations.waiting(session, g.account),
    )
    return (page, 422) if form.is_submitted() else page


@blueprint.post("/people/<int:placement_id>/supporter")
def name_supporter(placement_id: int) -> Response:
    """Name a supporter for a placement."""
    return named(placement_id, "focal_point.people")
