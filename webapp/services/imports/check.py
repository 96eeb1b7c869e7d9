"""The dry run: every row read, found among what the VIO has, compared, and judged. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from webapp.models import Vio
from webapp.services.imports import check_assignment, check_host, check_volunteer, dates
from webapp.services.imports.columns import COLUMNS, Column
from webapp.services.imports.context import Context
from webapp.services.imports.findings import CHANGED, DUPLICATE, LEFT_OUT, NEW, UNCHANGED, WRONG, Checked, Row
from webapp.services.imports.known import Known, load
from webapp.services.imports.plan import LEAVE, SAME, Plan
from webapp.services.imports.reading import Table
from webapp.services.imports.rows import heading, read_row
from webapp.services.list_rows import OURS
from webapp.words import Words, lazy

DATES = ("plan_date", "past_date", "windows", "licences")
_JUDGES = {
    "volunteers": check_volunteer.judge,
    "hosts": check_host.judge,
    "assignments": check_assignment.judge,
}
# Lists in which the order of the items says nothing: another order is no change.
_SETS = frozenset(
    {"held_skills", "held_languages", "asked_languages", "asked_skills", "countries", "routes", "skills", "languages"}
    | {"windows", "licences", "goals", "targets", "modes"}
)


def check(session: Session, vio: Vio, kind: str, table: Table, plan: Plan, today: date, file_name: str) -> Checked:
    """Return what every row would do, with all problems at once."""
    order = plan.date_order or _order(kind, table, plan) or ""
    context = Context(today, order, plan.shift_years)
    with session.no_autoflush:
        known = load(session, kind, vio.id)
        known.prefetch(_number_of(line, plan, known) for _, line in table.rows)
        seen = _Seen()
        rows = [_row(session, kind, number, line, plan, context, known, seen, file_name) for number, line in table.rows]
    used = {source.column for sources in plan.columns.values() for source in sources}
    return Checked(kind, rows, tuple(name for name in table.header if name not in used), _notes(kind, table, plan))


def asks_for_date_order(kind: str, table: Table, plan: Plan) -> bool:
    """Whether day and month cannot be told apart and the coordinator has to say which comes first."""
    return not plan.date_order and _order(kind, table, plan) is None


def _order(kind: str, table: Table, plan: Plan) -> str | None:
    theirs = {
        source.column
        for column in COLUMNS[kind]
        if column.reader in DATES
        for source in plan.columns.get(column.name, ())
    }
    written = {line.get(name, "") for _, line in table.rows for name in theirs}  # most are written many times
    return dates.order_of({part for cell in written for part in _dates_in(cell)})


def _dates_in(cell: str) -> Iterable[str]:
    return (part.strip() for part in cell.replace("|", "\n").replace(" - ", "\n").replace(" to ", "\n").split("\n"))


def _notes(kind: str, table: Table, plan: Plan) -> tuple[Words, ...]:
    notes: list[Words] = []
    if asks_for_date_order(kind, table, plan):
        notes.append(lazy("In some dates day and month cannot be told apart. Say which comes first."))
    if table.has_odd_characters and not plan.odd_characters:
        notes.append(
            lazy(
                "Some letters were lost when this file was converted before (control codes inside words). Check names."
            )
        )
    if table.encoding == "windows-1252":
        notes.append(
            lazy("The file is in an old encoding. Look at names with accents; choose another encoding if needed.")
        )
    return tuple(notes)


class _Seen:
    """What earlier rows of the same list were about."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.emails: dict[str, int] = {}
        self.existing: dict[int, int] = {}


