"""Where the account is signed in, and how to end it there."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import logout_user
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.services import signed_in, staff
from webapp.views.account import blueprint


@blueprint.get("/signed-in")
def browsers() -> str:
    """Show the browsers in which the account is signed in."""
    return render_template(
        "account/signed_in.html", browsers=signed_in.listed(Session(), g.account), here=g.get("signed_in_id")
    )


@blueprint.post("/signed-in/<int:signed_in_id>/end")
def end_browser(signed_in_id: int) -> Response:
    """End one of them."""
    signed_in.end(Session(), g.account, signed_in_id)
    flash(_("You are signed out there."), "success")
    return redirect(url_for("account.browsers"))


@blueprint.post("/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    """End every session of this account, this one too."""
    staff.end_sessions(Session(), g.account)
    logout_user()
    flash(_("You are signed out everywhere, in this browser too."), "success")
    return redirect(url_for("security.login"))
