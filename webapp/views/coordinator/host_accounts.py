"""Who signs in for a host organization: its accounts, and invitations to new ones (imported hosts have none yet)."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import DataRequired, Email, Length

from webapp.db import Session
from webapp.forms import say, stripped
from webapp.services import invitations, own_rows
from webapp.services.errors import Refused
from webapp.views.coordinator import blueprint

AN_ADDRESS = _l("Write an e-mail address such as office@example.org.")


class HostPersonForm(FlaskForm):
    """The address of somebody who works for the host."""

    email = EmailField(
        _l("E-mail address"), [DataRequired(AN_ADDRESS), Email(AN_ADDRESS), Length(max=255)], filters=[stripped]
    )


@blueprint.route("/hosts/<int:host_id>/accounts", methods=["GET", "POST"])
def host_accounts(host_id: int) -> Any:
    """Show who signs in for the host, and invite somebody by a link that works once."""
    session = Session()
    host = own_rows.vio_host(session, g.account, host_id)
    form = HostPersonForm()
    if form.validate_on_submit():
        try:
            invitations.invite_host(session, g.account, host, form.email.data or "", _link_to)
        except Refused as refusal:
            say(form.email, refusal.words)
        else:
            flash(_("The invitation is on its way to %(email)s.", email=form.email.data), "success")
            return redirect(url_for("coordinator.host_accounts", host_id=host_id))
    elif not form.is_submitted() and not invitations.people_of(session, host):
        form.email.data = host.contact_email
    page = render_template(
        "coordinator/host_accounts.html",
        host=host,
        form=form,
        people=invitations.people_of(session, host),
        waiting=[one for one in invitations.waiting(session, g.account) if one.host_id == host.id],
    )
    return (page, 422) if form.is_submitted() else page


def _link_to(token: str) -> str:
    return url_for("public.invitation", token=token, _external=True)
