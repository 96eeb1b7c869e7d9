"""The life of a match run: queued, running with a heartbeat, finished in one commit; a dead one starts again."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from threading import Event, Thread
from typing import Any

from sqlalchemy import (
    BindParameter,
    Executable,
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    not_,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from webapp import clock
from webapp.db import Sessions
from webapp.models import Assignment, Exclusion, KeptRun, Match, MatchRun, User, Volunteer
from webapp.services import ranking_turns
from webapp.services.left_runs import Kind
from webapp.services.spelled_out import for_database

log = logging.getLogger(__name__)

Work = Callable[[Sessions, MatchRun], None]

STALE_AFTER = timedelta(seconds=90)
SIGN_EVERY = timedelta(seconds=30)
MOST_ATTEMPTS = 5
A_SEED = 2**31


class Superseded(RuntimeError):
    """The run was put back into the queue while its worker was away: what this worker still has is old."""


def newest_of_everything(session: Session) -> MatchRun | None:
    """Return the newest finished ranking of everything.

    Runs between two of these use its seed and its spread: who saves a profile again draws no new lot.
    """
    query = select(MatchRun).where(MatchRun.scope == "everything", MatchRun.state == "finished")
    return session.scalar(query.order_by(MatchRun.id.desc()).limit(1))


def current_seed(session: Session) -> int:
    """Return the seed of the newest ranking of everything, 0 before the first one."""
    newest = newest_of_everything(session)
    return newest.seed if newest else 0


def current_spread(session: Session) -> dict[str, Any]:
    """Return the weights in the lot that the newest ranking of everything fitted; empty before the first one."""
    newest = newest_of_everything(session)
    return newest.spread if newest else {}


def begin(session: Session, scope: str, subject_id: int, vio_id: int) -> MatchRun:
    """Begin a run that finishes within the request."""
    now = clock.now()
    run = MatchRun(
        scope=scope,
        subject_id=subject_id,
        vio_id=vio_id,
        state="running",
        seed=current_seed(session),
        created_at=now,
        heartbeat_at=now,
    )
    session.add(run)
    session.flush()
    return run


def finish(session: Session, run: MatchRun) -> MatchRun:
    """Mark a run as finished; its matches are seen with the commit that follows."""
    run.state, run.finished_at = "finished", clock.now()
    session.flush()
    return run


def queue(session: Session, scope: str, actor: User | None, seed: int | None = None) -> MatchRun:
    """Put a run in the queue, or return the one that waits there already; without a seed it draws new lots.

    One that was begun and goes on later has read what stood then, and is none that waits.
    """
    here = MatchRun.scope == scope, MatchRun.state == "queued", MatchRun.attempts == 0
    waiting = session.scalar(select(MatchRun).where(*here))
    if waiting is not None:
        return waiting
    drawn = secrets.randbelow(A_SEED) if seed is None else seed
    return _put(session, MatchRun(scope=scope, seed=drawn, requested_by_id=actor.id if actor else None))


def queue_assignment(session: Session, assignment: Assignment) -> MatchRun:
    """Put a run over one assignment in the queue, in the place of one that waits there already.

    The number is a new one: who was ranked before this moment is no newer than what the run will find.
    """
    drop_waiting(session, assignment)
    run = MatchRun(scope="assignment", subject_id=assignment.id, vio_id=assignment.vio_id, seed=current_seed(session))
    return _put(session, run)


def drop_waiting(session: Session, assignment: Assignment) -> None:
    """Take a run over one assignment out of the queue, where one waits: what follows makes it needless."""
    here = going(assignment.id).where(MatchRun.state == "queued").with_for_update(skip_locked=True)
    for waiting in session.scalars(here):
        session.delete(waiting)


def _put(session: Session, run: MatchRun) -> MatchRun:
    run.created_at = clock.now()
    session.add(run)
    session.flush()
    session.info["wake"] = True
    return run


def going(assignment_id: int | BindParameter[int]) -> Select[MatchRun]:
    """Return the query for the runs over one assignment that wait or go on in the background."""
    mine = MatchRun.scope == "assignment", MatchRun.subject_id == assignment_id
    return select(MatchRun).where(*mine, MatchRun.state.in_(("queued", "running"))).order_by(MatchRun.id)


def going_for(session: Session, assignment: Assignment) -> MatchRun | None:
    """Return the newest run over an assignment that waits or goes on in the background; None where there is none."""
    connection = session.connection()
    number = connection.scalar(_newest_going(connection.dialect.name), {"assignment": assignment.id})
    return None if number is None else session.get(MatchRun, number)


@lru_cache
def _newest_going(database: str) -> Executable:
    newest = going(bindparam("assignment", None, Integer)).with_only_columns(MatchRun.id).order_by(None)
    return for_database(newest.order_by(MatchRun.id.desc()).limit(1), database)


def latest(session: Session, most: int = 20) -> list[MatchRun]:
    """Return the newest runs over everything: what the pages on progress show."""
    query = select(MatchRun).where(MatchRun.scope == "everything").order_by(MatchRun.id.desc()).limit(most)
    return list(session.scalars(query))


def throw_away(session: Session, run: MatchRun) -> None:
    """Delete all that a run has written."""
    for table in (Match, Exclusion, KeptRun):
        session.execute(delete(table).where(table.run_id == run.id))
    run.done, run.result, run.is_cut = 0, "", False


def _set_back(session: Session, run: MatchRun) -> None:
    """Ready a run for its next attempt: one over everything goes on where it was, and what it wrote stays hidden."""
    if run.scope != "everything":
        throw_away(session, run)


def _fail(session: Session, run: MatchRun, error: str) -> None:
    throw_away(session, run)
    run.state, run.error = "failed", error


KIND = Kind(MatchRun, MatchRun.heartbeat_at, STALE_AFTER, MOST_ATTEMPTS, _set_back, _fail)


def carry_out_next(sessions: Sessions, work: Work) -> bool:
    """Take the oldest queued run, do it, and show its matches in one commit; return whether there was one.

    `work(sessions, run)` writes hidden rows in short transactions, each with `beat`.
    """
    with sessions() as session:
        run = _claim(session)
        if run is None:
            return False
        KIND.ours.add(run.id)  # before others can see that it is under way
    try:
        with _signs_of_life(sessions, run):
            work(sessions, run)
        with sessions() as session:
            show(session, beat(session, run, run.total))
    except Superseded:
        log.warning("run %s went on elsewhere", run.id)
    except OperationalError:  # the database was away, or had no room: the run is silent now, and is taken up again
        log.exception("run %s stopped", run.id)
    except Exception as error:
        log.exception("run %s failed", run.id)
        with sessions() as session:
            _give_up(session, run, f"{type(error).__name__}: {error}"[:500])
    finally:
        KIND.ours.discard(run.id)
    return True


def _give_up(session: Session, run: MatchRun, error: str) -> None:
    """Note why a run failed; where it was taken away meanwhile, whoever has it now goes on."""
    try:
        failed = beat(session, run, run.done)
    except Superseded:
        log.warning("run %s went on elsewhere", run.id)
        return
    _fail(session, failed, error)


@contextmanager
def _signs_of_life(sessions: Sessions, run: MatchRun) -> Iterator[None]:
    """Give signs of life beside the work: reading a hundred thousand people takes longer than STALE_AFTER.

    They come from a thread of the worker, and end with it when it is killed.
    """
    over = Event()

    def give() -> None:
        while not over.wait(SIGN_EVERY.total_seconds()):
            try:
                with sessions() as session:
                    _note_life(session, run)
            except SQLAlchemyError:
                log.warning("run %s could not give a sign of life", run.id, exc_info=True)

    thread = Thread(target=give, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _note_life(session: Session, run: MatchRun) -> None:
    """Keep the moment, unless the run was taken away meanwhile."""
    mine = MatchRun.id == run.id, MatchRun.state == "running", MatchRun.attempts == run.attempts
    session.execute(update(MatchRun).where(*mine).values(heartbeat_at=clock.now()))


def _claim(session: Session) -> MatchRun | None:
    query = select(MatchRun).where(MatchRun.state == "queued").order_by(MatchRun.id).limit(1)
    run = session.scalar(query.with_for_update(skip_locked=True))
    if run is not None:
        run.state, run.heartbeat_at, run.attempts = "running", clock.now(), run.attempts + 1
    return run


def beat(session: Session, run: MatchRun, done: int) -> MatchRun:
    """Give a sign of life and say how far it is; raise Superseded where the run was taken away meanwhile."""
    kept = session.get_one(MatchRun, run.id, with_for_update=True)
    if kept.state != "running" or kept.attempts != run.attempts:
        raise Superseded
    kept.heartbeat_at, kept.done, kept.total, kept.seconds_left = clock.now(), done, run.total, run.seconds_left
    session.flush()
    return kept


def show(session: Session, run: MatchRun) -> None:
    """Replace what is shown by what the run found, and finish it; who was ranked meanwhile keeps the newer matches."""
    ranking_turns.to_show(session)
    is_newer = MatchRun.id > run.id, MatchRun.state == "finished"
    meanwhile = select(MatchRun.subject_id).where(*is_newer)
    volunteers = meanwhile.where(MatchRun.scope == "volunteer")
    assignments = meanwhile.where(MatchRun.scope == "assignment")
    # Of a newer run over everything its own rows count: what it did not read when it began is shown by this one.
    read = select(Exclusion.assignment_id).join(MatchRun, MatchRun.id == Exclusion.run_id)
    read = read.where(*is_newer, MatchRun.scope == "everything")
    mine = Match.assignment_id == run.subject_id if run.scope == "assignment" else true()
    kept = Match.assignment_id.in_(assignments), Match.assignment_id.in_(read), Match.volunteer_id.in_(volunteers)
    older = and_(mine, not_(or_(*kept)))
    session.execute(update(Match).where(Match.is_current, older).values(is_current=False))
    session.execute(update(Match).where(Match.run_id == run.id, older).values(is_current=True))
    # Who was erased while it was computed is in no row of it.
    erased = select(Volunteer.id).where(Volunteer.erased_at.is_not(None))
    session.execute(delete(Match).where(Match.run_id == run.id, Match.volunteer_id.in_(erased)))
    finish(session, run)
