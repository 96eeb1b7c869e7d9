"""The command that reads a list into a VIO: the same dry run and the same writing as the coordinator's pages."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Vio
from webapp.services.errors import Refused
from webapp.services.imports import findings, lists
from webapp.services.imports.apply import apply
from webapp.services.imports.check import check
from webapp.services.imports.findings import Checked
from webapp.services.imports.plan import Plan, plan_from
from webapp.services.imports.reading import Table, read_table
from webapp.words import lazy


@dataclass(frozen=True)
class Report:
    """What to print, and whether the list came in (or would come in)."""

    lines: list[str]
    is_good: bool


def import_list(
    session: Session, kind: str, file: Path, vio_name: str | None, mapping: Path | None, dry_run: bool
) -> Report:
    """Check a list and, unless it is a dry run, write it; Refused where file, mapping or VIO cannot be used."""
    with _leaving_alone_what_is_there():
        return _import_list(session, kind, file, vio_name, mapping, dry_run)


@contextmanager
def _leaving_alone_what_is_there() -> Iterator[None]:
    """Let Python look for what is unreachable among the rows of the list alone, not each time in the whole service."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _import_list(
    session: Session, kind: str, file: Path, vio_name: str | None, mapping: Path | None, dry_run: bool
) -> Report:
    vio = find_vio(session, vio_name)
    data = file.read_bytes()
    table, plan = _open(session, vio, kind, data, mapping)
    lists.check_columns(plan, table)
    checked = check(session, vio, kind, table, plan, clock.today(), file.name)
    lines = list(_lines(checked))
    obstacle = checked.obstacle(plan.leave_out_errors)
    if obstacle is not None:
        return Report([*lines, f"Nothing came in. {obstacle}"], False)
    if dry_run:
        return Report([*lines, "Dry run: nothing was changed."], True)
    written = apply(session, None, vio, checked, plan)
    return Report([*lines, f"Done: {len(written)} rows written into {vio.name}."], True)


def find_vio(session: Session, name: str | None) -> Vio:
    """Return the VIO with this number or name, or the only one."""
    if name is None:
        vios = list(session.scalars(select(Vio)))
        if len(vios) != 1:
            raise Refused(lazy("Say which organization with --vio and its number or name."))
        return vios[0]
    found = session.get(Vio, int(name)) if name.isdecimal() else None
    found = found or session.scalar(select(Vio).where(func.lower(Vio.name) == name.lower()))
    if found is None:
        raise Refused(lazy("There is no organization “%(name)s”.", name=name))
    return found


def _open(session: Session, vio: Vio, kind: str, data: bytes, mapping: Path | None) -> tuple[Table, Plan]:
    if mapping is None:
        table = read_table(data)
        plan = lists.first_plan(session, vio, kind, table)
        return (read_table(data, plan.encoding, plan.odd_characters) if plan.odd_characters else table), plan
    try:
        given = json.loads(mapping.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Refused(lazy("The mapping is no JSON: %(error)s", error=str(error))) from None
    plan = plan_from(kind, given)
    table = read_table(data, plan.encoding, plan.odd_characters)
    if not plan.columns:
        guessed = lists.first_plan(session, vio, kind, table)
        plan = plan_from(kind, {**guessed.to_json(), **{name: value for name, value in given.items() if value}})
    return table, plan


def _lines(checked: Checked) -> Iterator[str]:
    yield from (str(note) for note in checked.notes)
    if checked.not_read:
        yield "Columns not read: " + ", ".join(checked.not_read)
    yield from findings.sentences(checked)
    for row in checked.rows:
        label = f"Row {row.number} {row.id} {row.name}".strip()
        for name, before, after in row.changes if row.status == findings.CHANGED else ():
            yield f"{label}: {name}: {_short(before)} → {_short(after)}"
        if row.status == findings.DUPLICATE:
            yield f"{label}: looks like {'; '.join(row.resembles)}. Decide: new, same or leave."
        yield from (f"{label}: {note}" for note in row.notes)
    yield ", ".join(f"{number} {status}" for status, number in checked.counts.items())


def _short(text: str) -> str:
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”" if text else "(blank)"
