"""An assignment as its form says it now, before anybody saves: for counts and advice while the host writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapp.models import Assignment
from webapp.services.versions import LISTS, ROW_KEYS, columns_of


def as_written(assignment: Assignment, changes: Mapping[str, Any]) -> Assignment:
    """Return the assignment with `changes` (as `assignments.edit` takes them): a row to read, never one to store."""
    values = columns_of(assignment, ()) | {name: said for name, said in changes.items() if name not in LISTS}
    written = Assignment(**{name: said.strip() if isinstance(said, str) else said for name, said in values.items()})
    for name, kind in LISTS.items():
        kept = [columns_of(row, ROW_KEYS) for row in getattr(assignment, name)]
        getattr(written, name).extend(kind(**row) for row in changes.get(name, kept))
    written.host, written.vio = assignment.host, assignment.vio
    return written
