"""Invitations of coordinators, focal points and administrators."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import clock
from webapp.db import Session
from webapp.forms import say
from webapp.models.accounts import ADMINISTRATOR
from webapp.services import delegating, invitations, vios
from webapp.services.errors import Refused
from webapp.views.administrator import blueprint
from webapp.views.administrator.forms import StaffForm

Answer = str | Response | tuple[str, int]


def link_to(token: str) -> str:
    """Return the whole address behind an invitation."""
    return url_for("public.invitation", token=token, _external=True)


@blueprint.get("/staff")
def staff() -> str:
    """Show invitations that nobody has accepted yet, and who acts for some countries only."""
    session = Session()
    waiting = [(one, invitations.of_whom(session, one)) for one in invitations.waiting(session, g.account)]
    return render_template(
        "administrator/staff.html", waiting=waiting, now=clock.now(), delegated=delegating.delegated(session)
    )


@blueprint.route("/staff/invite", methods=["GET", "POST"])
def invite_staff() -> Answer:
    """Invite a coordinator, a focal point or an administrator."""
    session = Session()
    form = StaffForm(vios.all_vios(session))
    if request.method == "GET":
        form.vio_id.data = request.args.get("vio", 0, type=int)
    elif form.validate_on_submit():
        try:
            return _invite(form)
        except Refused as refusal:
            say(form.countries if form.countries.data else form.email, refusal.words)
    page = render_template("administrator/invite_staff.html", form=form)
    return (page, 422) if form.is_submitted() else page


def _invite(form: StaffForm) -> Response:
    session, role = Session(), form.role.data
    vio = vios.vio(session, form.vio_id.data) if role != ADMINISTRATOR and form.vio_id.data else None
    invitations.invite_staff(session, g.account, role, form.email.data, vio, link_to, form.countries.data or [])
    flash(_("The invitation is on its way to %(email)s.", email=form.email.data), "success")
    return redirect(url_for("administrator.staff"))


@blueprint.post("/staff/invitations/<int:invitation_id>/again")
def invite_again(invitation_id: int) -> Response:
    """Send an invitation once more; the older link stops."""
    sent = invitations.send_again(Session(), g.account, invitation_id, link_to)
    flash(_("A new link is on its way to %(email)s; the old one has stopped.", email=sent.email), "success")
    return redirect(url_for("administrator.staff"))


@blueprint.post("/staff/invitations/<int:invitation_id>/take-back")
def take_back_invitation(invitation_id: int) -> Response:
    """Take an invitation back."""
    invitations.take_back(Session(), g.account, invitation_id)
    flash(_("The invitation is taken back; its link has stopped."), "success")
    return redirect(url_for("administrator.staff"))
