"""Whether a password is hard to guess, in the reader's language."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_security import PasswordUtil

from webapp.words import Words, lazy

# What zxcvbn says; marked here, so that our catalogues translate it.
WARNINGS: tuple[Words, ...] = (
    lazy("Straight rows of keys are easy to guess."),
    lazy("Short keyboard patterns are easy to guess."),
    lazy('Repeats like "aaa" are easy to guess.'),
    lazy('Repeats like "abcabcabc" are only slightly harder to guess than "abc".'),
    lazy('Sequences like "abc" or "6543" are easy to guess.'),
    lazy("Recent years are easy to guess."),
    lazy("Dates are often easy to guess."),
    lazy("This is a top-10 common password."),
    lazy("This is a top-100 common password."),
    lazy("This is a very common password."),
    lazy("This is similar to a commonly used password."),
    lazy("A word by itself is easy to guess."),
    lazy("Names and surnames by themselves are easy to guess."),
    lazy("Common names and surnames are easy to guess."),
)


class ReadablePasswordUtil(PasswordUtil):
    """Flask-Security's check, with every reason translated."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """Return why the password is too weak (None: it is strong enough), and its normal form."""
        reasons, normal = super().validate(password, is_register, **kwargs)
        return [str(gettext(str(reason))) for reason in reasons] if reasons else None, normal
