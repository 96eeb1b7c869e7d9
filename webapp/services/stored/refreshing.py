"""Brings the store to what the database says. Killed at any moment it breaks nothing: the next time finds the rest."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import numpy as np
from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.orm import Session

from matching import Reference, Volunteer, linker_for, parse_volunteers
from matching.engine import Writer
from webapp.db import Sessions, begin_reading
from webapp.models import ProfileStamp
from webapp.models import Volunteer as Person
from webapp.models.consents import MATCHING
from webapp.portions import portions
from webapp.services import reach
from webapp.services.person_relations import consents_to
from webapp.services.replay.keeping import Input, Kept
from webapp.services.stored.notes import Whole, noted
from webapp.services.stored.opened import LOOK_EVERY, MANIFEST, Opened, open_store
from webapp.services.stored.standing import Standing, read_by, standing

log = logging.getLogger(__name__)

MOST_SEGMENTS = 24  # each costs every ranking about a millisecond
# Seconds that files stay after they were replaced: other machines let go of them within LOOK_EVERY.
PATIENCE = 3 * LOOK_EVERY
ANEW_FROM = 1 / 4  # of everybody: where so many are old, building anew costs less than putting them in one by one

_at_work = Lock()


def refresh_beside(sessions: Sessions, folder: Path, whole: bool = False) -> None:
    """Bring the store up to date in a thread of its own, one at a time: letters and calls do not wait for it.

    Where one is at work, the next minute does what is left; the night (`whole`) has no next one soon, and waits.
    """
    if not _pays(sessions):
        shutil.rmtree(folder, ignore_errors=True)
    elif _at_work.acquire(blocking=whole):
        Thread(target=_refresh_then_release, args=(sessions, folder, whole), daemon=True).start()


def refresh_first(sessions: Sessions, folder: Path) -> None:
    """Bring the store up to date before something that reads nearly everybody, after whoever is at work on it.

    Where it cannot be, whoever is not stored is read from the database.
    """
    if _pays(sessions):
        _at_work.acquire()
        _refresh_then_release(sessions, folder, whole=False)


def refresh(sessions: Sessions, folder: Path, whole: bool = False) -> None:
    """Bring the store up to date; `whole`: who is stored no more leaves the disk too, with all that only they said."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with sessions() as session:
        begin_reading(session)
        now = standing(session, consents_to(MATCHING))
    writer, opened = Writer(folder, Reference.load(), linker_for(Reference.load()), PATIENCE), open_store(folder)
    late = _late(opened, now)
    if opened is None:
        (folder / MANIFEST).unlink(missing_ok=True)  # what nobody can read, a writer could not change either
    if opened is None or len(late) > ANEW_FROM * len(now.numbers):
        writer.rebuild(_lines(sessions, now.numbers.tolist()))
        return
    writer.sweep()  # what the last change left to readers elsewhere
    lost = np.setdiff1d(opened.notes.numbers, now.numbers)
    if len(lost):
        writer.remove(map(str, lost.tolist()))
    for some in portions(late.tolist(), reach.READ_AT_ONCE):
        writer.put(_stored(sessions, some))
    if whole:
        writer.renew()
        return
    changed = open_store(folder)
    if changed is not None and len(changed.snapshot.segments) > MOST_SEGMENTS:
        writer.compact()


def _refresh_then_release(sessions: Sessions, folder: Path, whole: bool) -> None:
    try:
        refresh(sessions, folder, whole)
    except Exception:
        log.exception("the store of profiles could not be brought up to date")
    finally:
        _at_work.release()


def _pays(sessions: Sessions) -> bool:
    """Whether there are more people to be ranked than a request ranks without a store."""
    with sessions() as session:
        begin_reading(session)
        return reach.everybody_is_many(session)


def _late(opened: Opened | None, now: Standing) -> Whole:
    """Return who is not stored as they are now, or of whom that is not kept for runs."""
    return now.numbers if opened is None else now.numbers[(opened.find(now.numbers, now.stamps) < 0) | (now.kept == 0)]


def _lines(sessions: Sessions, numbers: Sequence[int]) -> Iterator[Volunteer]:
    for some in portions(numbers, reach.READ_AT_ONCE):
        yield from _stored(sessions, some)


def _stored(sessions: Sessions, numbers: Sequence[int]) -> list[Volunteer]:
    """Read some people with the stamps of their profiles, and keep for runs what was read."""
    some, kept = Person.id.in_(numbers), Kept()
    with sessions() as session:
        # The stamps first: where somebody is changed in between, the stamp is the older one, and nobody trusts it.
        stamps = _stamps(session, numbers)
        frame = reach.people_frame(session, and_(some, consents_to(MATCHING)))
        if frame.empty:
            return []
        kept.read_people(session, frame)
        inputs = {number: one for number, one in kept.people.items() if number in stamps and one.kept}
        _note_kept(session, inputs, stamps)
    people = {int(one.id): one for one in parse_volunteers(frame, Reference.load())}
    notes = {number: noted(number, stamps[number] ^ read_by(), one.content) for number, one in inputs.items()}
    return [replace(people[number], noted=note) for number, note in notes.items()]


def _stamps(session: Session, numbers: Sequence[int]) -> dict[int, int]:
    query = select(ProfileStamp.volunteer_id, ProfileStamp.stamp).where(ProfileStamp.volunteer_id.in_(numbers))
    return {row.volunteer_id: row.stamp for row in session.execute(query)}


def _note_kept(session: Session, inputs: Mapping[int, Input], stamps: Mapping[int, int]) -> None:
    """Note where a profile is kept as it was under a stamp; not where it was changed meanwhile, or is being changed."""
    # Whoever changes many profiles at once holds their stamps in another order: waiting for them could be for ever.
    query = select(ProfileStamp.volunteer_id).where(ProfileStamp.volunteer_id.in_(inputs))
    free = set(session.scalars(query.with_for_update(skip_locked=True)))
    table: Any = ProfileStamp.__table__
    here = table.c.volunteer_id == bindparam("number"), table.c.stamp == bindparam("then")
    setting = update(table).where(*here).values(kept_id=bindparam("kept"), kept_stamp=bindparam("as_read"))
    rows = [
        {"number": number, "then": stamps[number], "kept": one.kept, "as_read": stamps[number] ^ read_by()}
        for number, one in inputs.items()
        if number in free
    ]
    if rows:
        session.execute(setting, rows)
