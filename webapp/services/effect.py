"""Whether coaching and training help: assignments of a VIO compared, with intervals, never as a proof.

Trained and untrained, high and low score, and waived or not are what hosts and coordinators chose, so a difference may
come from who chose it. Only the order of the hints is drawn by lot (hint_trial.py): there all that drew count, whether
or not their host looked at a hint (intention to treat).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

import pandas as pd
from sqlalchemy.orm import Session

from webapp.models import User
from webapp.services import vio_settings
from webapp.services.differences import Comparison, Estimate, compare, median_days, ratio
from webapp.services.outcomes import Outcome, Published, outcomes_of

Read = Callable[[Outcome], tuple[float, float] | None]  # an assignment's part and what it is of; None: tells nothing
POINTS, PEOPLE, DAYS, SHARE, MARK = "points", "people", "days", "share", "mark"


@dataclass(frozen=True)
class Figure:
    """What is compared: its unit, how it is estimated, what of it counts people (part or of), and where it is read."""

    name: str
    unit: str
    read: Read
    estimate: Estimate = ratio
    people: str | None = None


@dataclass(frozen=True)
class Section:
    """Two groups of assignments and their figures; `least` is the score from which it is high, of the gate or not."""

    grouping: str
    lines: tuple[tuple[Figure, Comparison], ...]
    least: float | None = None
    is_gate: bool = False

    @property
    def told(self) -> list[Figure]:
        """The figures that rest on enough to be shown."""
        return [figure for figure, found in self.lines if found.is_told]

    @property
    def clear(self) -> list[Figure]:
        """The figures whose interval leaves no difference out."""
        return [figure for figure, found in self.lines if found.is_clear]


@dataclass(frozen=True)
class Effect:
    """What a VIO may read: how many of its assignments count, and each comparison."""

    assignments: int
    hosts: int
    sections: tuple[Section, ...]


def _of_published(read: Callable[[Published], float | None]) -> Read:
    """Return the reader of a number of every published assignment, so that the figure is a mean."""

    def read_it(outcome: Outcome) -> tuple[float, float] | None:
        value = read(outcome.published) if outcome.published else None
        return None if value is None else (value, 1.0)

    return read_it


def _wait(outcome: Outcome) -> tuple[float, float] | None:
    published = outcome.published
    return (float(published.is_filled), float(published.days)) if published else None


def _first_score(outcome: Outcome) -> tuple[float, float] | None:
    return None if outcome.first_score is None else (outcome.first_score, 1.0)


def _of_each(read: Callable[[Outcome], Sequence[int]]) -> Read:
    """Return the reader of what people said or did; an assignment without any tells nothing of it."""

    def read_it(outcome: Outcome) -> tuple[float, float] | None:
        values = read(outcome)
        return (sum(values), len(values)) if values else None

    return read_it


SCORES = (
    Figure("first_score", POINTS, _first_score),
    Figure("score", POINTS, _of_published(lambda one: one.score)),
)
FIGURES = (
    Figure("eligible", PEOPLE, _of_published(lambda one: one.eligible), people="part"),
    Figure("applications", PEOPLE, _of_published(lambda one: one.applications), people="part"),
    Figure("days", DAYS, _wait, median_days),
    Figure("accepted", SHARE, _of_each(lambda one: one.accepted), people="of"),
    Figure("ended_early", SHARE, _of_each(lambda one: one.ended_early), people="of"),
    Figure("expected", MARK, _of_each(lambda one: one.marks["expected"]), people="of"),
    Figure("volunteer", MARK, _of_each(lambda one: one.marks["volunteer"]), people="of"),
    Figure("host", MARK, _of_each(lambda one: one.marks["host"]), people="of"),
)
PUBLISHED = Figure("published", SHARE, lambda one: (float(one.published is not None), 1.0))


def effect_of(session: Session, account: User, now: datetime) -> Effect:
    """Return the comparisons of the coordinator's own VIO."""
    gate = vio_settings.vio_of(session, account).least_coach_score
    everything = outcomes_of(session, account, now)
    published = [(one, one.published) for one in everything if one.published is not None]
    least = float(gate or median([one.score for _outcome, one in published] or [0]))
    sections = [
        _section("trained", SCORES + FIGURES, ((one, sent.is_trained) for one, sent in published)),
        _section("score", FIGURES, ((one, sent.score >= least) for one, sent in published), least, bool(gate)),
        _section("waived", SCORES + FIGURES, ((one, sent.is_waived) for one, sent in published)),
    ]
    drawn = [one for one in everything if one.hint_order is not None]
    if drawn:
        arms = ((one, one.hint_order == "parts") for one in drawn)
        sections.append(_section("order", (PUBLISHED, *SCORES, *FIGURES), arms))
    return Effect(len(published), len({one.host_id for one, _sent in published}), tuple(sections))


def _section(
    grouping: str,
    figures: Iterable[Figure],
    outcomes: Iterable[tuple[Outcome, bool]],
    least: float | None = None,
    is_gate: bool = False,
) -> Section:
    parted = list(outcomes)
    return Section(grouping, tuple((one, _compared(one, parted)) for one in figures), least, is_gate)


def _compared(figure: Figure, parted: Iterable[tuple[Outcome, bool]]) -> Comparison:
    read = ((one.host_id, is_first, figure.read(one)) for one, is_first in parted)
    rows = [(host, is_first, *both) for host, is_first, both in read if both is not None]
    table = pd.DataFrame(rows, columns=["host", "is_first", "part", "of"])
    return compare(table, figure.estimate, figure.people)
