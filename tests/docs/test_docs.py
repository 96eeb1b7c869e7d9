"""The documents say what is: links lead to files, commands exist, numbers and states are those of the code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from matching import DEFAULT_WEIGHTS, ELIGIBILITY_CODES, NEUTRAL_VALUES, Reference
from matching.criteria import build_criteria
from webapp.cli import main as manage
from webapp.models import (
    Application,
    Assignment,
    Bar,
    BarAppeal,
    BarLikeness,
    Base,
    HeldStay,
    HelpCall,
    Host,
    HostSuspension,
    Incident,
    Report,
    RollCall,
)
from webapp.models import Reference as RefereeReference
from webapp.services.imports.columns import COLUMNS
from webapp.services.moves import MOVES

ROOT = Path(__file__).resolve().parents[2]
IGNORED = {".venv", "var", "node_modules", ".git"}
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)\s]+)\)")
ROW = re.compile(r"^\|(.+)\|$", re.MULTILINE)
RUN = re.compile(r"\./run(?:[ \t]+([a-z][a-z-]*))?(?:[ \t]+([a-z][a-z-]*))?")


def documents() -> list[Path]:
    """Return the project's documents."""
    found = (path for path in ROOT.rglob("*.md") if not IGNORED.intersection(path.relative_to(ROOT).parts))
    return sorted(found)


def text_of(name: str) -> str:
    """Return a document without what stands between ``` lines."""
    return re.sub(r"^```.*?^```$", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """Return the anchors that headings give, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def rows(text: str) -> list[list[str]]:
    """Return the cells of every table row; a \\| inside a cell is no end of it."""
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)] for line in ROW.findall(text)]


def section(text: str, title: str) -> str:
    """Return what stands under a heading, to the next one of its own or a higher level."""
    found = re.search(rf"^(#+) {re.escape(title)}$(.*?)(?=^#{{1,3}} |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading {title!r}"
    return found[2]


def flat(constants: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield constants by dotted names: a table's entries by key, a list's by position."""
    for name, value in constants.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{before}{name}.")
        elif isinstance(value, tuple):
            yield from flat({str(place): one for place, one in enumerate(value)}, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file(path: Path) -> None:
    for link in LINK.findall(path.read_text(encoding="utf-8")):
        name, _, anchor = unquote(link).partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), f"{path.name}: {link}"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{path.name}: {link}"


def test_readme_is_found_and_has_pictures() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]+)\]\((docs/pictures/[^)]+\.png)\)", readme)
    placed = re.findall(r'<img src="(docs/pictures/[^"]+\.png)" alt="([^"]+)"', readme)
    pictures = {name: words for words, name in shown} | dict(placed)
    assert set(pictures) == {f"docs/pictures/{path.name}" for path in (ROOT / "docs" / "pictures").iterdir()}
    for name, words in pictures.items():
        assert len(words) > 20, f"{name} needs words for those who do not see it"
        assert (ROOT / name).stat().st_size < 120_000


def test_every_command_of_the_documents_exists() -> None:
    usage = (ROOT / "run").read_text(encoding="utf-8").split("TEXT")[1]
    known = set(re.findall(r"^  \./run ([a-z]+)", usage, re.MULTILINE)) | {"help"}
    named = [(path, *found) for path in documents() for found in RUN.findall(path.read_text(encoding="utf-8"))]
    assert len(named) > 5
    for path, command, sub in named:
        assert not command or command in known, f"{path.name}: ./run {command}"
        if command == "manage" and sub:
            assert sub in manage.commands, f"{path.name}: ./run manage {sub}"


def test_weights_and_neutral_values_are_those_of_the_code() -> None:
    table = rows(section(text_of("docs/matching.md"), "Weights and neutral values"))
    told = {name: (float(points), float(neutral)) for name, points, neutral in table[2:]}
    assert told == {name: (round(100 * weight, 9), NEUTRAL_VALUES[name]) for name, weight in DEFAULT_WEIGHTS.items()}


@pytest.mark.parametrize("name", DEFAULT_WEIGHTS)
def test_the_numbers_of_a_criterion_are_those_of_the_code(name: str) -> None:
    criterion = next(one for one in build_criteria(Reference.load(), NEUTRAL_VALUES) if one.name == name)
    known = dict(flat(criterion.constants()))
    text = section(text_of("docs/matching.md"), name.capitalize())
    table = [row for row in rows(text) if len(row) == 3 and row[2].startswith("`")]
    assert table
    for _words, value, constant in table:
        assert float(value) == known[constant.strip("`")], constant


def test_every_rule_is_told() -> None:
    told = [row[0].strip("`") for row in rows(section(text_of("docs/matching.md"), "Rules")) if row[0].startswith("`")]
    assert told == list(dict.fromkeys(told))
    assert set(told) == set(ELIGIBILITY_CODES)


def test_every_proof_is_a_test() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "matching").glob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", text_of("docs/matching.md"))
    assert len(named) >= 6
    for name in named:
        assert f"def {name}(" in sources


KINDS = [Assignment, Application, Host, RefereeReference, Report, HelpCall, Incident]
KINDS += [HostSuspension, HeldStay, Bar, BarAppeal, BarLikeness, RollCall]


@pytest.mark.parametrize("kind", KINDS)
def test_states_are_those_of_the_code(kind: type[Base]) -> None:
    text = section(text_of("docs/architecture.md"), "States")
    part = text.split(f"**{kind.__name__}**")[1].split("**")[0]
    told = {row[0].strip("`"): set(re.findall(r"`(\w+)`", row[1])) for row in rows(part)[2:]}
    assert told == {state: set(following) for state, following in MOVES[kind].items()}


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_column_of_lists_is_told(kind: str) -> None:
    titles = {"volunteers": "Volunteers", "hosts": "Host organizations", "assignments": "Assignments"}
    told = set(re.findall(r"`(\w+)`", section(text_of("docs/lists.md"), titles[kind])))
    assert told == {column.name for column in COLUMNS[kind]}


def test_paths_named_in_architecture_exist() -> None:
    named = re.findall(r"`((?:webapp|matching|tests|data|docs|migrations)/[\w/.-]+)`", text_of("docs/architecture.md"))
    assert len(named) > 15
    for name in named:
        assert (ROOT / name).exists(), name
