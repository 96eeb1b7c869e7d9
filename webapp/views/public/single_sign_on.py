"""Signing in by the organization's own account: to the provider, and back."""

from __future__ import annotations

import hmac
from typing import Any

from flask import abort, current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_security import login_user
from werkzeug.wrappers import Response

from webapp import clock
from webapp import single_sign_on as provider_side
from webapp.config import Config, Provider
from webapp.db import Session
from webapp.models import User
from webapp.services import single_sign_on
from webapp.signing_in import TO_JOIN
from webapp.single_sign_on import NotProved, ProviderAway, Said
from webapp.views.public import blueprint

KEPT = "single_sign_on"
Answer = Response | tuple[str, int]


def _provider() -> Provider:
    """Return the provider that the settings name; without one these pages do not exist."""
    config: Config = current_app.extensions["config"]
    return config.provider or abort(404)


def _way_back() -> str:
    return f"{current_app.extensions['config'].base_url}{url_for('public.come_back')}"


@blueprint.get("/sign-in/elsewhere")
def sign_in_elsewhere() -> Answer:
    """Send the browser to the provider."""
    provider = _provider()
    if g.account is not None:
        return redirect(url_for("public.home"))
    try:
        address, session[KEPT] = provider_side.begin(provider, _way_back())
    except ProviderAway:
        return _not_signed_in("away", 503)
    return redirect(address)


@blueprint.get("/sign-in/back")
def come_back() -> Answer:
    """Sign in whoever the provider proves to be somebody of here."""
    provider, kept = _provider(), session.pop(KEPT, {})
    if g.account is not None:  # signed in meanwhile, perhaps as somebody else: that stays
        return redirect(url_for("public.home"))
    told: dict[str, str] = request.args.to_dict()
    if not kept or not hmac.compare_digest(kept["state"].encode(), told.get("state", "").encode()):
        return _not_signed_in("unproved", 400)
    try:
        said = provider_side.finish(provider, _way_back(), kept, told.get("code", ""))
    except NotProved:
        return _not_signed_in("unproved", 400)
    except ProviderAway:
        return _not_signed_in("away", 503)
    account = single_sign_on.account_of(Session(), provider.issuer, said.subject)
    return _join_first(provider, said) if account is None else _sign_in(provider, account, said)


def _join_first(provider: Provider, said: Said) -> Answer:
    """Ask for the password this once; signing_in.py joins the two when it was right."""
    account = single_sign_on.account_to_join(Session(), provider.issuer, said.subject, said.email)
    if account is None:
        return _not_signed_in("unknown", 403)
    waits = {"account": account.id, "issuer": provider.issuer, "subject": said.subject}
    session[TO_JOIN] = {**waits, "at": clock.now().timestamp()}
    words = _("You come here by %(name)s for the first time. Sign in with your password this once.", name=provider.name)
    flash(words, "info")
    return redirect(url_for("security.login"))


def _sign_in(provider: Provider, account: User, said: Said) -> Answer:
    """Sign in, by way of the second step unless the provider asked for one and the settings believe it."""
    if not (provider.is_trusted_with_second_step and said.with_second_step):
        plugins: Any = current_app.extensions["security"].two_factor_plugins
        step: Response | None = plugins.tf_enter(account, False, "oidc", next_loc=None)
        if step is not None:
            return step
    login_user(account, remember=False, authn_via=["oidc"])
    session["fs_paa"] = said.signed_in_at  # what is dangerous asks how long ago somebody proved who they are
    return redirect(url_for("public.home"))


def _not_signed_in(why: str, status: int) -> tuple[str, int]:
    return render_template("public/not_signed_in.html", why=why, provider=_provider().name), status
