"""Who may open what: deny by default, one guard for each blueprint, in one table."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask_security import Security, SQLAlchemySessionUserDatastore, current_user, naive_utcnow
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from webapp import clock
from webapp.config import Config
from webapp.db import Session, own_session
from webapp.forms import RegistrationForm
from webapp.mail import OutboxMailUtil
from webapp.models import Role, User
from webapp.models.accounts import ADMINISTRATOR, COORDINATOR, HOST, VOLUNTEER
from webapp.services import sign_in
from webapp.services.accounts import SHORTEST_PASSWORD

csrf = CSRFProtect()

Guard = Callable[[User | None], bool]


def anyone(_account: User | None) -> bool:
    """Open to all."""
    return True


def signed_in(account: User | None) -> bool:
    """Open to every account."""
    return account is not None


def only(role: str) -> Guard:
    """Open to accounts with `role`."""
    return lambda account: account is not None and account.role == role


# A blueprint that is not here answers 403, and so does an endpoint without blueprint outside ENDPOINTS.
GUARDS: dict[str, Guard] = {
    "public": anyone,
    "security": anyone,  # log-in, reset, confirm ...: Flask-Security guards each by itself
    "account": signed_in,
    VOLUNTEER: only(VOLUNTEER),
    HOST: only(HOST),
    COORDINATOR: only(COORDINATOR),
    ADMINISTRATOR: only(ADMINISTRATOR),
}
ENDPOINTS: dict[str, Guard] = {"static": anyone}

# What staff may reach before their second factor stands.
BEFORE_SECOND_FACTOR = ("security", "public")


class Accounts(SQLAlchemySessionUserDatastore):
    """Flask-Security's store of accounts; the role is a column, so its own table of roles stays empty."""

    def create_user(self, **kwargs: Any) -> Any:
        """Make an account, with the moment of its making."""
        kwargs.setdefault("created_at", clock.now())
        return super().create_user(**kwargs)

    def _prepare_create_user_args(self, **kwargs: Any) -> dict[str, Any]:
        prepared = super()._prepare_create_user_args(**kwargs)
        prepared.pop("roles", None)
        return dict(prepared)


def register_security(app: Flask, config: Config) -> None:
    """Set up accounts, CSRF, the guard of every request and the headers of every answer."""
    app.config.update(_settings(config))
    csrf.init_app(app)
    Security(
        app,
        Accounts(Session, User, Role),
        mail_util_cls=OutboxMailUtil,
        register_form=RegistrationForm,
        register_blueprint=True,
    )
    app.extensions["needs_second_factor"] = not config.is_demo
    app.before_request(_guard)
    app.after_request(_note_sign_in)
    app.after_request(_headers)
    app.context_processor(lambda: {"account": g.get("account")})


def _settings(config: Config) -> dict[str, Any]:
    """Return Flask-Security's settings; what differs in demo and tests is said here and nowhere else."""
    is_https = config.base_url.startswith("https://")
    settings: dict[str, Any] = {
        "SECRET_KEY": config.secret_key,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_https,
        "PERMANENT_SESSION_LIFETIME": 12 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: people fill in forms on bad lines
        "SECURITY_PASSWORD_SALT": hashlib.sha256(config.data_key.encode()).hexdigest(),
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        "SECURITY_PASSWORD_COMPLEXITY_CHECKER": "zxcvbn",
        "SECURITY_PASSWORD_CONFIRM_REQUIRED": False,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": not config.is_demo},
        "SECURITY_REGISTERABLE": True,
        "SECURITY_CONFIRMABLE": True,
        "SECURITY_LOGIN_WITHOUT_CONFIRMATION": False,
        "SECURITY_AUTO_LOGIN_AFTER_CONFIRM": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_VALIDITY_COOKIE": {"httponly": True, "secure": is_https, "samesite": "Strict"},
        "SECURITY_TOTP_SECRETS": {"1": config.data_key},
        "SECURITY_TOTP_ISSUER": "Caravanserai",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_SEND_REGISTER_EMAIL": True,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        "SECURITY_POST_LOGIN_VIEW": "/home",
        "SECURITY_POST_CONFIRM_VIEW": "/home",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_DATETIME_FACTORY": naive_utcnow,
    }
    if config.is_test:
        settings |= {
            "SECURITY_PASSWORD_HASH": "plaintext",
            "SECURITY_PASSWORD_COMPLEXITY_CHECKER": None,
            "SECURITY_HASHING_SCHEMES": ["hex_md5"],
        }
    return settings


def guard_of(endpoint: str | None) -> Guard | None:
    """Return the guard of an endpoint; None where no table names it."""
    if endpoint is None:
        return None
    blueprint, dot, _name = endpoint.rpartition(".")
    return GUARDS.get(blueprint) if dot else ENDPOINTS.get(endpoint)


def _guard() -> AnyResponse | None:
    """Let the request pass, send to the log-in, or refuse; runs before every view."""
    if request.endpoint is None:
        return None  # no such page: the router answers 404
    account: User | None = current_user if current_user.is_authenticated else None
    g.account = account
    guard = guard_of(request.endpoint)
    if guard is None:
        abort(403)
    if not guard(account):
        if account is None and request.method == "GET":
            return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
        abort(403)
    if request.endpoint == "security.login" and request.method == "POST" and _is_throttled():
        abort(429)
    return _second_factor(account)


def _second_factor(account: User | None) -> AnyResponse | None:
    """Send staff without a second factor to set one up; in the demo they may go without."""
    if account is None or not account.is_staff or account.tf_primary_method:
        return None
    if not current_app.extensions["needs_second_factor"] or request.blueprint in BEFORE_SECOND_FACTOR:
        return None
    return redirect(url_for("security.two_factor_setup"))


def _is_throttled() -> bool:
    return sign_in.is_throttled(Session(), str(request.form.get("email", "")), str(request.remote_addr))


def _note_sign_in(response: Response) -> Response:
    """Remember a failed log-in, in a session of its own: the request's is rolled back."""
    if request.endpoint == "security.login" and request.method == "POST" and response.status_code == 200:
        Session.rollback()
        with own_session() as session:
            sign_in.note_failure(session, str(request.form.get("email", "")), str(request.remote_addr))
    return response


def _headers(response: Response) -> Response:
    """Send what a browser needs to keep the page safe; personal pages are never kept by caches."""
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'",
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static" and g.get("account") is not None:
        response.headers["Cache-Control"] = "no-store"
    return response
