"""Column names, and the way from frames of text to records; errors name row, column and remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from matching import cells
from matching.records import MODES, AskedSkill, Assignment, Hours, Volunteer, Window
from matching.reference import Reference

MATCH_COLUMNS = (
    "assignment_id",
    "volunteer_id",
    "rank",
    "status",
    "score",
    "band",
    "missing",
    "reasons",
    "changes",
)
EXPERIENCE_LEVELS = {"newcomer": 1, "experienced": 2, "specialist": 3}
# A host that states neither a level nor an experience level asks for no more than a beginner.
LEAST_LEVEL = 1
FIRST_DATA_ROW = 2
Reader = Callable[[str, Reference], Any]


@dataclass(frozen=True)
class Problem:
    """One cell that cannot be read: the row counts as a spreadsheet counts, with the header as row 1."""

    table: str
    row: int
    column: str
    value: str
    remedy: str

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "..."
        return f"{self.table}, row {self.row}, column {self.column}: {shown!r} cannot be read: {self.remedy}"


class SchemaError(ValueError):
    """A table cannot be read; `problems` names every cell at fault."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


def _countries(cell: str, reference: Reference) -> tuple[str, ...]:
    return cells.read_list(cell, lambda item: cells.read_code(item, reference.countries, "countries.csv"))


def _skills(cell: str, reference: Reference) -> tuple[str, ...]:
    return cells.read_list(cell, lambda item: cells.read_code(item, reference.skills, "skills.csv"))


def _country(cell: str, reference: Reference) -> str:
    return cells.read_code(cell, reference.countries, "countries.csv") if cell.strip() else ""


def _asked_skills(cell: str, reference: Reference) -> tuple[AskedSkill, ...]:
    return cells.read_list(cell, lambda item: _asked_skill(item, reference))


def _asked_skill(item: str, reference: Reference) -> AskedSkill:
    code, colon, level = item.partition(":")
    # Level 0 stands for "not named" until the experience level of the same row is known.
    return AskedSkill(
        cells.read_code(code, reference.skills, "skills.csv"), cells.read_skill_level(level) if colon else 0
    )


def _text(cell: str, _reference: Reference) -> str:
    return cell.strip()


def _plain(reader: Callable[[str], Any]) -> Reader:
    return lambda cell, _reference: reader(cell)


def _list_of(reader: Callable[[str], Any]) -> Reader:
    return lambda cell, _reference: cells.read_list(cell, reader)


def _modes(cell: str, _reference: Reference) -> tuple[str, ...]:
    return cells.read_list(cell, lambda item: cells.read_word(item, MODES))


_FLAG, _WHOLE, _DATE = _plain(cells.read_flag), _plain(cells.read_whole), _plain(cells.read_date)
_CLOCK, _ZONE = _plain(cells.read_clock), _plain(cells.read_time_zone)

# Columns that stand in neither table (names, motivation, ...) are never read.
VOLUNTEER_COLUMNS: Mapping[str, Reader] = {
    "id": _text,
    "residence": _country,
    "consent_matching": _FLAG,
    "consent_abroad": _FLAG,
    "skills": lambda cell, ref: cells.read_list(cell, lambda item: cells.read_held_skill(item, ref.skills)),
    "licences": lambda cell, ref: cells.read_list(
        cell, lambda item: cells.read_licence(item, ref.skills, ref.countries)
    ),
    "languages": _list_of(cells.read_held_language),
    "countries": _countries,
    "routes": lambda cell, ref: cells.read_list(cell, lambda item: cells.read_code(item, ref.routes, "routes.csv")),
    "anywhere": _FLAG,
    "excluded": _countries,
    "no_go": _countries,
    "availability": _list_of(cells.read_window),
    "stay_min_weeks": _WHOLE,
    "stay_max_weeks": _WHOLE,
    "modes": _modes,
    "online_hours": _WHOLE,
    "online_from": _CLOCK,
    "online_to": _CLOCK,
    "time_zone": _ZONE,
    "causes": _list_of(cells.read_goal),
    "served": _countries,
    "experience": _text,
}
ASSIGNMENT_COLUMNS: Mapping[str, Reader] = {
    "id": _text,
    "title": _text,
    "tasks": _text,
    "expected_results": _text,
    "skills_text": _text,
    "skills_essential": _asked_skills,
    "skills_desirable": _asked_skills,
    "licensed_skills": _skills,
    "experience_level": lambda cell, _ref: cells.read_word(cell, EXPERIENCE_LEVELS),
    "languages": _list_of(cells.read_asked_language),
    "languages_helpful": _list_of(cells.read_language),
    "country": _country,
    "start_on": _DATE,
    "end_on": _DATE,
    "weeks": _WHOLE,
    "places_international": _WHOLE,
    "places_national": _WHOLE,
    "places_local": _WHOLE,
    "mode": lambda cell, _ref: cells.read_word(cell, (*MODES, "either"), blank="on_site"),
    "hours": _WHOLE,
    "online_from": _CLOCK,
    "online_to": _CLOCK,
    "time_zone": _ZONE,
    "sdg_targets": _list_of(cells.read_target_goal),
    "host_verified": _FLAG,
}
VOLUNTEER_REQUIRED = ("id", "consent_matching")
ASSIGNMENT_REQUIRED = ("id", "host_verified")


