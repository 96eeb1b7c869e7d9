"""Focal points and supporters of the VIO: who they are, inviting one, and naming supporters. No report is seen here."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.forms import say
from webapp.models.accounts import FOCAL_POINT, SUPPORTER
from webapp.safety_forms import SafetyInviteForm
from webapp.services import invitations
from webapp.services.errors import Refused
from webapp.services.safeguarding import people, supporters
from webapp.views.coordinator import blueprint


@blueprint.route("/safeguarding", methods=["GET", "POST"])
def safeguarding() -> Any:
    """Show who reads reports, who stands beside whom, and invite one."""
    session, form = Session(), SafetyInviteForm([FOCAL_POINT, SUPPORTER])
    if form.validate_on_submit():
        try:
            invitations.invite_for_safety(session, g.account, form.role.data, form.email.data or "", _link_to)
        except Refused as refusal:
            say(form.email, refusal.words)
        else:
            flash(_("The invitation is on its way to %(email)s.", email=form.email.data), "success")
            return redirect(url_for("coordinator.safeguarding"))
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
    link = supporters.name(Session(), g.account, placement_id, request.form.get("supporter_id", 0, type=int))
    flash(_("%(name)s now stands beside this volunteer. Both were told.", name=link.supporter.display_name), "success")
    return redirect(url_for("coordinator.safeguarding"))


def _link_to(token: str) -> str:
    return url_for("public.invitation", token=token, _external=True)
