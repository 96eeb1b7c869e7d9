"""What a host waits for while writing: a section of the form with the coach's advice and the counts beside it.

The whole page, as the service makes it, with its SQL on SQLite: the time on the clock of one process that has read the
pool before, among very many through the store. Beside it, in the same run and over the same people, a plain ranking:
the best hundred with their reasons.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pandas as pd
from flask.testing import FlaskClient
from sqlalchemy import select
from threadpoolctl import threadpool_limits

from data.bench.installation import installation, signed_in
from data.evaluation.figure import Figure, at_most
from matching import Matcher
from webapp import clock
from webapp.db import begin_reading, own_session
from webapp.models import Assignment, User
from webapp.models.consents import MATCHING
from webapp.services import reach, supply_pool
from webapp.services.frames import assignments_frame
from webapp.services.person_relations import consents_to
from webapp.services.stored import refreshing

QUICK, FULL = 10_000, 100_000
ASSIGNMENTS = 6
ROUNDS = 5
TOP = 100
SECTION = "skills"  # it shows both, and its counts are the dearest
MOST_RANKINGS, MOST_SECONDS = 3.0, 1.0


def figures(full: bool) -> list[Figure]:
    """Measure over QUICK or FULL invented volunteers."""
    number = FULL if full else QUICK
    pages, rankings = [], []
    with threadpool_limits(limits=1), installation(number) as app:
        reading, matcher = _read_pool(), _plain()
        for assignment_id, email, work in _drafts():
            pages.append(_median(_section_page(signed_in(app, email), assignment_id)))
            rankings.append(_median(lambda: matcher.rank(work, top=TOP)))  # noqa: B023 (called at once)
    ratios = [page / ranking for page, ranking in zip(pages, rankings, strict=True)]
    name = f"a section with coach and counts, {number:,} people, slowest of {len(pages)}"
    return [
        at_most(name, max(ratios), MOST_RANKINGS, "rankings"),
        at_most(name, max(pages), MOST_SECONDS, "s"),
        at_most("a plain ranking of the same people, median", statistics.median(rankings), None, "s"),
        at_most("reading the pool, once for a process", reading, None, "s"),
    ]


def _drafts() -> list[tuple[int, str, pd.DataFrame]]:
    """Turn some open assignments into drafts; return each with somebody of its host, and as it stood while open."""
    with own_session() as session:
        query = select(Assignment, User.email).join(User, User.host_id == Assignment.host_id).order_by(Assignment.id)
        found = session.execute(query.where(Assignment.state == "open")).all()
        chosen = found[:: max(1, len(found) // ASSIGNMENTS)][:ASSIGNMENTS]
        works = [(one.id, email, assignments_frame([one], clock.today(), {})) for one, email in chosen]
        for assignment, _email in chosen:
            assignment.state = "draft"
        return works


def _read_pool() -> float:
    """Let the service read everybody, as it does for the first page; return the seconds that it takes.

    Very many lie in the store, which the background keeps.
    """
    with own_session() as session:
        begin_reading(session)
        folder, are_many = session.info["columns"], reach.everybody_is_many(session)
    if are_many:
        refreshing.refresh(own_session, folder)
    with own_session() as session:
        begin_reading(session)
        started = time.perf_counter()
        if not supply_pool.read_now(session).parts:
            raise RuntimeError("nobody agreed to be matched")
        return time.perf_counter() - started


def _plain() -> Matcher:
    with own_session() as session:
        begin_reading(session)
        return Matcher().fit(reach.people_frame(session, consents_to(MATCHING)))


def _section_page(client: FlaskClient, assignment_id: int) -> Callable[[], object]:
    def get() -> None:
        answer = client.get(f"/host/assignments/{assignment_id}/edit/{SECTION}")
        if answer.status_code != 200 or "supply" not in answer.get_data(as_text=True):
            raise RuntimeError(f"no section with counts: {answer.status}")

    return get


def _median(work: Callable[[], object]) -> float:
    work()  # what is read once is not counted
    return statistics.median(_elapsed(work) for _round in range(ROUNDS))


def _elapsed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
