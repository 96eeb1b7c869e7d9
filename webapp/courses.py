"""Reads the courses of `data/training`: modules with pages, cases and a quiz, in the reader's language or English."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from webapp.config import LANGUAGES, ROOT

FOLDER = ROOT / "data" / "training"
ORIGINAL = "en"  # every module has it; the other languages say the same, or are missing


class CourseError(ValueError):
    """A file of a course cannot be read; the text names the file, the place, and what is wrong there."""


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list with more than one line."""

    lines: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True)
class Page:
    """A few paragraphs under a heading; of a case, `weighs` are the points that a good answer weighs."""

    title: str
    blocks: tuple[Block, ...]
    question: str = ""
    weighs: tuple[str, ...] = ()

    @property
    def is_case(self) -> bool:
        """Whether it is a story with a question."""
        return bool(self.question)


@dataclass(frozen=True)
class Option:
    """One answer that a question offers, and why it is right or not."""

    code: str
    text: str
    reason: str
    is_right: bool


@dataclass(frozen=True)
class Question:
    """One question of a quiz; one option is right."""

    code: str
    text: str
    options: tuple[Option, ...]

    @property
    def right(self) -> str:
        """Return the code of the right option."""
        return next(option.code for option in self.options if option.is_right)

    def option(self, code: str) -> Option | None:
        """Return the option with this code."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class Module:
    """One module in one language; `language` is that of its text, which may not be the reader's."""

    code: str
    language: str
    title: str
    about: str
    pages: tuple[Page, ...]  # the pages first, then the cases
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Course:
    """A version of a course in the reader's language as far as it is written."""

    code: str
    version: int
    title: str
    modules: tuple[Module, ...]

    def module(self, code: str) -> Module | None:
        """Return the module with this code."""
        return next((module for module in self.modules if module.code == code), None)


@cache
def read_course(code: str, language: str = ORIGINAL, folder: Path = FOLDER) -> Course:
    """Return the course `code`; a module that is not written in `language` comes in English."""
    place = folder / code / "course.toml"
    cells = _cells(place)
    titles = _get(place, cells, "title", dict)
    modules = tuple(_module(folder / code, name, language) for name in _get(place, cells, "modules", list))
    return Course(code, _get(place, cells, "version", int), titles.get(language, titles[ORIGINAL]), modules)


def _module(folder: Path, code: str, language: str) -> Module:
    """Read a module; a translation has to ask the same questions and offer the same options."""
    original = _read_module(folder / f"{code}.{ORIGINAL}.toml", code, ORIGINAL)
    place = folder / f"{code}.{language}.toml"
    if language == ORIGINAL or language not in LANGUAGES or not place.exists():
        return original
    module = _read_module(place, code, language)
    if _shape(module) != _shape(original):
        raise CourseError(f"{place.name}: pages, questions, options and right answers differ from the English file")
    return module


def _shape(module: Module) -> tuple[Any, ...]:
    questions = [(one.code, one.right, [option.code for option in one.options]) for one in module.questions]
    return [page.is_case for page in module.pages], questions


def _read_module(place: Path, code: str, language: str) -> Module:
    cells = _cells(place)
    pages = [_page(place, one) for one in _get(place, cells, "page", list)]
    cases = [_case(place, one) for one in _get(place, cells, "case", list)]
    questions = tuple(_question(place, one) for one in _get(place, cells, "question", list))
    if len({one.code for one in questions}) < len(questions):
        raise CourseError(f"{place.name}: two questions have the same code")
    title, about = _get(place, cells, "title", str), _get(place, cells, "about", str)
    return Module(code, language, title, about, (*pages, *cases), questions)


def _page(place: Path, cells: dict[str, Any]) -> Page:
    return Page(_get(place, cells, "title", str), _blocks(_get(place, cells, "text", str)))


def _case(place: Path, cells: dict[str, Any]) -> Page:
    page = _page(place, cells)
    weighs = tuple(_get(place, cells, "weighs", list))
    return Page(page.title, page.blocks, _get(place, cells, "question", str), weighs)


def _question(place: Path, cells: dict[str, Any]) -> Question:
    code = _get(place, cells, "code", str)
    options = tuple(_option(place, code, one) for one in _get(place, cells, "option", list))
    if sum(option.is_right for option in options) != 1:
        raise CourseError(f"{place.name}: question {code} needs one right option")
    if len({option.code for option in options}) < len(options):
        raise CourseError(f"{place.name}: two options of question {code} have the same code")
    return Question(code, _get(place, cells, "text", str), options)


def _option(place: Path, question: str, cells: dict[str, Any]) -> Option:
    take: Callable[[str], str] = lambda name: _get(place, cells, name, str, f"question {question}, ")  # noqa: E731
    return Option(take("code"), take("text"), take("reason"), cells.get("right") is True)


def _blocks(text: str) -> tuple[Block, ...]:
    """Read paragraphs, which a blank line divides; one whose lines begin with `- ` is a list."""
    found = []
    for part in text.strip().split("\n\n"):
        lines = [line.strip() for line in part.splitlines()]
        is_list = all(line.startswith("- ") for line in lines)
        found.append(Block(tuple(line[2:] for line in lines), True) if is_list else Block((" ".join(lines),)))
    return tuple(found)


def _cells(place: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CourseError(f"{place.name} is missing in {place.parent.name}") from None
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{place.name}: {error}") from None


def _get(place: Path, cells: dict[str, Any], name: str, kind: type, where: str = "") -> Any:
    """Return the cell `name`; it must be there, of this kind and not blank."""
    value = cells.get(name)
    if not isinstance(value, kind) or not value:
        raise CourseError(f"{place.name}: {where}{name} is missing, blank or no {kind.__name__}")
    return value
