"""Numbers of certificates: short enough to be read aloud, too many to be guessed."""

from __future__ import annotations

import secrets

# Without letters and digits that people take for one another when they read a code aloud.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_SIGNS = 12


def new_code() -> str:
    """Return a number that nobody can guess."""
    return _grouped("".join(secrets.choice(_SIGNS) for _number in range(_CODE_SIGNS)))


def as_kept(code: str) -> str:
    """Return a number as it is kept, however its letters and hyphens are written."""
    return _grouped("".join(sign for sign in code.upper() if sign.isalnum()))


def _grouped(signs: str) -> str:
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"
