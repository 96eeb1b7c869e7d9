"""A name that is given up goes from letters to others too, so that none is left there when the person goes one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from webapp.models import Assignment, Host, User, Vio, Volunteer
from webapp.services.own_data.naming import naming
from webapp.services.own_data.offices import others, strangers
from webapp.services.own_data.traces import put_instead


@dataclass(frozen=True)
class Names:
    """Under which names a volunteer was known at a moment."""

    full_name: str | None
    call_me: str | None


def names_of(volunteer: Volunteer) -> Names:
    """Return the names of now, to be compared with those of later."""
    return Names(volunteer.full_name, volunteer.call_me)


def follow(session: Session, volunteer: Volunteer, before: Names) -> None:
    """Put the names of a volunteer into letters that bear those of before."""
    if renamed := _given_up(before, volunteer):
        _follow(session, volunteer.vio_id, renamed, strangers(session, volunteer))


def follow_list(session: Session, vio_id: int, changed: Iterable[tuple[Names, Volunteer]]) -> None:
    """Do the same for many unclaimed profiles at once, of whom no other office knows."""
    given_up = [pair for before, volunteer in changed for pair in _given_up(before, volunteer).items()]
    times = Counter(old for old, _new in given_up)
    if renamed := {old: new for old, new in given_up if times[old] == 1}:
        _follow(session, vio_id, renamed, others(session, vio_id))


def _given_up(before: Names, volunteer: Volunteer) -> dict[str, str]:
    """Return each name that a volunteer no longer bears -> the one to read in its place."""
    now = {before.full_name: volunteer.full_name, before.call_me: volunteer.call_me or volunteer.full_name}
    return {old: new for old, new in now.items() if old and old not in (volunteer.full_name, volunteer.call_me)}


def _follow(session: Session, vio_id: int, renamed: Mapping[str, str], elsewhere: Collection[str]) -> None:
    session.flush()
    own = {old: new for old, new in renamed.items() if old not in _borne(session, vio_id, renamed)}
    if own:
        put_instead(session, naming(dict[str | None, str](own.items()), {}, {}), elsewhere, only_filled_in=True)


def _borne(session: Session, vio_id: int, names: Collection[str]) -> set[str]:
    """Return the names that somebody or something else of the office bears: whose they are in a letter is not known.

    Nobody takes the name of a host for a day, to have it read otherwise in everybody's letters afterwards.
    """
    queries = [
        select(column).where(whose == vio_id, column.in_(names))
        for column, whose in (
            (Volunteer.full_name, Volunteer.vio_id),
            (Volunteer.call_me, Volunteer.vio_id),
            (Host.name, Host.vio_id),
            (Host.contact_name, Host.vio_id),
            (Assignment.title, Assignment.vio_id),
            (User.display_name, User.vio_id),
        )
    ]
    return set(session.scalars(union_all(*queries, select(Vio.name).where(Vio.name.in_(names)))))
