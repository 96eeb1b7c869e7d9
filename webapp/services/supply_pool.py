"""Everybody who agreed to be matched, for counting: kept by each process, and read again where they are others by now.

Few are read at once. More are read beside the pages, which takes a second for two thousand. Very many are not read:
the store has them in columns, of which this process keeps what the rules look at. Only where nobody keeps the store up
to date are these read too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from matching import DEFAULT_MODEL, Matcher, Supply
from webapp import clock
from webapp.db import address_of, begin_reading, own_session
from webapp.models import Consent, Vio, Volunteer
from webapp.models.consents import MATCHING
from webapp.services import counting, person_relations, reach
from webapp.services.frames import volunteers_frame
from webapp.services.profiles import read_profiles
from webapp.services.stored.notes import Whole
from webapp.services.stored.opened import Opened, open_store
from webapp.services.stored.people import stored_now
from webapp.services.stored.pool import MOST_BESIDE

# A pool up to this size is read again after every change; a larger one beside the pages, after some minutes.
QUICKLY_READ = 2_000
KEPT_FOR = timedelta(minutes=10)
PATIENCE = 2.0  # seconds that a request waits while another one makes the pool
MADE = "supply"  # the name under which the pool of a stored state lies with it


class StillReading(Exception):
    """Very many people are being read, or brought into the store; look again in a minute."""


@dataclass(frozen=True, eq=False)
class Part:
    """A matcher on some people, and who they are, in its order."""

    matcher: Matcher
    numbers: Whole


@dataclass(frozen=True, eq=False)
class Pool:
    """All of them, as they were at a moment."""

    parts: tuple[Part, ...]
    read_at: datetime

    def supply(self, assignment: pd.DataFrame, counted: Whole) -> Supply:
        """Return the supply of one assignment among those whose numbers are `counted`. SchemaError as of a matcher."""
        return Supply.of_parts(
            [one.matcher.supply(assignment, only=np.isin(one.numbers, counted)) for one in self.parts]
        )


@dataclass(frozen=True)
class _Stamp:
    """What changes whenever the facts of somebody's profile or consent do."""

    people: int
    last: tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class _Kept:
    pool: Pool
    stamp: _Stamp
    looked_at: datetime  # when the stamp was last the same


_kept: dict[str, _Kept] = {}
_late_since: dict[str, datetime] = {}  # from when on the store was not there, or far behind
_reading, _making = Lock(), Lock()


def pool_of(session: Session) -> Pool:
    """Return everybody who agreed to be matched. StillReading where they are too many to be read now."""
    opened, place = _state(session), address_of(session)
    kept: Pool | None = opened.made.get(MADE) if opened else None
    if kept is not None and _is_young(kept):
        return kept
    if opened is None:
        plain = _kept.get(place)
        if plain is not None and not _is_due(plain):
            return plain.pool
        if not counting.are_more(session, QUICKLY_READ, select(Volunteer.id)):
            return _read_pool(session, place)
        if not session.info.get("columns") or not reach.everybody_is_many(session):
            return _beside(place)  # no store will come
    made = _stored(session)
    if made is not None:
        _late_since.pop(place, None)
        _kept.pop(place, None)  # of when the store was not there
        return made
    # The store is being made or brought up to date, which takes a minute or two; unless nobody does that.
    if clock.now() - _late_since.setdefault(place, clock.now()) > KEPT_FOR:
        return _beside(place)
    if kept is None:
        raise StillReading
    return kept


def _is_young(pool: Pool) -> bool:
    return clock.now() - pool.read_at < KEPT_FOR


def _state(session: Session) -> Opened | None:
    folder = session.info.get("columns")
    return open_store(Path(folder)) if folder else None


def _stored(session: Session) -> Pool | None:
    """Return them by the store, and let the pool lie with its state, which goes within a minute of its end.

    None where the store is not there or far behind, or where another request makes the pool just now.
    """
    if not _making.acquire(timeout=PATIENCE):
        return None
    try:
        return _made_of_store(session)
    finally:
        _making.release()


def _made_of_store(session: Session) -> Pool | None:
    now, agreed = clock.now(), person_relations.consents_to(MATCHING)
    opened = _state(session)
    made: Pool | None = opened.made.get(MADE) if opened else None
    if made is not None and _is_young(made):
        return made  # by whoever had the turn before
    found = stored_now(session, agreed)
    if found is None or len(found[1]) > MOST_BESIDE:
        return None
    stored, late = found
    parts = [Part(stored.matcher(DEFAULT_MODEL), stored.in_order)]
    if len(late):
        people = reach.people_frame(session, and_(Volunteer.id.in_(late.tolist()), agreed))
        parts += _plain(people.drop(columns="experience"))
    pool = Pool(tuple(parts), now)
    stored.opened.made[MADE] = pool
    return pool


def _plain(people: pd.DataFrame) -> list[Part]:
    """Return a plain matcher on some people; none on nobody."""
    return [Part(Matcher().fit(people), people["id"].to_numpy().astype(np.int64))] if len(people) else []


def _beside(place: str) -> Pool:
    """Return who was read before; where these are due, everybody is read beside the page. StillReading: nobody was."""
    kept = _kept.get(place)
    if kept is None or _is_due(kept):
        _read_beside(place)
    if kept is None:
        raise StillReading
    return kept.pool


def read_now(session: Session) -> Pool:
    """Return the same, read in this moment however long it takes, unless they have not changed since they were kept."""
    return (_state(session) and _made_of_store(session)) or _read_pool(session, address_of(session))


def _read_pool(session: Session, place: str) -> Pool:
    """Read everybody, and keep them for this process; where nothing was changed since, those who were kept stay."""
    stamp, now = _stamp(session), clock.now()
    kept = _kept.get(place)
    is_same = kept is not None and kept.stamp == stamp
    found = replace(kept, looked_at=now) if kept and is_same else _Kept(_read(session), stamp, now)
    _kept[place] = found
    return found.pool


def _is_due(kept: _Kept) -> bool:
    return kept.stamp.people <= QUICKLY_READ or clock.now() - kept.looked_at > KEPT_FOR


def _read_beside(place: str) -> None:
    """Read a large pool in a thread of its own, one at a time: nobody waits for it longer than a page may take."""
    if _reading.acquire(blocking=False):
        Thread(target=_read_then_release, args=(place,), daemon=True).start()


def _read_then_release(place: str) -> None:
    try:
        with own_session() as session:
            begin_reading(session)
            _read_pool(session, place)
    finally:
        _reading.release()


def _stamp(session: Session) -> _Stamp:
    profiles = session.execute(select(func.count(Volunteer.id), func.max(Volunteer.updated_at))).one()
    consents = session.execute(select(func.count(Consent.id), func.max(Consent.withdrawn_at))).one()
    no_go = [(row[0], tuple(row[1])) for row in session.execute(select(Vio.id, Vio.no_go).order_by(Vio.id))]
    return _Stamp(profiles[0], (profiles[1], *consents, *no_go))


def _read(session: Session) -> Pool:
    now = clock.now()
    people = read_profiles(session, person_relations.consents_to(MATCHING), reach.READ_AT_ONCE)
    # No rule reads the text on experience, so it is not kept in memory.
    frames = [volunteers_frame(some).drop(columns="experience") for some in people]
    return Pool(tuple(_plain(pd.concat(frames, ignore_index=True))) if frames else (), now)
