"""What counting supply, and coaching, cost beside a plain ranking of the same assignment in the same run.

Each is measured warm (texts and columns were read before, as in a service that runs), by the processor time of one
thread: the median of ROUNDS. A ranking is the best hundred of one assignment with their reasons.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from threadpoolctl import threadpool_limits

from data.bench import people
from data.evaluation.figure import Figure, at_most
from matching import Matcher
from matching.coach import Draft, coach

QUICK, FULL = 20_000, 100_000
ASSIGNMENTS = 12
ROUNDS = 5
TOP = 100
MOST_RANKINGS, MOST_SECONDS = 3.0, 1.0
TEXTS = ("title", "sector", "tasks", "plain_day", "hardest_thing", "expected_results", "learning", "local_strengths")


@dataclass(frozen=True)
class Times:
    """Seconds for one assignment."""

    rank: float
    supply: float
    coach: float

    @property
    def ratio(self) -> float:
        """Supply and coach together, in plain rankings."""
        return (self.supply + self.coach) / self.rank


def figures(full: bool) -> list[Figure]:
    """Measure on QUICK or FULL invented volunteers."""
    number = FULL if full else QUICK
    with threadpool_limits(limits=1):
        times = measure(number)
    return [
        at_most(
            f"supply and coach, {number:,} people, slowest of {ASSIGNMENTS} assignments",
            max(one.ratio for one in times),
            MOST_RANKINGS,
            "rankings",
        ),
        at_most("supply alone, slowest", max(one.supply / one.rank for one in times), MOST_RANKINGS, "rankings"),
        at_most("supply alone, slowest", max(one.supply for one in times), MOST_SECONDS, "s"),
        at_most("coach alone, slowest", max(one.coach for one in times), None, "s"),
        at_most("a plain ranking, median", statistics.median(one.rank for one in times), None, "s"),
    ]


def measure(number: int) -> list[Times]:
    """Return the times of some assignments spread over the sample."""
    matcher = Matcher().fit(people.volunteers(number))
    works = people.assignments()
    works = works.iloc[:: max(1, len(works) // ASSIGNMENTS)].head(ASSIGNMENTS)
    return [_times(matcher, works.iloc[[place]]) for place in range(len(works))]


def _times(matcher: Matcher, work: pd.DataFrame) -> Times:
    draft, ids = draft_of(work.iloc[0]), [one.id for one in matcher.pool_.volunteers]
    return Times(
        rank=_seconds(lambda: matcher.rank(work, top=TOP)),
        supply=_seconds(lambda: matcher.supply(work, only=ids)),
        coach=_seconds(lambda: coach(draft)),
    )


def draft_of(row: pd.Series) -> Draft:
    """Return what the coach reads of an assignment's texts, which is where its time goes."""
    texts: dict[str, Any] = {name: row[name] for name in TEXTS}
    return Draft(**texts)


def _seconds(work: Callable[[], object]) -> float:
    work()  # what is read once is not counted
    rounds = []
    for _round in range(ROUNDS):
        started = time.process_time()
        work()
        rounds.append(time.process_time() - started)
    return statistics.median(rounds)