def parse_volunteers(frame: pd.DataFrame, reference: Reference) -> list[Volunteer]:
    """Read volunteers from a frame of text; SchemaError names every cell that cannot be read."""
    return _parse("volunteers", frame, reference, VOLUNTEER_COLUMNS, VOLUNTEER_REQUIRED, _volunteer)


def parse_assignments(frame: pd.DataFrame, reference: Reference) -> list[Assignment]:
    """Read assignments from a frame of text; SchemaError names every cell that cannot be read."""
    return _parse("assignments", frame, reference, ASSIGNMENT_COLUMNS, ASSIGNMENT_REQUIRED, _assignment)


def _parse(
    table: str,
    frame: pd.DataFrame,
    reference: Reference,
    columns: Mapping[str, Reader],
    required: tuple[str, ...],
    build: Callable[[dict[str, Any], Callable[[str, str], None]], Any],
) -> list[Any]:
    missing = [name for name in required if name not in frame.columns]
    if missing:
        raise SchemaError([Problem(table, 1, name, "", "add this column to the header") for name in missing])
    problems: list[Problem] = []
    records, seen = [], set()
    for row, texts in _rows(frame, columns):

        def refuse(column: str, remedy: str, row: int = row, texts: dict[str, str] = texts) -> None:
            problems.append(Problem(table, row, column, texts.get(column, ""), remedy))

        values = _read_row(texts, columns, reference, refuse)
        if not texts["id"].strip() or texts["id"].strip() in seen:
            refuse("id", "give every row an id of its own")
        seen.add(texts["id"].strip())
        # What hangs together between cells is judged only where each cell could be read.
        if values is not None:
            records.append(build(values, refuse))
    if problems:
        raise SchemaError(problems)
    return records


def _rows(frame: pd.DataFrame, columns: Mapping[str, Reader]) -> Iterator[tuple[int, dict[str, str]]]:
    present = [name for name in columns if name in frame.columns]
    lists = [frame[name].tolist() for name in present]
    for number, row in enumerate(zip(*lists, strict=True), start=FIRST_DATA_ROW):
        yield number, {name: cell if isinstance(cell, str) else "" for name, cell in zip(present, row, strict=True)}


def _read_row(
    texts: dict[str, str], columns: Mapping[str, Reader], reference: Reference, refuse: Callable[[str, str], None]
) -> dict[str, Any] | None:
    """Return the value of every column; None where a cell cannot be read and was refused."""
    values = {}
    for name, reader in columns.items():
        try:
            values[name] = reader(texts.get(name, ""), reference)
        except ValueError as error:
            refuse(name, str(error))
    return values if len(values) == len(columns) else None


def _volunteer(values: dict[str, Any], refuse: Callable[[str, str], None]) -> Volunteer:
    least, most = values["stay_min_weeks"], values["stay_max_weeks"]
    if least is not None and most is not None and most < least:
        refuse("stay_max_weeks", "the longest stay is shorter than the shortest one; correct one of them")
    values["hours"] = _hours(values, refuse)
    values["availability"] = merge_windows(values["availability"])
    return Volunteer(**values)


def _assignment(values: dict[str, Any], refuse: Callable[[str, str], None]) -> Assignment:
    start, end = values["start_on"], values["end_on"]
    if start is not None and end is not None and end < start:
        refuse("end_on", "the assignment ends before it starts; correct one of the dates")
    bound_to_place = values["mode"] != "online" or values["places_national"] or values["places_local"]
    if bound_to_place and not values["country"]:
        refuse("country", "name the country: work on site, and national or local places, need one")
    default = EXPERIENCE_LEVELS.get(values["experience_level"], LEAST_LEVEL)
    values["essential"] = _with_level(values.pop("skills_essential"), default)
    values["desirable"] = _with_level(values.pop("skills_desirable"), default)
    for kind in ("places_international", "places_national", "places_local"):
        values[kind] = values[kind] or 0
    values["goals"] = tuple(sorted(set(values.pop("sdg_targets"))))
    values["weekly_hours"] = values["hours"]
    values["hours"] = _hours(values, refuse)
    return Assignment(**values)


def _with_level(asked: tuple[AskedSkill, ...], default: int) -> tuple[AskedSkill, ...]:
    highest: dict[str, AskedSkill] = {}
    for skill in asked:
        one = AskedSkill(skill.code, skill.level or default, implied=not skill.level)
        before = highest.get(skill.code, one)
        highest[skill.code] = max(before, one, key=lambda asked: (asked.level, not asked.implied))
    return tuple(highest.values())


def _hours(values: dict[str, Any], refuse: Callable[[str, str], None]) -> Hours | None:
    start, end, zone = values.pop("online_from"), values.pop("online_to"), values.pop("time_zone")
    if (start is None) != (end is None):
        refuse("online_to" if end is None else "online_from", "write both ends of the hours, or leave both blank")
    # Times of day without a place whose clock they follow say nothing: not known.
    return Hours(start, end, zone) if start is not None and end is not None and zone else None


def merge_windows(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """Join windows that overlap or follow one another without a free day between; sorted by start."""
    merged: list[Window] = []
    for window in sorted(windows, key=lambda one: (one.start, one.end)):
        if merged and window.start.toordinal() <= merged[-1].end.toordinal() + 1:
            merged[-1] = replace(merged[-1], end=max(merged[-1].end, window.end))
        else:
            merged.append(window)
    return tuple(merged)
