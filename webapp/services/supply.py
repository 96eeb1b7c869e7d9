"""Who could do an assignment, and what asking for less would bring: a bridge to `matching`, for counts alone.

A count is of the people within reach of the assignment's office, as a ranking of it would find them once published.
It leaves this module rounded, each from the exact count of a run of its own, and never as less than FEWEST: no cell, no
order and no gap tells whether nobody is meant or a few. It is the same for every reader of the assignment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock, Thread
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import String, and_, cast, func, select
from sqlalchemy.orm import Session

from matching import Cost, Gain, Matcher, SchemaError, Supply
from webapp import clock
from webapp.db import address_of, begin_reading, own_session
from webapp.models import Assignment, Consent, Vio, Volunteer
from webapp.models.consents import MATCHING
from webapp.services import counting, person_relations
from webapp.services.assignment_needs import missing_items
from webapp.services.frames import assignment_cells, volunteers_frame
from webapp.services.profiles import read_profiles
from webapp.services.small_cells import about
from webapp.words import Words

# A pool up to this size is read again after every change; a larger one beside the pages, after some minutes.
QUICKLY_READ = 2_000
KEPT_FOR_MINUTES = 10
READ_AT_ONCE = 1_000


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


class StillReading(Exception):
    """A large pool is being read for the first time; look again in a minute."""


@dataclass(frozen=True)
class _Stamp:
    """What changes whenever the facts of somebody's profile or consent do."""

    people: int
    last: tuple[Any, ...]


@dataclass(frozen=True)
class _Pool:
    matcher: Matcher
    ids: NDArray[np.int64]  # in the order of fitting, which is theirs
    stamp: _Stamp
    read_at: datetime
    looked_at: datetime  # when the stamp was last the same


_pools: dict[str, _Pool] = {}
_reading = Lock()


def count(session: Session, assignment: Assignment, today: date) -> Counted | None:
    """Return the counts as if the assignment were published now; None where it does not say enough to mean anything.

    StillReading: a large pool is being read for the first time since the service was started.
    """
    if all(not getattr(assignment, name) for name in _FIRST):
        return None
    session.flush()
    frame = pd.DataFrame([_as_published(assignment, today)], dtype=str)
    pool = _pool(session)
    if pool is None:
        return _rounded(Supply(0, 0, 0, (), (), {}, {}, {}, 0), assignment, today)
    try:
        found = pool.matcher.supply(frame, only=_counted(session, assignment, pool, today))
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


def _counted(session: Session, assignment: Assignment, pool: _Pool, today: date) -> NDArray[np.bool_]:
    """Return who may be counted now, of those in the pool, who had all agreed when it was read.

    Whoever took back any consent since, or was barred, counts no more at once.
    """
    known = person_relations.known_to(assignment.id, assignment.vio_id, today)
    left = select(Consent.volunteer_id).where(Consent.withdrawn_at >= pool.read_at)
    counted = and_(known, Volunteer.barred_at.is_(None), Volunteer.id.not_in(left))
    # One text with all the numbers: a hundred thousand rows would cost more than all the counting.
    numbers = session.scalar(select(func.aggregate_strings(cast(Volunteer.id, String), " ")).where(counted))
    return np.isin(pool.ids, np.fromstring(numbers or "", dtype=np.int64, sep=" "))


def _pool(session: Session) -> _Pool | None:
    """Return everybody who agreed to be matched, read once for this process while it holds; StillReading."""
    place = address_of(session)
    kept = _pools.get(place)
    if kept is not None and not _is_due(kept):
        return kept
    if counting.are_more(session, QUICKLY_READ, select(Volunteer.id)):
        _read_beside(place)
        if kept is None:
            raise StillReading
        return kept
    stamp = _stamp(session)
    if kept is not None and kept.stamp == stamp:
        return kept
    _pools.pop(place, None)
    return _keep(place, _read(session, stamp))


def read_pool(session: Session, place: str | None = None) -> _Pool | None:
    """Read everybody who agreed to be matched, and keep them for this process; None where nobody did.

    Where nothing was changed since they were read, those who were stay.
    """
    place, stamp, now = place or address_of(session), _stamp(session), clock.now()
    kept = _pools.get(place)
    found = replace(kept, looked_at=now) if kept is not None and kept.stamp == stamp else _read(session, stamp)
    return _keep(place, found)


def _keep(place: str, pool: _Pool | None) -> _Pool | None:
    if pool is not None:
        _pools[place] = pool
    return pool


def _is_due(kept: _Pool) -> bool:
    age = clock.now() - kept.looked_at
    return kept.stamp.people <= QUICKLY_READ or age.total_seconds() > KEPT_FOR_MINUTES * 60


def _read_beside(place: str) -> None:
    """Read a large pool in a thread of its own, one at a time: nobody waits for it longer than a page may take."""
    if _reading.acquire(blocking=False):
        Thread(target=_read_then_release, args=(place,), daemon=True).start()


def _read_then_release(place: str) -> None:
    try:
        with own_session() as session:
            begin_reading(session)
            read_pool(session, place)
    finally:
        _reading.release()


def _stamp(session: Session) -> _Stamp:
    profiles = session.execute(select(func.count(Volunteer.id), func.max(Volunteer.updated_at))).one()
    consents = session.execute(select(func.count(Consent.id), func.max(Consent.withdrawn_at))).one()
    no_go = [(row[0], tuple(row[1])) for row in session.execute(select(Vio.id, Vio.no_go).order_by(Vio.id))]
    return _Stamp(profiles[0], (profiles[1], *consents, *no_go))


def _read(session: Session, stamp: _Stamp) -> _Pool | None:
    now = clock.now()
    people = read_profiles(session, person_relations.consents_to(MATCHING), READ_AT_ONCE)
    # No rule reads the text on experience, so it is not kept in memory.
    frames = [volunteers_frame(some).drop(columns="experience") for some in people]
    if not frames:
        return None
    whole = pd.concat(frames, ignore_index=True)
    return _Pool(Matcher().fit(whole), whole["id"].to_numpy().astype(np.int64), stamp, now, now)


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
