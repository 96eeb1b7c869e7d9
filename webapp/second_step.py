"""Codes of an app as a second step: Flask-Security does the work, and here is what it leaves open."""

from __future__ import annotations

from typing import Any

from flask import Flask, g
from flask_security import TwoFactorRescueForm, tf_disabled, tf_profile_changed

from webapp.db import Session
from webapp.services import audit


class NoRescueForm(TwoFactorRescueForm):
    """Sends no letter for help: who lost phone and recovery codes calls an administrator, whom no form replaces."""

    def validate(self, **_more: Any) -> bool:
        """Take nothing; the page of the code is shown again."""
        return False


FORMS: dict[str, Any] = {"two_factor_rescue_form": NoRescueForm}


def register_second_step(app: Flask) -> None:
    """Leave a line in the trail whenever a code is set up, changed or turned off."""
    tf_profile_changed.connect(_set_up, app)
    tf_disabled.connect(_turned_off, app)


def _set_up(_app: Flask, **_more: Any) -> None:
    audit.record(Session(), g.account, "code_set_up", g.account)


def _turned_off(_app: Flask, **_more: Any) -> None:
    audit.record(Session(), g.account, "code_turned_off", g.account)
