"""The reader's language: six, chosen by the reader, else by the browser; and the words of services in it."""

from __future__ import annotations

from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, gettext
from flask_babel import get_locale as current_locale

from webapp.config import LANGUAGES
from webapp.security_words import SecurityWords
from webapp.words import Words

LANGUAGE_COOKIE = "language"


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
