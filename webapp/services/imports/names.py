"""Names that people write, in six languages, to the codes of the reference tables."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from babel import Locale

from webapp import vocabulary
from webapp.config import LANGUAGES
from webapp.services.imports.guessing import fold


def country(text: str) -> str | None:
    """Return the code for a code in capitals, a name or an older name; None where it is no single country."""
    written = text.strip()
    if len(written) in (2, 3) and written.isascii():  # "no" is an answer, "NO" is Norway
        return vocabulary.reference().country_code(written) if written.isupper() else None
    known = _countries()
    return vocabulary.reference().country_code(written) or known.get(fold(written).removeprefix("the "))


def language(text: str) -> str | None:
    """Return the language code for a code or a name; None where it is no single language."""
    code = text.strip().split("-")[0].lower()
    if code in vocabulary.reference().languages:
        return code
    return _languages().get(fold(text))


def skill(text: str) -> str | None:
    """Return the skill code for a code, a label in any of the six languages, or an English synonym."""
    code = text.strip().upper()
    return code if code in vocabulary.reference().skills else _skills().get(fold(text))


def sector(text: str) -> str | None:
    """Return the sector's code for a code or label."""
    code = text.strip().lower()
    return code if code in vocabulary.reference().sectors else _sectors().get(fold(text))


def route(text: str) -> str | None:
    """Return the route's id for an id or a name in any of the six languages."""
    code = text.strip().lower()
    return code if code in vocabulary.reference().routes else _routes().get(fold(text))


@cache
def _countries() -> dict[str, str]:
    tables = vocabulary.reference()
    pairs = [(name, code) for code, one in tables.countries.items() for name in (one.name_en, *one.aliases)]
    for tongue in LANGUAGES:
        territories = Locale.parse(tongue).territories
        pairs += [(territories[code], code) for code in tables.countries if code in territories]
    return _first_wins((name.removeprefix("The "), code) for name, code in pairs)


@cache
def _languages() -> dict[str, str]:
    tables = vocabulary.reference()
    pairs = [(one.name_en, code) for code, one in tables.languages.items()]
    for tongue in LANGUAGES:
        spoken = Locale.parse(tongue).languages
        pairs += [(spoken[code], code) for code in tables.languages if code in spoken]
    return _first_wins(pairs)


@cache
def _skills() -> dict[str, str]:
    skills = vocabulary.reference().skills.values()
    labels = [(one.label(tongue), one.code) for one in skills for tongue in LANGUAGES]
    return _first_wins(labels + [(name, one.code) for one in skills for _, name in one.names()])


@cache
def _sectors() -> dict[str, str]:
    sectors = vocabulary.reference().sectors
    return _first_wins((term.label(tongue), code) for code, term in sectors.items() for tongue in LANGUAGES)


@cache
def _routes() -> dict[str, str]:
    routes = vocabulary.reference().routes.values()
    return _first_wins((one.name(tongue), one.id) for one in routes for tongue in LANGUAGES)


def _first_wins(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    known: dict[str, str] = {}
    for name, code in pairs:
        if fold(name):
            known.setdefault(fold(name), code)
    return known
