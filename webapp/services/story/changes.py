"""What changed in a profile from one time that it was saved to the next, as rankings read it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import KeptInput, KeptRun, MatchRun
from webapp.services.replay import reading, standing

# What a person calls one thing, of the columns that the matcher reads.
PARTS: dict[str, tuple[str, ...]] = {
    "residence": ("residence",),
    "consents": ("consent_matching", "consent_abroad"),
    "skills": ("skills",),
    "licences": ("licences",),
    "languages": ("languages",),
    "places": ("countries", "routes", "anywhere", "excluded"),
    "time": ("availability", "stay_min_weeks", "stay_max_weeks"),
    "online": ("modes", "online_hours", "online_from", "online_to", "time_zone"),
    "causes": ("causes",),
    "service": ("served",),
    "experience": ("experience",),
}


def changed_parts(session: Session, runs: Sequence[MatchRun]) -> dict[int, list[str]]:
    """Return, for runs of one saved profile in their order, which PARTS differ from the run before, by run.

    A run of which nothing is kept, or before which nothing is, is not in it.
    """
    if not runs:
        return {}
    first = runs[0]
    mine = (MatchRun.scope == first.scope, MatchRun.subject_id == first.subject_id, MatchRun.id < first.id)
    earlier = session.scalars(select(MatchRun).where(*mine).order_by(MatchRun.id.desc()).limit(1)).first()
    cells = _cells(session, [*([earlier] if earlier else []), *runs])
    return {
        run_id: [name for name, columns in PARTS.items() if any(now.get(one) != then.get(one) for one in columns)]
        for (_, then), (run_id, now) in pairwise(cells)
        if then and now
    }


def _cells(session: Session, runs: Sequence[MatchRun]) -> list[tuple[int, reading.Cells]]:
    """Return what each run read of its person; nothing where that is not kept."""
    kept = session.scalars(select(KeptRun).where(KeptRun.run_id.in_([run.id for run in runs])))
    records = {row.run_id: standing.record_in(session, row) for row in kept}
    inputs = {run_id: record.people.get(_person(runs), 0) for run_id, record in records.items() if record}
    rows = session.scalars(select(KeptInput).where(KeptInput.id.in_(set(inputs.values()))))
    sealed = {row.id: reading.cells_of(session, row.sealed) for row in rows}
    return [(run.id, sealed.get(inputs.get(run.id, 0), {})) for run in runs]


def _person(runs: Sequence[MatchRun]) -> int:
    return runs[0].subject_id or 0
