"""Where passwords and codes can be guessed, what counts as the same guess, and how many may be wrong."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_network

from flask import Flask, Response, current_app, g, request, session
from werkzeug.exceptions import TooManyRequests

from webapp import known_browsers
from webapp.config import Config
from webapp.db import Session, own_session
from webapp.proxy import address_that_asks
from webapp.services import accounts, sign_in
from webapp.services.errors import Refused
from webapp.services.sign_in import Try
from webapp.signing_in import KEY
from webapp.words import lazy

# Each answers 200 when the guess was wrong, and a redirect when it was right.
GUESSABLE = (
    "security.login",
    "security.two_factor_token_validation",
    "security.mf_recovery",
    "security.verify",
    "security.change_password",
    "account.erase_own_data",
)
ASKED_AGAIN = ("security.verify", "security.change_password", "account.erase_own_data")  # of who is signed in
NO_MORE_CODES = lazy(
    "Too many codes were wrong within a day. Sign in with a passkey or a recovery code, or come back tomorrow. If it "
    "was not you, somebody knows your password: choose another one by the link under the form to sign in."
)
OF_ONE_PERSON = 64  # bits of an address of IPv6; the rest is for each to choose


def register_guesses(app: Flask) -> None:
    """Forgive after each answer what was right."""
    app.after_request(_forgive_right_one)


def take_turn() -> None:
    """Count a guess before it is looked at; TooManyRequests where too many were wrong."""
    if request.endpoint not in GUESSABLE or request.method != "POST":
        return
    tried = _tried()
    Session.commit()  # SQLite knows one writer, and the turn is taken in sessions of its own: it outlives a refusal
    g.turn = sign_in.take_turn(own_session, tried)
    if g.turn is None and sign_in.has_spent_codes(Session(), tried):
        raise Refused(NO_MORE_CODES)
    if g.turn is None:
        raise TooManyRequests(retry_after=int(sign_in.WINDOW.total_seconds()))


def _tried() -> Try:
    if request.endpoint in ASKED_AGAIN:  # by the session alone: strangers at the log-in do not disturb
        return Try(f"asked again in {session.get(KEY, '')}")
    if request.endpoint == "security.two_factor_token_validation":
        return Try(f"code of {session.get('tf_user_id', '')}", visitor_address(), is_code=True)
    if request.endpoint != "security.login":  # recovery codes are long, and no day's count keeps their owner out
        return Try(f"second factor of {session.get('tf_user_id', '')}", visitor_address())
    email = _normal(str(request.form.get("email", "")))
    browser = known_browsers.sign()
    if browser and known_browsers.knows(accounts.find_by_email(Session(), email)):
        return Try(f"log-in to {email} in {browser}")
    return Try(f"log-in to {email}", visitor_address(), sign_in.MOST_FROM_EVERYWHERE)


def _normal(email: str) -> str:
    """Return the one account's address, however it is written."""
    try:
        return str(current_app.extensions["security"].mail_util.normalize(email))
    except ValueError:
        return email


def visitor_address() -> str | None:
    """Return the address that asks, of IPv6 the network that one person has.

    None where it is not known: behind a proxy nobody told us of, all look like this machine.
    """
    address = address_that_asks()
    config: Config = current_app.extensions["config"]
    if address is None or (address.is_loopback and not config.is_demo and not config.proxies):
        return None
    if isinstance(address, IPv6Address) and not address.ipv4_mapped:
        return str(ip_network((int(address), OF_ONE_PERSON), strict=False))
    return str(address)


def _forgive_right_one(response: Response) -> Response:
    if g.get("turn") is not None and 300 <= response.status_code < 400:
        sign_in.forgive(Session(), g.turn)
    return response
