"""Who may open what: deny by default; an endpoint opens to the roles that webapp/permissions gives its action."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_security import Security, SQLAlchemySessionUserDatastore, current_user, user_confirmed
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import bindparam, select
from werkzeug.wrappers import Response as AnyResponse

from webapp import clock, passkeys, passwords, permissions, second_step
from webapp.config import Config
from webapp.db import Session
from webapp.forms import RegistrationForm
from webapp.guesses import register_guesses, take_turn
from webapp.headers import with_headers
from webapp.keys import fernet_key, totp_secrets
from webapp.models import Passkey, Role, User
from webapp.permissions import ANONYMOUS
from webapp.security_letters import OutboxMailUtil
from webapp.services import consent_wordings, demo, registration
from webapp.services.registration import Registration
from webapp.services.signed_in import KEPT
from webapp.signing_in import checked, register_signing_in

csrf = CSRFProtect()

# What staff may reach before their second factor stands (the style sheet has no blueprint).
BEFORE_SECOND_FACTOR = ("security", "public", None)
# What harms people where a stranger sits down at an open screen: the password is asked for again, half an hour after
# it was last. Buttons on such a page work an hour longer, so that nobody loses what they wrote there.
DANGEROUS = (
    "administrator.account",
    "administrator.close_account",
    "administrator.delegate",
    "administrator.keep_access",
    "administrator.end_access",
    "administrator.reopen_account",
    "administrator.forget_second_factor",
    "administrator.invite_staff",
    "coordinator.propose_bar",
    "coordinator.suspension",
    "coordinator.suspend_host",
    "security.two_factor_setup",
    "security.two_factor_setup_validate",
    "security.wan_register",
    "security.wan_delete",
    "security.mf_recovery_codes",
)
FRESH, FRESH_BUTTONS = timedelta(minutes=30), timedelta(minutes=90)
_WHO_ASKS = select(User).where(User.fs_uniquifier == bindparam("fs_uniquifier"))


class Accounts(SQLAlchemySessionUserDatastore):
    """Flask-Security's store of accounts; the role is a column, so its own table of roles stays empty."""

    def create_user(self, wish: Registration | None = None, **kwargs: Any) -> Any:
        """Make an account, with the moment of its making; for who registers, also what belongs to it."""
        kwargs.setdefault("created_at", clock.now())
        if wish is None:
            return super().create_user(**kwargs)
        account: Any = super().create_user(**kwargs, **registration.account_columns(Session(), wish))
        registration.complete(Session(), account, wish)
        return account

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> Any:
        """Return an account; who asks for a page is looked for by a statement that is put together once."""
        if kwargs.keys() == {"fs_uniquifier"}:
            return Session.scalar(_WHO_ASKS, kwargs)
        return super().find_user(case_insensitive, **kwargs)

    def _prepare_create_user_args(self, **kwargs: Any) -> dict[str, Any]:
        prepared = super()._prepare_create_user_args(**kwargs)
        prepared.pop("roles", None)
        return dict(prepared)


def register_security(app: Flask, config: Config) -> None:
    """Set up accounts, CSRF, the guard of every request and the headers of every answer."""
    app.config.update(_settings(config))
    csrf.init_app(app)
    security = Security(
        app,
        Accounts(Session, User, Role, webauthn_model=Passkey),
        mail_util_cls=OutboxMailUtil,
        password_util_cls=passwords.ReadablePasswordUtil,
        login_form=passwords.SignInForm,
        verify_form=passwords.AskedAgainForm,
        register_form=RegistrationForm,
        register_blueprint=True,
        **passkeys.FORMS,
        **second_step.FORMS,
    )
    security.pwd_context = passwords.Unhurried(security.pwd_context)
    security.want_json(lambda _request: False)  # these pages are for people
    security.register_context_processor(lambda: {"wordings": consent_wordings.WORDINGS})
    security.login_context_processor(
        lambda: {
            "invented": demo.demo_accounts(Session()) if config.mode == "demo" else [],
            "provider": config.provider.name if config.provider else "",
        }
    )
    security.tf_setup_context_processor(lambda: {"must_have_second_factor": not config.is_demo})
    user_confirmed.connect(_rank_confirmed, app)
    register_signing_in(app)
    passkeys.register_passkeys(app)
    second_step.register_second_step(app)
    app.extensions["needs_second_factor"] = not config.is_demo
    app.before_request(_guard)
    register_guesses(app)
    app.after_request(with_headers)
    app.context_processor(lambda: {"account": g.get("account"), "opens": opens})


