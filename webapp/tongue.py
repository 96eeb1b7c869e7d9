"""The language in which a page is said: asked for a thousand times on a long page, so found out once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale
from flask import g
from flask_babel import Domain, force_locale, get_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from webapp.speech import customs

SAID = 5_000  # texts of templates, ready to print


@dataclass(frozen=True)
class Tongue:
    """The reader's language; `locale` is None outside a page."""

    locale: Locale | None
    language: str
    customs: Locale  # by which days and numbers are written
    catalogue: Any  # translations into it


class PageWords(Domain):
    """Our own texts in the language of the page."""

    def get_translations(self) -> Any:
        """Return the translations, looked up once for a page."""
        return tongue().catalogue


_DOMAIN = Domain()  # keeps the catalogues
_here = g._get_current_object  # what `g` stands for: a page asks hundreds of times, and the way through `g` is long


def tongue() -> Tongue:
    """Return the language of this page."""
    try:
        here = _here()
    except RuntimeError:  # outside of any page
        return _found()
    kept: Tongue | None = getattr(here, "tongue", None)
    if kept is None:
        kept = here.tongue = _found()
    return kept


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in another language for a while."""
    before = g.pop("tongue", None)
    try:
        with force_locale(language):
            yield
    finally:
        g.tongue = before


@pass_eval_context
def said(context: EvalContext, text: str, **values: Any) -> str:
    """Return a text of a template, which is our own, in the language of the page; its values are escaped."""
    words = tongue().catalogue.ugettext(text)
    if not context.autoescape:
        return str(words % values)
    return _ready(words) if not values else Markup(words) % values  # noqa: S704  # nosec B704


@pass_eval_context
def said_of(context: EvalContext, one: str, many: str, number: int, **values: Any) -> str:
    """Return a text about a number; `num` in it is the number."""
    words = tongue().catalogue.ungettext(one, many, number)
    values.setdefault("num", number)
    return (Markup(words) if context.autoescape else words) % values  # noqa: S704  # nosec B704


def gettext(text: str, **values: Any) -> str:
    """Return a text in the language of the page; Flask-Babel's own takes several times as long to find it out."""
    words = str(tongue().catalogue.ugettext(text))
    return words % values if values else words


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """Return a text about a number; `num` in it is the number."""
    return str(tongue().catalogue.ungettext(one, many, num) % {"num": num, **values})


@lru_cache(maxsize=SAID)
def _ready(words: str) -> Markup:
    return Markup(words) % {}  # noqa: S704  # nosec B704


def _found() -> Tongue:
    locale = get_locale()
    language = str(locale or "en")
    return Tongue(locale, language, customs(language), _DOMAIN.get_translations())
