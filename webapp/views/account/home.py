"""The account's own settings."""

from __future__ import annotations

from flask import g, render_template

from webapp import permissions
from webapp.views.account import blueprint


@blueprint.get("/")
def home() -> str:
    """Show language, letters, calendar, password, second step and where one is signed in."""
    return render_template("account/home.html", has_calendar=g.account.role in permissions.roles_of("account.calendar"))
