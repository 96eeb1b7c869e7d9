"""Who could do an assignment, and what asking for less would bring: a bridge to `matching`, for counts alone.

A count is of the people within reach of the assignment's office, as a ranking of it would find them once published.
It leaves this module rounded, each from the exact count of a run of its own, and never as less than FEWEST: no cell, no
order and no gap tells whether nobody is meant or a few. It is the same for every reader of the assignment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import String, and_, cast, func, select
from sqlalchemy.orm import Session

from matching import Cost, Gain, SchemaError, Supply
from webapp.models import Assignment, Consent, Volunteer
from webapp.services import person_relations, supply_pool
from webapp.services.assignment_needs import missing_items
from webapp.services.frames import assignment_cells
from webapp.services.small_cells import about
from webapp.services.supply_pool import Pool
from webapp.words import Words

A_WHILE = timedelta(minutes=5)


@dataclass(frozen=True)
class Change:
    """One way to ask for less, and about how many more would be eligible then."""

    code: str
    subject: str
    value: Any
    brings_back: int


@dataclass(frozen=True)
class Requirement:
    """What leaves people out, about how many (None: fewer than FEWEST), and the changes that bring FEWEST or more."""

    rule: str
    subject: str
    level: Any
    excluded: int | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Counted:
    """Rounded counts; None: fewer than FEWEST. Skills in `rare` are stated by fewer than FEWEST, perhaps by nobody."""

    people: int | None
    eligible: int | None
    requirements: tuple[Requirement, ...]
    best: Change | None
    rare: tuple[str, ...]
    here: int | None
    anywhere: int | None
    countries: tuple[tuple[str, int], ...]
    routes: tuple[tuple[str, int], ...]


def count(session: Session, assignment: Assignment, today: date) -> Counted | None:
    """Return the counts as if the assignment were published now; None where it does not say enough to mean anything.

    StillReading: very many people cannot be counted in this moment.
    """
    if all(not getattr(assignment, name) for name in _FIRST):
        return None
    session.flush()
    frame = pd.DataFrame([_as_published(assignment, today)], dtype=str)
    pool = supply_pool.pool_of(session)
    try:
        found = pool.supply(frame, _counted(session, assignment, pool, today))
    except SchemaError:
        return None
    return _rounded(found, assignment, today)


def unsaid(assignment: Assignment, today: date) -> dict[str, Words]:
    """Return by field what the rules read and the assignment does not say yet, with what to do."""
    return {name: words for name, words in missing_items(assignment, today).items() if name in _READ_BY_RULES}


def _as_published(assignment: Assignment, today: date) -> Mapping[str, str]:
    """Return the cells of an assignment with its places open and its host verified: a draft has neither yet."""
    places = {name: str(getattr(assignment, name)) for name in _PLACES}
    return {**assignment_cells(assignment, today), **places, "host_verified": "yes"}


# While none of these is said everybody fits, which tells nothing.
_FIRST = ("start_on", "end_on", "skills", "languages")
_READ_BY_RULES = frozenset({"mode", "country", "weeks", *_FIRST})
_PLACES = ("places_international", "places_national", "places_local")


def _counted(session: Session, assignment: Assignment, pool: Pool, today: date) -> NDArray[np.int64]:
    """Return who may be counted now, of those who had agreed when the pool was read.

    Whoever took back any consent since, or was barred, counts no more at once.
    """
    known = person_relations.known_to(assignment.id, assignment.vio_id, today)
    # The pool may have been read by what stood when a page was begun.
    left = select(Consent.volunteer_id).where(Consent.withdrawn_at >= pool.read_at - A_WHILE)
    counted = and_(known, Volunteer.barred_at.is_(None), Volunteer.id.not_in(left))
    # One text with all the numbers: a hundred thousand rows would cost more than all the counting.
    numbers = session.scalar(select(func.aggregate_strings(cast(Volunteer.id, String), " ")).where(counted))
    return np.fromstring(numbers or "", dtype=np.int64, sep=" ")


def _rounded(found: Supply, assignment: Assignment, today: date) -> Counted:
    changes = [(gain, change) for gain in found.gains for change in _change(gain, today)]
    # Sorting keeps the fixed order of the library where rounded counts are equal, and so tells no exact one.
    changes.sort(key=lambda pair: -pair[1].brings_back)
    requirements = [_requirement(cost, changes) for cost in found.costs]
    requirements.sort(key=lambda one: -(one.excluded or 0))
    return Counted(
        people=about(found.people),
        eligible=about(found.eligible),
        requirements=tuple(one for one in requirements if one.excluded),
        best=changes[0][1] if changes else None,
        rare=tuple(code for code, number in found.holders.items() if about(number) is None),
        here=about(found.countries.get(assignment.country or "", 0)),
        anywhere=about(found.anywhere),
        countries=tuple(_most(found.countries)),
        routes=tuple(_most(found.routes)),
    )


def _change(gain: Gain, today: date) -> Iterator[Change]:
    """Yield a change that brings back enough people to be told, and does not lie in the past."""
    more = about(gain.brings_back)
    is_past = isinstance(gain.value, date) and gain.value < today
    if more is not None and not is_past:
        yield Change(gain.code, gain.subject, gain.value, more)


def _requirement(cost: Cost, changes: Iterable[tuple[Gain, Change]]) -> Requirement:
    mine = (change for gain, change in changes if cost.rule in gain.eases and (gain.subject in ("", cost.subject)))
    return Requirement(cost.rule, cost.subject, cost.level, about(cost.excluded), tuple(mine))


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    told = [(code, number) for code, number in ((code, about(exact)) for code, exact in counts.items()) if number]
    return sorted(told, key=lambda one: (-one[1], one[0]))
