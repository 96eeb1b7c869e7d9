"""The options of a select, written at once: there are two hundred languages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from wtforms.widgets import Select

KEPT = 200  # lists of options


def options(choices: Iterable[tuple[Any, Any]], chosen: Any) -> Markup:
    """Return the options for some codes and their words; what is chosen but no code of them is not kept."""
    told = tuple((str(code), str(words)) for code, words in choices)
    return _written(told, next((code for code, _ in told if code == chosen), None))


@lru_cache(maxsize=KEPT)
def _written(choices: tuple[tuple[str, str], ...], chosen: str | None) -> Markup:
    return Markup().join(_option(code, words, code == chosen) for code, words in choices)


def _option(code: Any, words: Any, is_chosen: bool) -> Markup:
    mark = " selected" if is_chosen else ""
    return Markup(f'<option value="{escape(code)}"{mark}>{escape(words)}</option>')  # noqa: S704  # nosec B704


class PlainSelect(Select):
    """A select whose options have no attributes of their own, for which WTForms takes long ways."""

    @classmethod
    def render_option(cls, choice: Any, **_kwargs: Any) -> Markup:
        """Return one option."""
        return _option(choice.value, choice.label, choice.selected)
