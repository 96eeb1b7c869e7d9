"""Inviting somebody for safeguarding, and naming a supporter: what coordinators and focal points do alike."""

from __future__ import annotations

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.forms import say
from webapp.safety_forms import SafetyInviteForm
from webapp.services import invitations
from webapp.services.errors import Refused
from webapp.services.safeguarding import supporters


def invited(form: SafetyInviteForm, endpoint: str) -> Response | None:
    """Invite whom the form names and lead to `endpoint`; None where it was not sent or something in it is wrong."""
    if not form.validate_on_submit():
        return None
    try:
        invitations.invite_for_safety(Session(), g.account, form.role.data, form.email.data or "", _link_to)
    except Refused as refusal:
        say(form.email, refusal.words)
        return None
    flash(_("The invitation is on its way to %(email)s.", email=form.email.data), "success")
    return redirect(url_for(endpoint))


def named(placement_id: int, endpoint: str) -> Response:
    """Name the supporter that was chosen for a placement, and lead to `endpoint`."""
    link = supporters.name(Session(), g.account, placement_id, request.form.get("supporter_id", 0, type=int))
    flash(_("%(name)s now stands beside this volunteer. Both were told.", name=link.supporter.display_name), "success")
    return redirect(url_for(endpoint))


def _link_to(token: str) -> str:
    return url_for("public.invitation", token=token, _external=True)
