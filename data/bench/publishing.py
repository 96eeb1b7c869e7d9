"""From an assignment's publication to its matches: through the store, beside what the background does without one.

Both write the matches, the counts and what a replay needs, on SQLite; they have to find the same bytes. Processor time
of one process, and R measured just before each ranking.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from sqlalchemy import delete, select
from threadpoolctl import threadpool_limits

from data.bench.installation import installation
from data.bench.limits import Reading
from data.bench.pages import fill
from data.evaluation.figure import Figure, at_least, at_most
from webapp.db import own_session
from webapp.models import Assignment, MatchRun, Vio
from webapp.services import ranking, runs
from webapp.services.stored import refreshing

QUICK, FULL = 10_000, 100_000
ASSIGNMENTS = 6
MOST_SECONDS = 2.0


def figures(full: bool) -> list[Figure]:
    """Measure over QUICK or FULL invented volunteers of one VIO."""
    number = FULL if full else QUICK
    with threadpool_limits(limits=1), installation(0) as app:
        fill(number, 0)
        folder = app.extensions["config"].columns_dir
        built = _seconds(lambda: refreshing.refresh(own_session, folder))
        works, reading = _works(), Reading()
        _publish(works[0])  # what is read once is not counted
        taken = [(reading.seconds(), _seconds(lambda: _publish(work))) for work in works]  # noqa: B023 (called at once)
        found = _publish(works[0])
        folder.rename(folder.with_name("away"))
        beside = _seconds(lambda: _beside(works[0], found))
        folder.with_name("away").rename(folder)
    seconds = statistics.median(one for _, one in taken)
    r = statistics.median(one / unit for unit, one in taken)
    return [
        at_most(f"published, {number:,} people: matches are there after", seconds, MOST_SECONDS, "s", {"R": r}),
        at_least("the background without a store takes longer", beside / seconds, None, "times", {"seconds": beside}),
        at_most("the store built from the database, in the background", built, None, "s"),
    ]


def _works() -> list[int]:
    with own_session() as session:
        # The import asks for a ranking of everything, which would come first.
        session.execute(delete(MatchRun).where(MatchRun.state == "queued"))
        vio_id = session.scalars(select(Vio.id).order_by(Vio.id)).first()
        query = select(Assignment.id).where(Assignment.vio_id == vio_id, Assignment.state == "open")
        return list(session.scalars(query.order_by(Assignment.id).limit(ASSIGNMENTS)))


def _publish(work_id: int) -> str:
    """Rank as the request does that publishes; return the sum of what was found."""
    with own_session() as session:
        run = ranking.rank_assignment(session, session.get_one(Assignment, work_id))
        if run.state != "finished":
            raise RuntimeError("the ranking waits for the background: the store is not up to date")
        return run.result


def _beside(work_id: int, expected: str) -> None:
    with own_session() as session:
        run_id = ranking.rank_assignment(session, session.get_one(Assignment, work_id)).id
    runs.carry_out_next(own_session, ranking.rank_queued)
    with own_session() as session:
        if session.get_one(MatchRun, run_id).result != expected:
            raise RuntimeError("the store finds something else than a plain matcher")


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
