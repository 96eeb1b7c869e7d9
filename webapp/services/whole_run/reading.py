"""Reads what a run over everything is made from, in one sight of all, and keeps it before anything is ranked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd
from sqlalchemy import and_
from sqlalchemy.orm import Session

from webapp import clock
from webapp.db import Sessions, begin_one_sight, begin_reading
from webapp.models import Assignment, MatchRun, ScoreModel, Volunteer
from webapp.models.consents import MATCHING
from webapp.portions import portions
from webapp.services import held_places, learning, models_in_force, reach, runs
from webapp.services.frames import assignments_frame
from webapp.services.held_places import Held
from webapp.services.person_relations import consents_to
from webapp.services.replay import keeping
from webapp.services.replay.keeping import Kept
from webapp.services.replay.record import Record
from webapp.services.stored import refreshing
from webapp.services.stored.people import Stored, stored_now
from webapp.services.work_rows import WorkRow, read_works


@dataclass(frozen=True)
class Read:
    """The open assignments, who is within reach of each, and these people: from the store, all others as cells."""

    works: list[WorkRow]
    held: Held
    within: Mapping[int, tuple[int, ...]]
    versions: Mapping[int, ScoreModel]
    stored: Stored | None
    others: list[pd.DataFrame]


def read_everything(sessions: Sessions, run: MatchRun) -> Record:
    """Read what stands now, keep it in short transactions, and return the record of the run, which has no result yet.

    The store is brought up to date first: who lies there as they are need not be read.
    """
    with sessions() as session:
        folder = session.info.get("columns")
    if folder:
        refreshing.refresh_first(sessions, Path(folder))
    with sessions() as session:
        begin_one_sight(session)
        read = _read(session)
    kept = Kept()
    if read.stored is not None:
        with sessions() as session:
            read.stored.keep(session, kept)
    for some in read.others:
        with sessions() as session:
            kept.read_people(session, some)
            runs.beat(session, run, 0)
    for reached, some in _with_the_same_reach(read):
        with sessions() as session:
            kept.read_works(session, some, assignments_frame(some, clock.today(), read.held), reached)
            runs.beat(session, run, 0)
    with sessions() as session:
        begin_reading(session)
        record = keeping.record_of(run, kept, learning.sign(run, read.versions), run)
        closed = keeping.closed(session, record)
    with sessions() as session:
        stored = runs.beat(session, run, 0)
        stored.weights, stored.models, stored.fingerprint = run.weights, run.models, run.fingerprint
        keeping.write_down(session, stored, record, closed)
    return record


def _read(session: Session) -> Read:
    works = read_works(session, Assignment.state == "open")
    within = reach.ids_by_work(session, works)
    different = {id(some): some for some in within.values()}  # assignments share their people
    anybody = np.array(sorted(set(chain.from_iterable(different.values()))), np.int64)
    found = stored_now(session, consents_to(MATCHING))
    stored = found[0].among(anybody) if found else None
    others = np.setdiff1d(anybody, stored.numbers) if stored else anybody
    return Read(
        works=works,
        held=held_places.held(session, Assignment.state == "open"),
        within=within,
        versions=models_in_force.by_vio(session),
        stored=stored,
        others=[
            reach.people_frame(session, and_(Volunteer.id.in_(some), consents_to(MATCHING)))
            for some in portions(others.tolist(), keeping.AT_ONCE)
        ],
    )


def _with_the_same_reach(read: Read) -> Iterator[tuple[tuple[int, ...], Sequence[WorkRow]]]:
    """Yield the assignments that somebody is within reach of, some at a time, each time with the same people."""
    groups = defaultdict[int, list[WorkRow]](list)
    for work in read.works:
        groups[id(read.within[work.id])].append(work)
    for works in groups.values():
        reached = read.within[works[0].id]
        if reached:
            for some in portions(works, keeping.AT_ONCE):
                yield reached, some
