"""The options of a select, written at once: there are two hundred languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape
from wtforms.fields import SelectChoice
from wtforms.widgets import Select, html_params

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


class KeptSelect(Select):
    """A select whose options are the same for all: WTForms takes long ways to write each of them for every page."""

    def __init__(self, written: Callable[[Any], Markup]) -> None:
        super().__init__()
        self._written = written

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        """Return the field with its options."""
        required = {"required": True} if field.flags.required else {}
        told = html_params(name=field.name, **{"id": field.id, **required, **attributes})
        return Markup("<select {}>{}</select>").format(Markup(told), self._written(field.data))  # noqa: S704  # nosec B704


def grouped(choices: Iterable[SelectChoice], chosen: Any) -> Markup:
    """Return the options of choices with their groups."""
    found = Markup()
    for name, some in groupby(choices, key=lambda one: one.optgroup):
        lines = Markup().join(_option(one.value, one.label, one.value == chosen) for one in some)
        found += lines if name is None else Markup('<optgroup label="{}">{}</optgroup>').format(name, lines)
    return found
