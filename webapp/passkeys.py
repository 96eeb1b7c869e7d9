"""Passkeys as a second step: Flask-Security does the work, and here is what it leaves open.

A challenge holds once and in the browser that asked for it, a passkey opens its own account alone, and every refusal
says one plain thing. A passkey never signs in by itself: the page that offered it for an address would tell whether the
address has an account.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, session
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_security import WebauthnUtil, wan_deleted, wan_registered
from flask_security.webauthn import (
    WebAuthnRegisterForm,
    WebAuthnRegisterResponseForm,
    WebAuthnSigninResponseForm,
)
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from webapp import clock
from webapp.db import Session
from webapp.forms import stripped
from webapp.models import Passkey, User
from webapp.services import passkeys, second_steps

CHALLENGE = "passkey_challenge"
LONGEST_NAME = 64
SETTINGS: dict[str, Any] = {
    "SECURITY_WEBAUTHN": True,
    "SECURITY_WAN_RP_NAME": "Caravanserai",
    "SECURITY_WAN_ALLOW_AS_FIRST_FACTOR": False,
    "SECURITY_WAN_ALLOW_AS_MULTI_FACTOR": False,
    "SECURITY_WAN_ALLOW_AS_VERIFY": [],  # "Is it you?" asks for the password: a touch proves no more than the screen
    "SECURITY_WAN_NAME_ALLOWED_CHARS": None,  # any script; the column keeps it to one plain line
    "SECURITY_WAN_NAME_MAX_LENGTH": LONGEST_NAME,
    # Time to fetch a phone and hold it up: the browser waits four minutes, and we one more.
    "SECURITY_WAN_REGISTER_TIMEOUT": 240_000,  # milliseconds
    "SECURITY_WAN_SIGNIN_TIMEOUT": 240_000,
    "SECURITY_WAN_SIGNIN_WITHIN": timedelta(minutes=5),
    "SECURITY_WAN_POST_REGISTER_VIEW": "/mf-recovery-codes",
}


class OneChallenge(WebauthnUtil):
    """Keeps in the browser's session which challenge it was given last."""

    def generate_challenge(self, nbytes: int | None = None) -> str:
        """Return a new challenge; an older one of this browser ends."""
        challenge = str(super().generate_challenge(nbytes))
        session[CHALLENGE] = challenge, clock.now().timestamp()
        return challenge


def _asked_at(challenge: str) -> datetime | None:
    """Return when this browser was given the challenge that it answers now; None unless it was. It holds no more.

    What another version of the service kept in the browser is no challenge of ours.
    """
    match session.pop(CHALLENGE, None):
        case [str(given), float(at)] if challenge and given == challenge:
            return datetime.fromtimestamp(at, UTC)
    return None


class PasskeyForm(WebAuthnRegisterForm):
    """How a new passkey is called."""

    name = StringField(
        _l("Name of the passkey"),
        [DataRequired(_l("Write a name, such as: my telephone.")), Length(max=LONGEST_NAME)],
        filters=[stripped],
        render_kw={"dir": "auto", "autocomplete": "off"},
    )
    usage = HiddenField()  # always the second step; Flask-Security sets it


class NewPasskeyForm(WebAuthnRegisterResponseForm):
    """What the browser answers when it has made a passkey."""

    def validate(self, **kwargs: Any) -> bool:
        """Take the passkey where it answers the challenge of this browser."""
        if _asked_at(self.challenge) and super().validate(**kwargs):
            return True
        self.credential.errors = [gettext("The passkey was not added. Begin again, and use one that is not here yet.")]
        return False


class PasskeyAnswerForm(WebAuthnSigninResponseForm):
    """What the browser answers when somebody signs in with a passkey."""

    def validate(self, **kwargs: Any) -> bool:
        """Let the passkey in where it belongs to the account whose password was given."""
        asked_at = _asked_at(self.challenge)
        if asked_at and super().validate(**kwargs) and self._is_expected(asked_at):
            return True
        self.credential.errors = [
            gettext("This passkey was not accepted. Begin again, and choose the passkey that you added here.")
        ]
        return False

    def _is_expected(self, asked_at: datetime) -> bool:
        account, used = self.user, self.cred
        if (
            account is None
            or not isinstance(used, Passkey)
            or not account.active
            or account.fs_uniquifier != session.get("tf_user_id")
        ):
            return False
        # A copy of cookie and answer comes later than the use for which they were made.
        return not second_steps.is_used_since(Session(), used, asked_at)


FORMS: dict[str, Any] = {
    "webauthn_util_cls": OneChallenge,
    "wan_register_form": PasskeyForm,
    "wan_register_response_form": NewPasskeyForm,
    "wan_signin_response_form": PasskeyAnswerForm,
}


def register_passkeys(app: Flask) -> None:
    """Note every passkey that comes or goes."""
    wan_registered.connect(_added, app)
    wan_deleted.connect(_removed, app)


def _added(_app: Flask, user: User, name: str, **_more: Any) -> None:
    passkeys.note_added(Session(), _own(user), name)


def _removed(_app: Flask, user: User, name: str, **_more: Any) -> None:
    passkeys.note_removed(Session(), _own(user), name)


def _own(user: Any) -> User:
    account: User = user._get_current_object()  # the signal hands over Flask-Login's stand-in
    return account
