"""Browsers in which an account was signed in before: who guesses from elsewhere does not keep its owner out of them.

A signed cookie says so. It opens nothing: it gives wrong passwords of this browser a count of their own.
"""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from webapp.models import User

COOKIE = "known_browser"
KEPT = 365 * 24 * 3600  # seconds
MOST = 10  # accounts of one browser, the last ones: some families and offices share it


def remember(account: User) -> None:
    """Let the answer under way tell the browser that this account was signed in here."""
    told = _told()
    known = [one for one in told.get("accounts", []) if one != account.id][1 - MOST :] + [account.id]
    value = _signer().dumps({"browser": told.get("browser") or secrets.token_urlsafe(16), "accounts": known})

    @after_this_request
    def tell(response: Response) -> Response:
        is_https = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(COOKIE, value, max_age=KEPT, httponly=True, secure=is_https, samesite="Lax")
        return response


def sign() -> str:
    """Return by what this browser is told from all others; blank where nobody was signed in here."""
    return str(_told().get("browser", ""))


def knows(account: User | None) -> bool:
    """Whether this account was signed in here before."""
    return account is not None and account.id in _told().get("accounts", [])


def _told() -> dict[str, Any]:
    try:
        told: dict[str, Any] = _signer().loads(request.cookies.get(COOKIE, ""), max_age=KEPT)
    except BadSignature:
        return {}
    return told


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="known browser")
