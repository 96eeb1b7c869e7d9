"""Keeps what a run reads while it is made; a profile that does not change is kept once, for all runs that read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import KeptInput, KeptRun, MatchRun, Volunteer
from webapp.portions import portions
from webapp.services.replay.made_with import made_with
from webapp.services.replay.record import Record, Work, sum_of
from webapp.services.replay.result import Result
from webapp.services.replay.sealing import canonical, seal_of, sha256
from webapp.services.work_rows import WorkRow

AT_ONCE = 1_000
PERSON, WORK = "volunteer", "assignment"


class Input(NamedTuple):
    """Where something that a run reads is kept (0: nowhere, since the person is erased), and its SHA-256."""

    kept: int
    content: str


@dataclass
class Kept:
    """What a run has read so far, and what it has found."""

    people: dict[int, Input] = field(default_factory=dict)
    works: dict[int, Input] = field(default_factory=dict)
    vios: dict[int, int] = field(default_factory=dict)
    reach: dict[int, tuple[int, ...]] = field(default_factory=dict)
    result: Result = field(default_factory=Result)

    def read_people(self, session: Session, frame: pd.DataFrame) -> None:
        """Keep the volunteers of a frame; as many as AT_ONCE in one transaction keep no writer waiting."""
        self.people |= _keep(session, PERSON, frame)

    def read_again(self, session: Session, inputs: Mapping[int, Input], older: Sequence[int]) -> None:
        """Take volunteers in who are kept already; `older` are the inputs that no run has read today."""
        self.people |= inputs
        for some in portions(older, AT_ONCE):
            _note_used(session, some)

    def read_works(
        self, session: Session, works: Sequence[WorkRow], frame: pd.DataFrame, reach: tuple[int, ...]
    ) -> None:
        """Keep the assignments of a frame, with the volunteers who are within reach of them."""
        self.works |= _keep(session, WORK, frame)
        self.vios |= {one.id: one.vio_id for one in works}
        self.reach |= dict.fromkeys((one.id for one in works), reach)


def pieces(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield a frame in parts of AT_ONCE rows."""
    for start in range(0, len(frame), AT_ONCE):
        yield frame.iloc[start : start + AT_ONCE]


def record_of(
    run: MatchRun, kept: Kept, prints: dict[str, str], spread_of: MatchRun | None, result: str = ""
) -> Record:
    """Return what a run is made from; `prints` are of its scores, by VIO. One under way has no result yet."""
    contents = [(PERSON, number, one.content) for number, one in kept.people.items()]
    contents += [(WORK, number, one.content) for number, one in kept.works.items()]
    return Record(
        scope=run.scope,
        day=clock.today().isoformat(),
        seed=run.seed,
        spread_of=spread_of.id if spread_of else None,
        made_with=made_with(),
        prints=prints,
        models=run.models,
        people={number: one.kept for number, one in kept.people.items()},
        works={number: Work(one.kept, kept.vios[number], kept.reach[number]) for number, one in kept.works.items()},
        inputs=sum_of(contents),
        result=result,
    )


def closed(session: Session, record: Record) -> str:
    """Return a record as it is kept; that of a big run takes seconds, in which no writer should wait."""
    return seal_of(session).close(record.to_text())


def write_down(session: Session, run: MatchRun, record: Record, sealed: str) -> None:
    """Keep a closed record in the place of an earlier one of the run, and note in the run the sum of all it found."""
    run.result = record.result
    session.merge(KeptRun(run_id=run.id, sealed=sealed, kept_at=clock.now()))
    session.flush()


def keep(session: Session, run: MatchRun, kept: Kept, prints: dict[str, str], spread_of: MatchRun | None) -> None:
    """Write down what a run was made from, with the sum of what it found."""
    record = record_of(run, kept, prints, spread_of, kept.result.sha256())
    write_down(session, run, record, closed(session, record))


def content_of(kind: str, number: int, cells: Mapping[str, str]) -> str:
    """Return what is sealed of an input: whose it is, and its cells."""
    return canonical([kind, number, cells])


def column_of(kind: str) -> str:
    """Return the name of the column that says whose an input is."""
    return f"{kind}_id"


def _keep(session: Session, kind: str, frame: pd.DataFrame) -> dict[int, Input]:
    """Return where each row of a frame is kept; what was not kept before is sealed now."""
    seal, cells = seal_of(session), frame.to_dict("records")
    contents = {int(one["id"]): content_of(kind, int(one["id"]), one) for one in cells}
    digests = {seal.digest(content): number for number, content in contents.items()}
    found = _found(session, digests)
    missing = {digest: number for digest, number in digests.items() if number not in found}
    if kind == PERSON and missing:
        here = Volunteer.id.in_(missing.values()), Volunteer.erased_at.is_(None)
        standing = set(session.scalars(select(Volunteer.id).where(*here)))
        missing = {digest: number for digest, number in missing.items() if number in standing}
    rows = [
        {column_of(kind): number, "digest": digest, "sealed": seal.close(contents[number]), "used_on": clock.today()}
        for digest, number in missing.items()
    ]
    if rows:
        made = session.execute(insert(KeptInput).returning(KeptInput.digest, KeptInput.id), rows).all()
        found |= {digests[digest]: kept for digest, kept in made}
    return {number: Input(found.get(number, 0), sha256(content)) for number, content in contents.items()}


def _found(session: Session, digests: Mapping[str, int]) -> dict[int, int]:
    """Return what is kept already, by whose it is, and note that it is read today."""
    query = select(KeptInput.digest, KeptInput.id, KeptInput.used_on).where(KeptInput.digest.in_(digests))
    rows = session.execute(query.order_by(KeptInput.id)).all()
    older = [kept for _, kept, used_on in rows if used_on < clock.today()]
    if older:
        _note_used(session, older)
    return {digests[digest]: kept for digest, kept, _ in rows}


def _note_used(session: Session, inputs: Sequence[int]) -> None:
    session.execute(update(KeptInput).where(KeptInput.id.in_(inputs)).values(used_on=clock.today()))
