"""Everybody against everything in the service: ranked with reasons, kept with what a replay needs, and shown.

Beside it stands SQLAlchemy Core's executemany with the rows that it found, in the same table and indexes. A second run
is stopped half way and taken up; it has to find the same bytes.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any
from unittest.mock import patch

from sqlalchemy import delete, func, insert, select, update
from threadpoolctl import threadpool_limits

from data.bench.databases import kinds
from data.bench.installation import installation
from data.bench.pages import fill
from data.evaluation.figure import Figure, at_least, at_most
from webapp.db import own_session
from webapp.models import Match, MatchRun, Vio
from webapp.services import left_runs, ranking, runs
from webapp.services.whole_run import ranking as whole_run

QUICK, FULL = (6_000, 200), (100_000, 5_000)
SEED = 7
SAVES_EVERY = 0.2  # seconds
COPIED = 50_000  # rows that executemany is measured with
PAGE = 4096  # bytes


class _StoppedError(BaseException):
    """Ends a worker as a kill does."""


@dataclass
class Beside:
    """What somebody sees who saves something again and again: the longest wait, and the most memory of the process."""

    wait: float = 0.0
    memory: float = 0.0


def figures(full: bool) -> list[Figure]:
    """Measure with QUICK or FULL people and assignments, on each kind of database."""
    people, works = FULL if full else QUICK
    with threadpool_limits(limits=1):
        return [figure for kind in kinds() for figure in _figures(people, works, kind)]


def _figures(people: int, works: int, kind: str) -> list[Figure]:
    with installation(0, kind):
        fill(people, works)
        with _saving() as beside:
            seconds = _seconds(_request())
        result, matches = _found()
        copied = _copied(min(matches, COPIED))
        stopped = _request()
        again = _seconds(stopped, stop_after=works // 2) + _seconds(stopped)
        if _found() != (result, matches):
            raise RuntimeError("a run that was stopped finds something else than one that was not")
    name = f"everything, {people:,} people x {works:,} assignments, {kind}"
    told = {"seconds": seconds, "matches": float(matches), "MB": beside.memory}
    return [
        at_least(name, matches / seconds / copied, None, "of executemany's rate", told),
        at_most(f"{name}: the longest that somebody who saves waits", beside.wait, None, "s"),
        at_most(f"{name}: stopped half way and taken up", again / seconds, None, "of one go"),
    ]


def _request() -> int:
    with own_session() as session:
        session.execute(update(Match).values(is_current=False))
        return ranking.request_everything(session, None, SEED).id


def _seconds(run_id: int, stop_after: int | None = None) -> float:
    """Carry out what waits, or stop after so many assignments; return how long it took."""
    started = time.monotonic()
    with _stopping(stop_after), suppress(_StoppedError):
        runs.carry_out_next(own_session, ranking.rank_queued)
    taken = time.monotonic() - started
    with own_session() as session:
        left_runs.take_up(session, runs.KIND)
        state = session.get_one(MatchRun, run_id).state
    if state != ("queued" if stop_after else "finished"):
        raise RuntimeError(f"the run is {state}")
    return taken


@contextmanager
def _stopping(after: int | None) -> Iterator[None]:
    calls, rank = itertools.count(), whole_run.rank_in_parts

    def stops(*given: Any) -> Any:
        if next(calls) == after:
            raise _StoppedError
        return rank(*given)

    with patch.object(whole_run, "rank_in_parts", stops):
        yield


@contextmanager
def _saving() -> Iterator[Beside]:
    """Let somebody save something now and then, in a thread of its own."""
    beside, over = Beside(), Event()

    def save() -> None:
        while not over.wait(SAVES_EVERY):
            beside.wait = max(beside.wait, _timed(_save))
            resident = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE
            beside.memory = max(beside.memory, resident / 1e6)

    thread = Thread(target=save)
    thread.start()
    try:
        yield beside
    finally:
        over.set()
        thread.join()


def _save() -> None:
    with own_session() as session:
        session.execute(update(Vio).values(name=Vio.name))


def _found() -> tuple[str, int]:
    """Return the sum of the newest run, and how many matches are shown."""
    with own_session() as session:
        run = session.scalars(select(MatchRun).order_by(MatchRun.id.desc()).limit(1)).one()
        shown = select(func.count()).select_from(Match).where(Match.run_id == run.id, Match.is_current)
        return run.result, session.scalar(shown) or 0


def _copied(number: int) -> float:
    """Return how many rows a second executemany puts into the table of matches, as hidden ones of one more run."""
    table: Any = Match.__table__
    with own_session() as session:
        rows = [dict(row) for row in session.execute(select(table).order_by(table.c.id).limit(number)).mappings()]
        run = MatchRun(scope="everything", state="failed", seed=SEED, created_at=runs.clock.now())
        session.add(run)
        session.flush()
        for row in rows:
            row.update(run_id=run.id, is_current=False)
            del row["id"]
        taken = _timed(lambda: session.execute(insert(table), rows))
        session.execute(delete(Match).where(Match.run_id == run.id))
    return number / taken


def _timed(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started
