"""Words in a language, with or without a page around them: jobs write letters to readers who are elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.support import NullTranslations, Translations

from webapp.words import Counted, Words

FOLDER = Path(__file__).parent / "translations"
ENGLISH = Locale("en", "GB")  # 1 Mar 2027: the day first, and no month in figures, which readers take both ways


def say(said: Any, language: str) -> str:
    """Return words, a day, a moment (UTC) or what else has a name, as a reader of `language` reads it."""
    if isinstance(said, Words):
        return _sentence(said, language)
    if isinstance(said, datetime):
        return f"{say(said.date(), language)}, {format_datetime(said, 'HH:mm', locale=customs(language))}"
    if isinstance(said, date):
        return str(format_date(said, "medium", customs(language)))
    return str(said(language) if callable(said) else said)


@cache
def customs(language: str) -> Locale:
    """Return the locale by which days and numbers are written; `en` alone would put the month first."""
    locale = Locale.parse(language, sep="_" if "_" in language else "-")
    return ENGLISH if locale.language == "en" else locale


def _sentence(words: Words, language: str) -> str:
    catalogue = _catalogue(language)
    if isinstance(words, Counted):
        text = catalogue.ngettext(words.text, words.many, words.number)
    else:
        text = catalogue.gettext(words.text) if words.text else ""  # an empty one has the catalogue's head
    values = {name: say(value, language) for name, value in words.values.items()}
    return str(text % values) if values else str(text)


@cache
def _catalogue(language: str) -> NullTranslations:
    """Return the translations into a language, the same that pages use; none for English."""
    return Translations.load(FOLDER, [language])
