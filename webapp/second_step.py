"""Codes as a second step: Flask-Security does the work, and here is what it leaves open. Every code works once."""

from __future__ import annotations

from typing import Any

from flask import Flask, g
from flask_security import MfRecoveryCodesUtil, Totp, TwoFactorRescueForm, tf_disabled, tf_profile_changed
from passlib.exc import TokenError

from webapp.db import Session
from webapp.services import second_steps


class NoRescueForm(TwoFactorRescueForm):
    """Sends no letter for help: who lost phone and recovery codes calls an administrator, whom no form replaces."""

    def validate(self, **_more: Any) -> bool:
        """Take nothing; the page of the code is shown again."""
        return False


class CodesOfAnApp(Totp):
    """Codes of an authenticator app; whoever saw one being written cannot use it again."""

    def verify_totp(self, token: str, totp_secret: str, user: Any, window: int = 0) -> bool:
        """Whether the code is right, within `window` seconds, and was not taken before; from now on it is."""
        try:
            step = self._totp.verify(token, totp_secret, window=window).counter
        except TokenError:
            return False
        return second_steps.take_code(Session(), user, step, is_new_key=totp_secret != user.tf_totp_secret)


class RecoveryCodes(MfRecoveryCodesUtil):
    """Recovery codes, which two browsers at the same moment cannot both use."""

    def create_recovery_codes(self, user: Any) -> list[str]:
        """Make new codes and tell the account; the old ones end."""
        codes: list[str] = super().create_recovery_codes(user)
        second_steps.note_recovery_codes(Session(), g.account)
        return codes

    def check_recovery_code(self, user: Any, code: str) -> bool:
        """Whether this code is left."""
        second_steps.hold_recovery_codes(Session(), user)
        return bool(super().check_recovery_code(user, code))


FORMS: dict[str, Any] = {
    "two_factor_rescue_form": NoRescueForm,
    "totp_cls": CodesOfAnApp,
    "mf_recovery_codes_util_cls": RecoveryCodes,
}


def register_second_step(app: Flask) -> None:
    """Tell of every code that is set up, changed or turned off."""
    tf_profile_changed.connect(_set_up, app)
    tf_disabled.connect(_turned_off, app)


def _set_up(_app: Flask, **_more: Any) -> None:
    second_steps.note_code_set_up(Session(), g.account)


def _turned_off(_app: Flask, **_more: Any) -> None:
    second_steps.note_code_turned_off(Session(), g.account)
