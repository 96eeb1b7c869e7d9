"""One row of a list as values in our form: columns joined, constants filled in, dates moved, each of it marked."""

from __future__ import annotations

from webapp.services.imports import abilities, cells
from webapp.services.imports.columns import COLUMNS, Column
from webapp.services.imports.context import Context
from webapp.services.imports.findings import Problem, Row
from webapp.services.imports.plan import Plan
from webapp.services.imports.unreadable import Unreadable
from webapp.services.spreadsheets import tidy
from webapp.words import lazy

MOVED = ("plan_date", "windows")  # readers of dates that a shift moves: plans, never what happened
_LEVELS = {"skills": "skill_level", "languages": "language_level"}
_NAMES = {kind: frozenset(column.name for column in columns) for kind, columns in COLUMNS.items()}
NAMED_BY = {"volunteers": "full_name", "hosts": "name", "assignments": "title"}


def read_row(
    kind: str, number: int, line: dict[str, str], plan: Plan, context: Context, before: dict[str, str], file_name: str
) -> Row:
    """Read the columns that the plan names; `before` holds what the service has, which is always readable."""
    row = Row(number)
    row.name = _joined(plan, NAMED_BY[kind], line)
    context = _with_levels(kind, row, line, plan, context)
    for column in COLUMNS[kind]:
        if column.only_in and column.reader != "plan_date":
            continue
        if column.name in plan.columns or column.name in plan.constants:
            _read_cell(row, column, line, plan, context, before, file_name)
        elif column.is_needed and not before:
            row.fault(column.name, column.name, lazy("Choose which of your columns this is, or state it for all rows."))
    if kind == "volunteers":
        _join_availability(row, plan)
    row.id = row.values.get("id", "")
    row.name = row.values.get(NAMED_BY[kind]) or row.name or _hint(plan, line)
    return row


def _hint(plan: Plan, line: dict[str, str]) -> str:
    """Return what a row without a name says of itself, so that people find it again."""
    said = (_joined(plan, name, line) for name in ("email", "sector", "country", "residence"))
    return ", ".join(text for text in said if text)[:120]


def heading(plan: Plan, name: str) -> str:
    """Return what the office calls one of our columns."""
    return " + ".join(source.column for source in plan.columns.get(name, ())) or name


def _read_cell(
    row: Row, column: Column, line: dict[str, str], plan: Plan, context: Context, before: dict[str, str], file_name: str
) -> None:
    name = column.name
    found = _joined(plan, name, line)
    written = plan.values.get(name, {}).get(found, found)
    if not written and name in plan.constants:
        written = tidy(plan.constants[name])
        row.assumed[name] = f"the same for all rows of {file_name}"
    if name in before and written and written == before[name] and column.reader not in MOVED:
        row.values[name] = written
        return
    if not written:
        row.values[name] = {"count": "0"}.get(column.reader, "")
        if column.is_needed:
            row.problems.append(Problem(heading(plan, name), name, found, lazy("This must not be blank. Write it.")))
        return
    _keep(row, column, written, found, plan, context, file_name)


def _keep(row: Row, column: Column, written: str, found: str, plan: Plan, context: Context, file_name: str) -> None:
    name, level = column.name, _LEVELS.get(column.name, "")
    try:
        stated = _read_stated(column, written, level, context)
        if stated is None:
            stated = cells.read(column.reader, written, context)
            if level in plan.constants:
                word = context.level(level)
                row.assumed[name] = f"level {word} where the list names none, the same for all rows of {file_name}"
    except Unreadable as fault:
        row.problems.append(Problem(heading(plan, name), name, found or written, fault.words))
        return
    row.values[name] = stated
    if column.reader in MOVED and context.shift_years and name not in row.assumed:
        row.assumed[name] = f"moved by {context.shift_years:+} years from {found or written} in {file_name}"


def _read_stated(column: Column, written: str, level: str, context: Context) -> str | None:
    """Return what the cell says by itself; None where it needs the level that is stated beside it."""
    if not level or not context.level(level):
        return cells.read(column.reader, written, context)
    try:
        return cells.read(column.reader, written, context.with_level(level, ""))
    except Unreadable:
        return None


def _joined(plan: Plan, name: str, line: dict[str, str]) -> str:
    """Return the text of their columns that make ours; blank ones are left out."""
    parts = []
    for source in plan.columns.get(name, ()):
        text = tidy(line.get(source.column, ""))
        if text:
            parts.append(f"{source.label}: {text}" if source.label else text)
    return "\n\n".join(parts)


def _with_levels(kind: str, row: Row, line: dict[str, str], plan: Plan, context: Context) -> Context:
    """Read the levels for skills and languages that name none, from a column or from what holds for all rows."""
    known = _NAMES[kind]
    for level, read in (("skill_level", None), ("language_level", abilities.cefr)):
        if level not in known:
            continue
        written = _joined(plan, level, line) or plan.constants.get(level, "")
        try:
            word = (read(written) if read else cells.read(level, written, context)) if written else ""
            context = context.with_level(level, word)
        except Unreadable as fault:
            row.problems.append(Problem(heading(plan, level), level, written, fault.words))
    return context


def _join_availability(row: Row, plan: Plan) -> None:
    """Make one window of the two columns "available from" and "available until"."""
    if not ({"available_from", "available_until"} & {*plan.columns, *plan.constants}):
        return
    start, end = row.values.pop("available_from", ""), row.values.pop("available_until", "")
    why = row.assumed.pop("available_from", "") or row.assumed.pop("available_until", "")
    row.assumed.pop("available_until", None)
    if row.problems and not (start and end):
        return
    if bool(start) != bool(end):
        name = "available_until" if start else "available_from"
        words = lazy("Write both days, from when and until when, or leave both blank.")
        row.problems.append(Problem(heading(plan, name), name, "", words))
    elif start and end < start:
        words = lazy("This time ends before it starts. Swap its dates.")
        row.problems.append(Problem(heading(plan, "available_until"), "available_until", end, words))
    else:
        windows = {*filter(None, row.values.get("availability", "").split("|")), *([f"{start}/{end}"] if start else [])}
        row.values["availability"] = "|".join(sorted(windows))
        if why:
            row.assumed["availability"] = why
