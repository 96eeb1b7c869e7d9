"""The account's own settings."""

from __future__ import annotations

from flask import current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import permissions
from webapp.config import Config, Provider
from webapp.db import Session
from webapp.services import single_sign_on
from webapp.views.account import blueprint


@blueprint.get("/")
def home() -> str:
    """Show language, letters, calendar, password, second step and where one is signed in."""
    provider = _provider()
    joined = single_sign_on.joined_to(Session(), g.account, provider.issuer) if provider else None
    return render_template(
        "account/home.html",
        has_calendar=g.account.role in permissions.roles_of("account.calendar"),
        provider=provider.name if provider else "",
        joined=joined,
    )


@blueprint.post("/single-sign-on/end")
def end_single_sign_on() -> Response:
    """Let the provider open this account no more."""
    provider = _provider()
    if provider is not None:
        single_sign_on.part(Session(), g.account, provider.issuer)
    flash(_("From now on you sign in with your password alone."), "success")
    return redirect(url_for("account.home"))


def _provider() -> Provider | None:
    config: Config = current_app.extensions["config"]
    return config.provider
