"""Ranks all open assignments into rows that nobody sees yet; `runs` shows them in one commit at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import PLAIN, Matcher, Pace, Progress
from webapp.db import Sessions, begin_reading
from webapp.models import Assignment, Exclusion, KeptRun, MatchRun, ScoreModel, Volunteer
from webapp.services import learning, runs
from webapp.services.found_matches import KEPT_FOR_ASSIGNMENT, Ranked, keep_ranked
from webapp.services.replay import standing
from webapp.services.replay.again import versions_of
from webapp.services.replay.made_with import made_with
from webapp.services.replay.reading import Inputs
from webapp.services.replay.record import Record
from webapp.services.stored.pool import rank_in_parts
from webapp.services.whole_run.ending import put_in_order
from webapp.services.whole_run.people import Everybody, everybody
from webapp.services.whole_run.reading import read_everything


@dataclass(frozen=True, eq=False)
class Work:
    """What a run does: its record, from which everything else here is read; `done` are assignments ranked before."""

    record: Record
    people: Everybody
    inputs: Inputs
    versions: dict[str, ScoreModel | None]
    done: frozenset[int]


def rank_everything(sessions: Sessions, run: MatchRun) -> None:
    """Rank every open assignment, or go on where a worker was killed.

    It reads once, then computes without a transaction and writes one assignment at a time: a writer waits for seconds
    at most.
    """
    work = _begun(sessions, run) or _anew(sessions, run)
    run.total = len(work.record.works)
    pace = Pace("assignments", run.total, lambda progress: _note(run, progress))
    pace.had(len(work.done))
    for done, (number, matchers) in enumerate(_left(work), len(work.done) + 1):
        frame = work.inputs.frame_of(number)
        found = rank_in_parts(matchers, frame, KEPT_FOR_ASSIGNMENT, run.seed, PLAIN) if matchers else None
        pace.at(done)
        with sessions() as session:
            stored = runs.beat(session, run, done)
            if found is not None:
                _keep(session, stored, number, found)
    put_in_order(sessions, run, work.record)


def _keep(session: Session, run: MatchRun, number: int, found: Ranked) -> None:
    """Keep what was found for an assignment, but for whoever was deleted meanwhile, with it or alone."""
    people = [one.volunteer_id for one in found.matches]
    there = select(Volunteer.id).where(Volunteer.id.in_(people), Volunteer.erased_at.is_(None))
    still = set(session.scalars(there.with_for_update(read=True, key_share=True)))
    work = select(Assignment.id).where(Assignment.id == number)
    if session.scalar(work.with_for_update(read=True, key_share=True)) is not None:
        matches = [one for one in found.matches if one.volunteer_id in still]
        keep_ranked(session, run, number, Ranked(matches, found.counts), False)


def _begun(sessions: Sessions, run: MatchRun) -> Work | None:
    """Return what an earlier attempt began; None where there is nothing to go on with, after clearing it away.

    What another version of the code has begun, or what cannot be read any more, is begun anew.
    """
    with sessions() as session:
        begin_reading(session)
        kept = session.get(KeptRun, run.id)
        record = standing.record_in(session, kept) if kept else None
        if record is not None and record.made_with == made_with():
            work = _opened(session, run, record)
            if not work.inputs.wrong:
                return work
    with sessions() as session:
        runs.throw_away(session, runs.beat(session, run, 0))
    return None


def _anew(sessions: Sessions, run: MatchRun) -> Work:
    record = read_everything(sessions, run)
    with sessions() as session:
        begin_reading(session)
        work = _opened(session, run, record)
    if work.inputs.wrong:
        raise RuntimeError(f"what was kept of this run cannot be read: {work.inputs.wrong[0]}")
    return work


def _opened(session: Session, run: MatchRun, record: Record) -> Work:
    people, inputs = everybody(session, record)
    done = select(Exclusion.assignment_id).where(Exclusion.run_id == run.id).distinct()
    return Work(record, people, inputs, versions_of(session, record), frozenset(session.scalars(done)))


def _left(work: Work) -> Iterator[tuple[int, list[Matcher]]]:
    """Yield the assignments that are not done, with what ranks those within their reach.

    Those with the same people and the same score follow one another, so that one matcher is enough at a time.
    """
    groups = defaultdict[tuple[int, int], list[int]](list)
    for number in sorted(work.inputs.works.keys() - work.done):
        groups[work.record.works[number].vio_id, id(work.record.works[number].reach)].append(number)
    for (vio_id, _), numbers in groups.items():
        # A pair is scored by the version of the assignment's VIO, whoever reads it.
        model = learning.model_of(work.versions.get(str(vio_id)))
        matchers = work.people.among(work.record.works[numbers[0]].reach, model)
        for number in numbers:
            yield number, matchers


def _note(run: MatchRun, progress: Progress) -> None:
    run.seconds_left = None if progress.seconds_left is None else round(progress.seconds_left)
