"""The reader's language: six, chosen by the reader, else by the browser; and the words of services in it."""

from __future__ import annotations

from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, gettext
from flask_babel import get_locale as current_locale
from flask_security.babel import FsDomain

from webapp.config import LANGUAGES
from webapp.words import Words

LANGUAGE_COOKIE = "language"
# Flask-Security names its catalogues by country; without this it would speak English to four of our languages.
CATALOGUES = {"zh": "zh_Hans_CN", "fr": "fr_FR", "es": "es_ES", "ru": "ru_RU", "ar": "ar"}


class SecurityWords(FsDomain):
    """Flask-Security's own texts in the reader's language."""

    def get_translations(self) -> Any:
        """Return the catalogue for the reader, read once."""
        language = str(current_locale() or "en")
        if language not in self.cache:
            self.cache[language] = self._load(CATALOGUES.get(language))
        return self.cache[language]

    def _load(self, catalogue: str | None) -> NullTranslations:
        folder = self.translation_directories[0]
        return Translations.load(folder, [catalogue], self.domain[0]) if catalogue else NullTranslations()


def register_i18n(app: Flask) -> None:
    """Choose the language per request and tell templates the direction of its script."""
    Babel(app, locale_selector=_choose, default_translation_directories="translations")
    security = app.extensions["security"]
    security.i18n_domain = SecurityWords(app)
    app.jinja_env.globals["_fsdomain"] = security.i18n_domain.gettext
    app.context_processor(_for_templates)
    app.jinja_env.filters["words"] = translate


def translate(words: Words | str) -> str:
    """Return the words of a service in the reader's language."""
    return str(gettext(words.text, **words.values)) if isinstance(words, Words) else words


def _choose() -> str:
    """Return the chosen language: the reader's own word, the account's, the browser's, English."""
    if not has_request_context():
        return "en"
    account = g.get("account")
    for choice in (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE), account and account.locale):
        if choice in LANGUAGES:
            return str(choice)
    return request.accept_languages.best_match(list(LANGUAGES), default="en") or "en"


def _for_templates() -> dict[str, object]:
    locale = current_locale()
    return {
        "current_locale": locale,
        "text_direction": locale.text_direction if locale else "ltr",
        "languages": list(LANGUAGES.items()),
        "mode": current_app.extensions["config"].mode,
    }
