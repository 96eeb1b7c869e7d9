"""The account's own settings."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import logout_user
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.services import calendars, staff
from webapp.views.account import blueprint


@blueprint.get("/")
def home() -> str:
    """Show language, letters, calendar, password, second step and where one is signed in."""
    return render_template("account/home.html", has_calendar=g.account.role in calendars.WITH_DAYS)


@blueprint.post("/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    """End every session of this account, this one too."""
    staff.end_sessions(Session(), g.account)
    logout_user()
    flash(_("You are signed out everywhere, in this browser too."), "success")
    return redirect(url_for("security.login"))