def _row(
    session: Session,
    kind: str,
    number: int,
    line: dict[str, str],
    plan: Plan,
    context: Context,
    known: Known,
    seen: _Seen,
    file_name: str,
) -> Row:
    existing = known.row(_number_of(line, plan, known))
    before = known.cells_of(existing)
    row = read_row(kind, number, line, plan, context, before, file_name)
    row.existing = existing
    _check_identity(row, plan, seen)
    if row.existing is None and not row.problems:
        _look_for_resembling(row, plan, known)
        before = known.cells_of(row.existing)
    row.before = before
    if row.status != DUPLICATE:
        _JUDGES[kind](session, row, before, plan, known, context.today)
    _compare(kind, row, before)
    if kind == "volunteers":
        check_volunteer.keep_own_word(row)
    _settle(row, plan, known, kind)
    return row


def _number_of(line: dict[str, str], plan: Plan, known: Known) -> int | None:
    cells = {
        name: " ".join(line.get(source.column, "").split())
        for name in ("id", "email")
        for source in plan.columns.get(name, ())[:1]
    }
    return known.number_of(cells.get("id", ""), cells.get("email", "").lower())


def _check_identity(row: Row, plan: Plan, seen: _Seen) -> None:
    """Refuse two rows about the same, and numbers of ours that are not there."""
    if row.id and row.id in seen.ids:
        words = lazy("Row %(row)s has this number already. Give each row its own.", row=seen.ids[row.id])
        row.fault(heading(plan, "id"), "id", words)
    elif row.id.startswith(OURS) and row.id[1:].isdecimal() and row.existing is None:
        row.fault(
            heading(plan, "id"), "id", lazy("This is a number of the service, and nothing here has it. Leave it blank.")
        )
    elif row.existing is not None and row.existing.id in seen.existing:
        words = lazy("Row %(row)s is about the same already. Keep one of them.", row=seen.existing[row.existing.id])
        row.fault(heading(plan, "id"), "id", words)
    email = row.values.get("email", "")
    if email and not row.id and email in seen.emails and not row.problems:
        words = lazy(
            "Row %(row)s has the same address. Keep one row, or give both a number of their own.",
            row=seen.emails[email],
        )
        row.fault(heading(plan, "email"), "email", words)
    if row.id:
        seen.ids.setdefault(row.id, row.number)
    if email:
        seen.emails.setdefault(email, row.number)
    if row.existing is not None:
        seen.existing.setdefault(row.existing.id, row.number)


def _look_for_resembling(row: Row, plan: Plan, known: Known) -> None:
    """Propose that a new row is somebody known already; only the coordinator decides."""
    found = known.like(row)
    row.resembles = [label for label, _ in found]
    row.may_be = next((one for _, one in found if one is not None), None)
    decision = plan.decision(row.number)
    if not found:
        return
    if decision == SAME and row.may_be is not None:
        row.existing = known.row(row.may_be)
    elif decision == LEAVE:
        row.status = LEFT_OUT
        row.notes.append(lazy("Left out: it looks like somebody you have."))
    elif not decision or decision == SAME:
        row.status = DUPLICATE


def _compare(kind: str, row: Row, before: dict[str, str]) -> None:
    """List what would change, field by field."""
    if row.existing is None:
        return
    for column in COLUMNS[kind]:
        name = column.name
        if name == "id" or name not in row.values or name not in before:
            continue
        if not _is_same(column, before[name], row.values[name]):
            row.changes.append((name, before[name], row.values[name]))
    own = row.values.get("id", "")
    if own and not own.startswith(OURS) and own != before["id"]:
        row.changes.insert(0, ("id", before["id"], own))


def _is_same(column: Column, one: str, other: str) -> bool:
    if column.reader in _SETS:
        return sorted(one.split("|")) == sorted(other.split("|"))
    return one == other


def _settle(row: Row, plan: Plan, known: Known, kind: str) -> None:
    """Say what becomes of the row."""
    if row.problems:
        row.status = LEFT_OUT if plan.leave_out_errors else WRONG
    elif row.status in (DUPLICATE, LEFT_OUT):
        pass
    elif row.existing is None:
        row.status = NEW
        label = lazy("row %(row)s: %(name)s", row=row.number, name=row.name)
        known.remember(row.name, label, row.values, None)
    else:
        row.status = CHANGED if row.changes else UNCHANGED
