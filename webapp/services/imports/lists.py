"""From a file to a first plan: what was confirmed before, a preset that the project brings, or a guess."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from webapp.config import ROOT
from webapp.models import Vio
from webapp.services.errors import Refused
from webapp.services.imports.guessing import guess_columns, remembered
from webapp.services.imports.plan import Plan, Source, plan_from
from webapp.services.imports.reading import Table
from webapp.words import lazy

PRESETS = ROOT / "data" / "imports"
_NOT_FOR_NEXT_TIME = ("duplicates", "leave_out_errors", "displacement", "statements")


@cache
def presets() -> dict[str, dict[str, Any]]:
    """Return the mappings of known outside files that this project brings, by name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(PRESETS.glob("*.json"))}


def first_plan(session: Session, vio: Vio, kind: str, table: Table) -> Plan:
    """Return the plan to begin with: as last time, else a preset whose columns are all there, else a guess."""
    kept = remembered(session, vio.id, kind, table.header)
    if kept is not None:
        return plan_from(kind, kept)
    for preset in presets().values():
        if preset.get("kind") == kind and _columns_named(preset) <= set(table.header):
            return plan_from(kind, preset)
    return Plan(columns={ours: (Source(theirs),) for ours, theirs in guess_columns(kind, table).items()})


def for_next_time(plan: Plan) -> dict[str, Any]:
    """Return what of a plan holds for the next list with the same header; statements and decisions do not."""
    return {name: value for name, value in plan.to_json().items() if name not in _NOT_FOR_NEXT_TIME}


def check_columns(plan: Plan, table: Table) -> None:
    """Refuse a plan that names columns which the list does not have."""
    missing = sorted(
        {one.column for sources in plan.columns.values() for one in sources if one.column not in table.header}
    )
    if missing:
        raise Refused(lazy("The list has no column “%(column)s”.", column=missing[0]))


def _columns_named(preset: dict[str, Any]) -> set[str]:
    plan = plan_from(preset["kind"], preset)
    return {source.column for sources in plan.columns.values() for source in sources}