def _rank_confirmed(_app: Flask, user: User, **_more: Any) -> None:
    """Find assignments for a new volunteer, so that the first page is not empty."""
    registration.welcome(Session(), user)


def _settings(config: Config) -> dict[str, Any]:
    """Return Flask-Security's settings; what differs in demo and tests is said here and nowhere else."""
    is_https = config.base_url.startswith("https://")
    settings: dict[str, Any] = {
        "SECRET_KEY": config.secret_key,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_https,
        "PERMANENT_SESSION_LIFETIME": KEPT,
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: people fill in forms on bad lines
        "SECURITY_PASSWORD_SALT": hashlib.sha256(config.key_of_hashes.encode()).hexdigest(),
        # The letter of confirmation proves an address; asking DNS as well would fail in silence when DNS does.
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_JOIN_USER_ROLES": False,  # the role is a column
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
        "SECURITY_TOTP_SECRETS": totp_secrets(config.data_key),
        "SECURITY_TOTP_ISSUER": "Caravanserai",
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/mf-recovery-codes",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [fernet_key("recovery codes", config.data_key)],
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_SEND_REGISTER_EMAIL": True,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        "SECURITY_POST_LOGIN_VIEW": "/home",
        "SECURITY_POST_VERIFY_VIEW": "/home",
        "SECURITY_POST_CONFIRM_VIEW": "/home",
        "SECURITY_POST_REGISTER_VIEW": "/registered",
        "SECURITY_POST_CHANGE_VIEW": "/account/",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_DATETIME_FACTORY": clock.now,
        **passkeys.SETTINGS,
        **passwords.SETTINGS,
    }
    if config.is_test:
        settings |= {
            "SECURITY_PASSWORD_HASH": "plaintext",
            "SECURITY_PASSWORD_COMPLEXITY_CHECKER": None,
            "SECURITY_HASHING_SCHEMES": ["hex_md5"],
        }
    return settings


def _guard() -> AnyResponse | None:
    """Let the request pass, send to the log-in, or refuse; runs before every view."""
    if request.endpoint is None or request.endpoint == "public.healthz":
        return None  # no such page: the router answers 404; and health is asked when no account can be read
    account: User | None = checked(current_user._get_current_object()) if current_user.is_authenticated else None
    g.account = account
    if not opens(request.endpoint):
        if account is None and permissions.roles_of(request.endpoint) and request.method == "GET":
            return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
        abort(403)
    take_turn()
    return _second_factor(account) or _asked_again()


def opens(endpoint: str) -> bool:
    """Whether the one who asks opens a page: templates lead to no other."""
    account: User | None = g.get("account")
    role, is_delegated = (account.role, account.is_delegated) if account else (ANONYMOUS, False)
    return permissions.opens(role, is_delegated, endpoint)


def _asked_again() -> AnyResponse | None:
    """Ask for the password again before what is dangerous, where it was not given lately."""
    if request.endpoint not in DANGEROUS:
        return None
    is_read = request.method == "GET"
    given = clock.now().timestamp() - float(session.get("fs_paa") or 0)
    if given <= (FRESH if is_read else FRESH_BUTTONS).total_seconds():
        return None
    return redirect(url_for("security.verify", next=request.full_path.rstrip("?") if is_read else "/home"))


def _second_factor(account: User | None) -> AnyResponse | None:
    """Send staff without a second factor to set one up; in the demo they may go without."""
    if account is None or not account.is_staff or not current_app.extensions["needs_second_factor"]:
        return None
    if request.blueprint in BEFORE_SECOND_FACTOR or account.has_second_factor:
        return None
    return redirect(url_for("security.two_factor_setup"))
