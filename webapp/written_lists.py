"""Small lists that stand many times on a page, or on each page, written at once, not word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from webapp.tongue import tongue


def why(texts: Iterable[Any], kind: str, sign: Markup) -> Markup:
    """Return sentences, or reasons, as a list of their kind with its sign; nothing where there are none."""
    lines = [f'<li class="{kind}">{sign}<span>{escape(getattr(one, "text", one))}</span></li>' for one in texts]
    return Markup(f'<ul class="why">{"".join(lines)}</ul>' if lines else "")  # noqa: S704  # nosec B704


def tongue_buttons(languages: Sequence[tuple[str, str]]) -> Markup:
    """Return a button for each language, with a mark at that of the page."""
    here = tongue()
    return _buttons(tuple(languages), here.language, here.locale and here.locale.language)


@lru_cache
def _buttons(languages: tuple[tuple[str, str], ...], *here: str | None) -> Markup:
    return Markup("\n  ").join(_button(code, name, code in here) for code, name in languages)


def _button(code: str, name: str, is_current: bool) -> Markup:
    mark = Markup(' aria-current="true"') if is_current else ""
    words = '<button type="submit" name="language" value="{}" lang="{}"{}>{}</button>'
    return Markup(words).format(code, code.replace("_", "-"), mark, name)  # noqa: S704  # nosec B704
