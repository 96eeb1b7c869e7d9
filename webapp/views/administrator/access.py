"""Reviews of access: whether each of the staff still needs their account."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import clock
from webapp.db import Session
from webapp.services import access_reviews
from webapp.views.administrator import blueprint

PAGE = 30


@blueprint.get("/access")
def access() -> str:
    """List the accounts of staff, those that are due first."""
    found, page = access_reviews.listed(Session()), min(max(request.args.get("page", 1, type=int), 1), 10_000)
    return render_template(
        "administrator/access.html",
        rows=found[(page - 1) * PAGE : page * PAGE],
        today=clock.today(),
        previous=url_for("administrator.access", page=page - 1) if page > 1 else None,
        following=url_for("administrator.access", page=page + 1) if page * PAGE < len(found) else None,
    )


@blueprint.post("/access/<int:account_id>/keep")
def keep_access(account_id: int) -> Response:
    """Note that an account is still needed."""
    kept = access_reviews.keep(Session(), g.account, account_id)
    flash(_("%(email)s keeps the account.", email=kept.email), "success")
    return redirect(url_for("administrator.access"))


@blueprint.post("/access/<int:account_id>/end")
def end_access(account_id: int) -> Response:
    """Close an account that is no longer needed."""
    ended = access_reviews.end(Session(), g.account, account_id)
    flash(_("%(email)s is closed and signed out everywhere.", email=ended.email), "success")
    return redirect(url_for("administrator.access"))
