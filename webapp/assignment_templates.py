"""Reads the templates of `data/templates`: the facts of a piece of work, and its texts in all languages with blanks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from webapp.config import LANGUAGES, ROOT
from webapp.services.coach import to_fill_in

FOLDER = ROOT / "data" / "templates"
# The texts that a template begins; what only the host can answer is none of them.
TEXTS = ("title", "tasks", "expected_results", "learning", "local_strengths", "plain_day", "handover")
_FACTS: dict[str, type] = {
    "sector": str,
    "essential": dict,
    "desirable": dict,
    "hours": int,
    "weeks": int,
    "supervision_hours": int,
    "contact_children": str,
    "sdg_targets": list,
}


class TemplateError(ValueError):
    """A template cannot be read; the text names the file, the place, and what is wrong there."""


@dataclass(frozen=True)
class Template:
    """A piece of work to start from: `essential` and `desirable` skills with their levels, `texts` by language."""

    code: str
    sector: str
    essential: Mapping[str, int]
    desirable: Mapping[str, int]
    hours: int  # a week
    weeks: int  # the shortest stay that usually works
    supervision_hours: int  # a week
    contact_children: str
    sdg_targets: tuple[str, ...]
    texts: Mapping[str, Mapping[str, str]]


@cache
def read_templates(folder: Path = FOLDER) -> Mapping[str, Template]:
    """Return all templates by their code, which is the name of the file."""
    return {place.stem: _read(place) for place in sorted(folder.glob("*.toml"))}


def _read(place: Path) -> Template:
    try:
        cells = tomllib.loads(place.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(f"{place.name}: {error}") from None
    facts = {name: _cell(place, cells, name, kind) for name, kind in _FACTS.items()}
    texts = {language: _texts(place, language, cells) for language in LANGUAGES}
    for language, said in texts.items():
        for name in TEXTS:
            if len(to_fill_in(said[name])) != len(to_fill_in(texts["en"][name])):
                raise TemplateError(f"{place.name}: {language}, {name} has other blanks than the English text")
    if extra := set(cells) - set(_FACTS) - set(LANGUAGES):
        raise TemplateError(f"{place.name}: {', '.join(sorted(extra))} is no part of a template")
    return Template(code=place.stem, texts=texts, **{**facts, "sdg_targets": tuple(facts["sdg_targets"])})


def _texts(place: Path, language: str, cells: dict[str, Any]) -> dict[str, str]:
    said = _cell(place, cells, language, dict)
    if extra := set(said) - set(TEXTS):
        raise TemplateError(f"{place.name}: {language}, {', '.join(sorted(extra))} is no text of a template")
    return {name: _cell(place, said, name, str, f"{language}, ").strip() for name in TEXTS}


def _cell(place: Path, cells: dict[str, Any], name: str, kind: type, where: str = "") -> Any:
    """Return the cell `name`; it must be there, of this kind and not blank."""
    value = cells.get(name)
    if not isinstance(value, kind) or not value:
        raise TemplateError(f"{place.name}: {where}{name} is missing, blank or no {kind.__name__}")
    return value
