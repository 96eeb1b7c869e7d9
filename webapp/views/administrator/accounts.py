"""Accounts: address, role, organization and state, and nothing of what the people do here."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.models.accounts import ROLES
from webapp.services import staff, vios
from webapp.services.staff import PAGE, Search
from webapp.views.administrator import blueprint

STATES = ("active", "closed", "unconfirmed")


@blueprint.get("/accounts")
def accounts() -> str:
    """List accounts, narrowed by address, role, organization and state."""
    asked, session = request.args, Session()
    search = Search(
        email=asked.get("email", ""),
        role=asked.get("role", "") if asked.get("role") in ROLES else "",
        vio_id=asked.get("vio", type=int),
        state=asked.get("state", "") if asked.get("state") in STATES else "",
        page=min(max(asked.get("page", 1, type=int), 1), 10_000),
    )
    found, total = staff.find(session, search)
    kept: dict[str, Any] = {name: asked[name] for name in ("email", "role", "vio", "state") if asked.get(name)}
    here = url_for("administrator.accounts", page=search.page, **kept)
    return render_template(
        "administrator/accounts.html",
        accounts=found,
        total=total,
        search=search,
        vios=vios.all_vios(session),
        here=here,
        previous=url_for("administrator.accounts", page=search.page - 1, **kept) if search.page > 1 else None,
        following=url_for("administrator.accounts", page=search.page + 1, **kept)
        if search.page * PAGE < total
        else None,
    )


@blueprint.get("/accounts/<int:account_id>")
def account(account_id: int) -> str:
    """Show one account and what can be done with it."""
    return render_template("administrator/account.html", shown=staff.account(Session(), account_id))


@blueprint.post("/accounts/<int:account_id>/close")
def close_account(account_id: int) -> Response:
    """Close an account; its sessions end at once."""
    closed = staff.close(Session(), g.account, account_id)
    return _done(account_id, _("%(email)s is closed and signed out everywhere.", email=closed.email))


@blueprint.post("/accounts/<int:account_id>/reopen")
def reopen_account(account_id: int) -> Response:
    """Open a closed account again."""
    opened = staff.reopen(Session(), g.account, account_id)
    return _done(account_id, _("%(email)s can sign in again.", email=opened.email))


@blueprint.post("/accounts/<int:account_id>/second-factor")
def forget_second_factor(account_id: int) -> Response:
    """Turn off a second step whose phone and codes are lost."""
    freed = staff.forget_second_factor(Session(), g.account, account_id)
    return _done(account_id, _("%(email)s signs in with the password and was told so by letter.", email=freed.email))


def _done(account_id: int, words: str) -> Response:
    flash(words, "success")
    return redirect(url_for("administrator.account", account_id=account_id))
