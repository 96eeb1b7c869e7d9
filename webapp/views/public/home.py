"""The front page, where each role is sent, the language, and the health of the service."""

from __future__ import annotations

from hmac import compare_digest

from flask import Response, abort, current_app, g, make_response, redirect, render_template, request, url_for
from flask_babel import get_locale as current_locale
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from werkzeug.wrappers import Response as AnyResponse

from webapp import clock, logs
from webapp.config import LANGUAGES
from webapp.db import Session
from webapp.i18n import LANGUAGE_COOKIE
from webapp.proxy import is_asked_by_this_machine
from webapp.services import accounts, health, published
from webapp.services.published import Search
from webapp.views.public import blueprint
from webapp.views.public.openings import card_of
from webapp.views.public.routes import drawn_map

ON_FRONT = 4
EVERYTHING = Search()
A_YEAR = 365 * 24 * 3600


@blueprint.get("/")
def front() -> str:
    """Show what this is, what is open, and where to begin."""
    language = str(current_locale())
    found = published.find(Session(), EVERYTHING, clock.today(), most=ON_FRONT)
    total = published.overview(Session(), clock.today()).total(EVERYTHING)
    cards = [card_of(assignment, language) for assignment in found.rows]
    return render_template("public/front.html", cards_now=cards, total=total, figure=drawn_map(language))


@blueprint.get("/home")
def home() -> AnyResponse:
    """Send an account to the first page of its role, and a visitor to the front page."""
    account = g.get("account")
    return redirect(url_for(f"{account.role}.home") if account else url_for("public.front"))


@blueprint.get("/registered")
def registered() -> str:
    """Say what comes after registering; the same for an address that has an account already."""
    return render_template("public/registered.html")


@blueprint.post("/language")
def choose_language() -> AnyResponse:
    """Keep the reader's language, in a cookie and with the account."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        abort(400)
    if g.get("account"):
        accounts.keep_language(Session(), g.account, language)
    response = make_response(redirect(_own_page(request.form.get("next", "/"))))
    is_https = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=A_YEAR, samesite="Lax", httponly=True, secure=is_https)
    return response


def _own_page(wanted: str) -> str:
    """Return the page to go back to, the front page where it is none of ours.

    Browsers leave tabs and line breaks out of an address, and what stood after one may then be another site's.
    """
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if is_ours else "/"


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answer 200 while the database answers, else 503."""
    is_well = health.database_answers(Session)
    return Response(
        "ok\n" if is_well else "the database does not answer\n", 200 if is_well else 503, mimetype="text/plain"
    )


@blueprint.get("/metrics")
def metrics() -> Response:
    """Show counters to a monitoring system on this machine, or to one that knows the token."""
    token = current_app.extensions["config"].metrics_token
    told = request.headers.get("Authorization", "")
    if not is_asked_by_this_machine() and not (token and compare_digest(told.encode(), f"Bearer {token}".encode())):
        abort(403)
    return Response(generate_latest(logs.registry()), content_type=CONTENT_TYPE_LATEST)
