"""Accounts: address, role, organization and state, and nothing of what the people do here."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import list_pages
from webapp.db import Session
from webapp.forms import say
from webapp.models import User
from webapp.models.accounts import COORDINATOR, ROLES
from webapp.services import counting, delegating, staff, vios
from webapp.services.errors import Refused
from webapp.services.staff import Search
from webapp.views.administrator import blueprint
from webapp.views.administrator.forms import DelegationForm

Answer = str | Response | tuple[str, int]

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
        most_counted=counting.MOST_COUNTED,
        search=search,
        vios=vios.all_vios(session),
        **list_pages.beside(found),
    )


@blueprint.get("/accounts/<int:account_id>")
def account(account_id: int) -> str:
    """Show one account and what can be done with it."""
    return _page(staff.account(Session(), account_id), DelegationForm())


@blueprint.post("/accounts/<int:account_id>/countries")
def delegate(account_id: int) -> Answer:
    """Say for which countries a coordinator acts; none named: for all of the organization."""
    shown, form = staff.account(Session(), account_id), DelegationForm()
    if not form.validate():
        return _page(shown, form), 422
    try:
        delegating.delegate(Session(), g.account, shown, form.countries.data or [])
    except Refused as refusal:
        say(form.countries, refusal.words)
        return _page(shown, form), 422
    return _done(account_id, _("Kept. It counts at once, and %(email)s was told by letter.", email=shown.email))


def _page(shown: User, form: DelegationForm) -> str:
    if not form.is_submitted():
        form.countries.data = list(shown.delegated)
    return render_template(
        "administrator/account.html", shown=shown, form=form, is_coordinator=shown.role == COORDINATOR
    )


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
