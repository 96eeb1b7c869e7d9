"""Codes of an app as a second step: Flask-Security does the work, and here is what it leaves open."""

from __future__ import annotations

from typing import Any

from flask_security import TwoFactorRescueForm


class NoRescueForm(TwoFactorRescueForm):
    """Sends no letter for help: who lost phone and recovery codes calls an administrator, whom no form replaces."""

    def validate(self, **_more: Any) -> bool:
        """Take nothing; the page of the code is shown again."""
        return False


FORMS: dict[str, Any] = {"two_factor_rescue_form": NoRescueForm}
