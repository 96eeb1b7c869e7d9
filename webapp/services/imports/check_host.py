"""What a row about a host organization must hold together."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from webapp.services.hosts import locked_fields
from webapp.services.imports.findings import Row
from webapp.services.imports.known import Known
from webapp.services.imports.plan import Plan
from webapp.services.imports.rows import heading
from webapp.words import lazy


def judge(_session: Session, row: Row, before: dict[str, str], plan: Plan, _known: Known, _today: date) -> None:
    """Refuse to change under a standing verification what was verified."""
    if row.existing is None:
        return
    for name in locked_fields(row.existing):
        if name in row.values and row.values[name] != before[name]:
            words = lazy(
                "This is what the verification is about (so far: “%(before)s”). Take the verification back "
                "first, or keep it as it was.",
                before=before[name],
            )
            row.fault(heading(plan, name), name, words)
