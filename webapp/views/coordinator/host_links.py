"""Hosts that answer by mail: the links that were sent, and sending one again."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _

from webapp.db import Session
from webapp.services import own_rows
from webapp.services.by_mail import asking
from webapp.views.coordinator import blueprint


@blueprint.post("/hosts/<int:host_id>/links/<int:link_id>/again")
def host_link_again(host_id: int, link_id: int) -> Any:
    """Send the link once more, to the contact address."""
    host = own_rows.vio_host(Session(), g.account, host_id)
    asking.ask_again(Session(), asking.link_of(Session(), g.account, host, link_id), g.account)
    flash(
        _("A new link is on its way to %(address)s. The older one stops working.", address=host.contact_email),
        "success",
    )
    return redirect(url_for("coordinator.host", host_id=host_id))
