"""Codes that people read aloud and type: short, too many to be guessed, without signs taken for one another."""

from __future__ import annotations

import secrets

_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 12


def draw(length: int) -> str:
    """Return so many signs that nobody can guess."""
    return "".join(secrets.choice(_SIGNS) for _number in range(length))


def new_code() -> str:
    """Return a code of twelve signs in three groups, such as K7QM-2RXA-PW4T."""
    return _grouped(draw(_LENGTH))


def as_kept(code: str) -> str:
    """Return a code as it is kept, however its letters and hyphens are written."""
    return _grouped("".join(sign for sign in code.upper() if sign.isalnum()))


def _grouped(signs: str) -> str:
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"
