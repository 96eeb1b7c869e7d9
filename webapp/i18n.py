"""The reader's language: six, chosen by the reader, else by the browser; and the words of services in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, to_user_timezone
from markupsafe import Markup, escape

from webapp import vocabulary
from webapp.config import LANGUAGES
from webapp.match_bar import Piece, drawn, of_kind, pieces
from webapp.option_lists import options
from webapp.reason_words import CRITERIA
from webapp.security_words import SecurityWords
from webapp.speech import say
from webapp.state_words import pill_of, tab_of
from webapp.tongue import PageWords, gettext, said, said_of, tongue
from webapp.words import Words, lazy
from webapp.written_lists import tongue_buttons, why

LANGUAGE_COOKIE = "language"
LONG = 120  # minutes, from which on hours are said
SAID = 5_000  # days and numbers in words that are kept


def register_i18n(app: Flask) -> None:
    """Choose the language per request and tell templates the direction of its script."""
    babel = Babel(app, locale_selector=_choose, default_translation_directories="translations")
    babel.domain_instance = PageWords()
    security = app.extensions["security"]
    security.i18n_domain = SecurityWords(app)
    app.jinja_env.globals["_fsdomain"] = security.i18n_domain.gettext
    app.context_processor(_for_templates)
    add_filters(app)
    app.jinja_env.globals.update(_=said, gettext=said, ngettext=said_of)


def add_filters(app: Flask) -> None:
    """Let templates write days, numbers and states as the reader does."""
    app.jinja_env.filters.update(words=translate, day=day, moment=moment, number=number, decimals=decimals)
    app.jinja_env.filters.update(time_left=time_left)
    app.jinja_env.filters.update(file_size=file_size, countries=countries, state_pill=_state_pill, tab_words=_tab_words)
    app.jinja_env.filters.update(bar_pieces=pieces, bar=bar, criterion_name=criterion_name)
    app.jinja_env.filters.update(of_kind=of_kind, options=options, why=why, tongue_buttons=tongue_buttons)


def translate(words: Words | str) -> str:
    """Return the words of a service in the reader's language."""
    return say(words, tongue().language)


def day(value: date | None) -> str:
    """Return a day in the reader's own order, such as 1 Mar 2027; blank where there is none."""
    if value is None:
        return ""
    local = to_user_timezone(value).date() if isinstance(value, datetime) else value
    return _day_in(local, tongue().customs)


def moment(value: datetime | None) -> str:
    """Return a day with hour and minute; blank where there is none."""
    if not value:
        return ""
    return f"{day(value)}, {format_datetime(to_user_timezone(value), 'HH:mm', locale=tongue().customs)}"


def isolated(text: str) -> str:
    """Return a text in marks that keep its direction from turning the sentence around it."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def number(value: float) -> str:
    """Return a number as the reader writes it."""
    return _number_in(value, None, tongue().customs)


def time_left(seconds: int) -> str:
    """Return roughly how long something will take: in minutes, or in hours where it takes many of them."""
    minutes = max(-(-seconds // 60), 1)
    time, unit = (minutes, "minute") if minutes < LONG else (round(minutes / 60), "hour")
    return gettext("about %(time)s left", time=format_unit(time, f"duration-{unit}", locale=tongue().customs))


def decimals(value: float, pattern: str) -> str:
    """Return a number in the reader's digits, as many of them as the pattern asks for."""
    return _number_in(value, pattern, tongue().locale)


# A list says the same few days and numbers again and again, and Babel takes long over each.
@lru_cache(maxsize=SAID)
def _day_in(value: date, customs_of: Locale) -> str:
    return format_date(value, "medium", customs_of)


@lru_cache(maxsize=SAID)
def _number_in(value: float, pattern: str | None, customs_of: Locale) -> str:
    return format_decimal(value, pattern, customs_of)


def criterion_name(code: str) -> str:
    """Return the name of a criterion in the reader's language."""
    return translate(CRITERIA[code])


def bar(parts: Sequence[Piece], score: float, thin: bool = False) -> Markup:
    """Return the bar of a match, which says in words what it shows."""
    kind, words = "bar thin" if thin else "bar", escape(bar_words(parts, score))
    start = f'<svg class="{kind}" role="img" aria-label="{words}" focusable="false">'
    return Markup(f"{start}\n{drawn(parts, thin)}</svg>")  # noqa: S704  # nosec B704


def bar_words(parts: Sequence[Piece], score: float) -> str:
    """Return what the bar of a match shows, for who cannot see it."""
    language = tongue().language
    told = [_piece_in(one.code, one.contribution, one.possible, language) for one in parts]
    return " ".join([_whole_in(score, language), *told])


# One list shows dozens of bars, most of whose pieces are alike. By the language alone: a locale is slow to compare.
@lru_cache(maxsize=SAID)
def _piece_in(code: str, contribution: float, possible: float, language: str) -> str:
    points, most = (decimals(value, "0.#") for value in (contribution, possible))
    words = lazy("%(name)s %(points)s of %(possible)s", name=CRITERIA[code], points=points, possible=most)
    return say(words, language) + ("" if code == "interests" else ";")


@lru_cache(maxsize=SAID)
def _whole_in(score: float, language: str) -> str:
    return say(lazy("%(score)s of 100", score=decimals(score, "0")), language) + ":"


def _state_pill(code: str) -> tuple[str, str]:
    words, kind = pill_of(code)
    return translate(words), kind


def _tab_words(code: str) -> str:
    return translate(tab_of(code))


def file_size(value: int) -> str:
    """Return bytes in megabytes, or gigabytes from the first on, as the reader writes them."""
    unit, size = ("gigabyte", 1024**3) if value >= 1024**3 else ("megabyte", 1024**2)
    return format_unit(round(value / size, 1), f"digital-{unit}", "short", locale=tongue().customs)


def countries(codes: Sequence[str]) -> str:
    """Return countries by name, in the reader's language and order."""
    language = tongue().language
    names = sorted(vocabulary.country_name(code, language) for code in codes)
    return format_list(names, "unit", locale=language)


def _choose() -> Locale:
    return _locale(_chosen())


@cache
def _locale(language: str) -> Locale:
    """Return one of the six as Flask-Babel wants it, which would read its name anew for each page."""
    return Locale.parse(language)


def _chosen() -> str:
    """Return the chosen language: the reader's own word, the account's, the browser's, English."""
    if not has_request_context():
        return "en"
    account = g.get("account")
    for choice in (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE), account and account.locale):
        if choice in LANGUAGES:
            return str(choice)
    return request.accept_languages.best_match(list(LANGUAGES), default="en") or "en"


def _for_templates() -> dict[str, object]:
    locale = tongue().locale
    return {
        "current_locale": locale,
        "text_direction": locale.text_direction if locale else "ltr",
        "languages": list(LANGUAGES.items()),
        "mode": current_app.extensions["config"].mode,
    }
