"""Flask-Security's own texts in the reader's language, and ours where its catalogues have gaps."""

from __future__ import annotations

from typing import Any

from babel.support import NullTranslations, Translations
from flask_babel import gettext
from flask_security.babel import FsDomain

from webapp.tongue import tongue
from webapp.words import Words, lazy

# Its catalogues are named by country; without this it would speak English to four of our languages.
CATALOGUES = {"zh": "zh_Hans_CN", "fr": "fr_FR", "es": "es_ES", "ru": "ru_RU", "ar": "ar"}
# What people meet here and one of those catalogues lacks; marked, so that our own catalogues translate it.
GAPS: tuple[Words, ...] = (
    lazy(
        "If that email address is in our system, you will receive an email describing how to reset your password.",
    ),
    lazy(
        "Thank you. To confirm your email address %(email)s, please click on the link in the email we have just sent "
        "to you."
    ),
    lazy("You must sign in to view this resource."),
    lazy("You must reauthenticate to access this endpoint"),
    lazy("You successfully reset your password. Please authenticate using your new password."),
    lazy("You did not reset your password within %(within)s. "),
    lazy("You did not confirm your email within %(within)s. "),
    lazy("You successfully disabled two-factor authorization."),
    lazy("Your code has been confirmed"),
    lazy("Invalid code"),
    lazy("Recovery code invalid"),
    lazy("Recovery Code"),
    lazy("Value entered is not valid for the field"),
    lazy("Passkey operations must be completed within %(within)s. Please start over."),
    lazy("%(name)s is already associated with a passkey."),
    lazy("Successfully deleted the passkey with name: %(name)s"),
    lazy("Successfully added the passkey with name: %(name)s"),
)

# Said in our own words where they are translated, since its own are hard to understand.
PLAINER: dict[str, Words] = {
    "Authentication failed - identity or password/passcode invalid": lazy(
        "This e-mail address and this password do not go together. Check both, and whether capitals are on."
    ),
}


class SecurityWords(FsDomain):
    """The texts of the log-in, reset and confirmation pages."""

    def get_translations(self) -> Any:
        """Return the catalogue for the reader, read once."""
        language = tongue().language
        if language not in self.cache:
            self.cache[language] = self._load(CATALOGUES.get(language))
        return self.cache[language]

    def _load(self, catalogue: str | None) -> NullTranslations:
        folder = self.translation_directories[0]
        return Translations.load(folder, [catalogue], self.domain[0]) if catalogue else NullTranslations()

    def gettext(self, string: str, **variables: Any) -> str:
        """Return our plainer words where they are translated, else its translation, else ours or English."""
        own = PLAINER[string].text if string in PLAINER else string
        ours = str(gettext(own, **variables))
        is_ours = own != string and ours != _filled(own, variables)
        words = str(super().gettext(string, **variables))
        return ours if is_ours or words == _filled(string, variables) else words


def _filled(text: str, variables: dict[str, Any]) -> str:
    return text % variables if variables else text
