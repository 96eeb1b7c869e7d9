"""What is kept of a report's reference: a code that is shown once, and a phrase that only its reporter knows."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from webapp.plain import one_line

SHORTEST_PHRASE = 4
COST = {"n": 2**14, "r": 8, "p": 1}


def hash_of_code(code: str) -> str:
    """Return what is kept of a code, however its letters and gaps are written."""
    plain = "".join(letter for letter in one_line(code).upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def hash_of_phrase(phrase: str, salt: str = "") -> str:
    """Return what is kept of a phrase: a salt, and a hash that is slow to guess at."""
    salt = salt or secrets.token_hex(16)
    made = hashlib.scrypt(one_line(phrase).casefold().encode(), salt=bytes.fromhex(salt), **COST)
    return f"{salt}${made.hex()}"


def is_phrase(phrase: str, kept: str) -> bool:
    """Whether a phrase is the one that was chosen; capitals and spaces around it do not count."""
    return hmac.compare_digest(hash_of_phrase(phrase, kept.partition("$")[0]), kept)
