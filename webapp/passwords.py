"""Whether a password is hard to guess, in the reader's language; a very long one is refused before it costs time."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_security import LoginForm, PasswordUtil, VerifyForm
from wtforms import PasswordField, ValidationError

from webapp.db import Session, let_others_write
from webapp.forms import GoesHome
from webapp.models.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD
from webapp.words import Words, lazy

JUDGED = 72  # zxcvbn looks at no more letters than these
SETTINGS: dict[str, Any] = {
    "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
    "SECURITY_PASSWORD_COMPLEXITY_CHECKER": "zxcvbn",
    "SECURITY_PASSWORD_CONFIRM_REQUIRED": False,
}

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


class Unhurried:
    """Flask-Security's hashing of passwords, slow by design, in which nobody waits for this request's transaction."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def hash(self, *given: Any, **named: Any) -> Any:
        """Hash a new password."""
        let_others_write(Session())
        return self._context.hash(*given, **named)

    def verify(self, *given: Any, **named: Any) -> Any:
        """Compare a password with what is kept of it."""
        let_others_write(Session())
        return self._context.verify(*given, **named)


class ReadablePasswordUtil(PasswordUtil):
    """Flask-Security's check, with every reason translated."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """Return why the password is too weak (None: it is strong enough), and its normal form."""
        normal = self.normalize(password)
        if len(normal) > LONGEST_PASSWORD:
            return [gettext("Write at most %(most)s characters.", most=LONGEST_PASSWORD)], normal
        let_others_write(Session())
        reasons, _judged = super().validate(normal[:JUDGED], is_register, **kwargs)
        return [str(gettext(str(reason))) for reason in reasons] if reasons else None, normal


class SignInForm(GoesHome, LoginForm):
    """The log-in, which hashes nothing that can be nobody's password, whether the account exists or not."""

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what is longer than any password can be."""
        if len(field.data or "") > LONGEST_PASSWORD:
            raise ValidationError(gettext("This is not your password. Write it again."))


class AskedAgainForm(GoesHome, VerifyForm):
    """Asks for the password once more, before what is dangerous."""
