"""Forms that no role owns."""

from __future__ import annotations

from flask_security import RegisterFormV2


class RegistrationForm(RegisterFormV2):
    """What registration asks for."""
