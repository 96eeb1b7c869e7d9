"""Accounts: address, role, organization and state, and nothing of what the people do here."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import list_pages
from webapp.db import Session
from webapp.models.accounts import ROLES
from webapp.services import staff, vios
from webapp.services.staff import Search
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
    )
    found, total = staff.find(session, search, list_pages.asked())
    return render_template(
        "administrator/accounts.html",
        accounts=found.rows,
        total=total,
        search=search,
        vios=vios.all_vios(session),
        **list_pages.beside(found),
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
