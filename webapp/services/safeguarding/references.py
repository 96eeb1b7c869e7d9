"""The reference of a report: a code that is shown once, and a phrase that only its reporter knows."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from webapp.plain import one_line
from webapp.services.safeguarding.duty import LETTERS

GROUPS, GROUP = 3, 4
SHORTEST_PHRASE = 4
COST = {"n": 2**14, "r": 8, "p": 1}


def new_code() -> str:
    """Return a code such as K7QM-2RXA-PW4T: nobody guesses one, and nobody takes a letter for another."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(GROUPS * GROUP))
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


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
