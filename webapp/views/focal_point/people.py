"""Supporters: invited by a focal point, and named for placements."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.forms import say
from webapp.models.accounts import SUPPORTER
from webapp.safety_forms import SafetyInviteForm
from webapp.services import invitations
from webapp.services.errors import Refused
from webapp.services.safeguarding import people as of_vio
from webapp.services.safeguarding import supporters
from webapp.views.focal_point import blueprint


@blueprint.route("/people", methods=["GET", "POST"])
def people() -> Any:
    """Show supporters and for whom they stand, and invite one."""
    session, form = Session(), SafetyInviteForm([SUPPORTER])
    if form.validate_on_submit():
        try:
            invitations.invite_for_safety(session, g.account, form.role.data, form.email.data or "", _link_to)
        except Refused as refusal:
            say(form.email, refusal.words)
        else:
            flash(_("The invitation is on its way to %(email)s.", email=form.email.data), "success")
            return redirect(url_for("focal_point.people"))
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
    link = supporters.name(Session(), g.account, placement_id, request.form.get("supporter_id", 0, type=int))
    flash(_("%(name)s now stands beside this volunteer. Both were told.", name=link.supporter.display_name), "success")
    return redirect(url_for("focal_point.people"))


def _link_to(token: str) -> str:
    return url_for("public.invitation", token=token, _external=True)
