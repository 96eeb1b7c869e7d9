"""Whole lists of assignments, drawn by lot: to show a change of the score on, and to hold decisions against.

Drawn so that no one picks them, and every look shows the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd
from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, Vio, Volunteer
from webapp.services import held_places, learning, reach
from webapp.services.decisions import Decided
from webapp.services.frames import assignments_frame, volunteers_frame
from webapp.services.held_places import Held
from webapp.services.learning import Fitted
from webapp.services.profiles import Profile, read_profiles
from webapp.services.work_rows import WorkRow, read_works

# What learning would bring up is told well by some lists decided on, some open ones, and some people on them.
DECIDED_LISTS, OPEN_LISTS, PEOPLE = 40, 20, 2_000


@dataclass(frozen=True)
class DrawnLists:
    """Assignments, and the people within reach of each, read in one transaction.

    `reached` is how many are within reach of each, of whom those in `reach` may be drawn by lot. `held` are the places
    that are taken.
    """

    assignments: list[WorkRow]
    people: list[Profile]
    reach: Mapping[int, tuple[str, ...]]
    reached: Mapping[int, int]
    held: Held

    @cached_property
    def _matchers(self) -> dict[tuple[str, ...], Fitted]:
        """A matcher for each set of people that some assignment reaches; texts are read once for all."""
        whole = learning.matcher_for(None).fit(volunteers_frame(self.people))
        return {within: whole.among(within) for within in set(self.reach.values()) if within}

    def matcher(self, work: WorkRow) -> Fitted | None:
        """Return the matcher on the people whom an assignment reaches; None for nobody."""
        return self._matchers[self.reach[work.id]] if self.reach[work.id] else None

    def frame(self, work: WorkRow) -> pd.DataFrame:
        """Return an assignment as the matcher reads it."""
        return assignments_frame([work], clock.today(), self.held)

    def whole_lists(self) -> learning.Lists:
        """Return the whole lists that learning holds decisions against."""
        values = {one.id: matcher.values(self.frame(one)) for one in self.assignments if (matcher := self.matcher(one))}
        return learning.whole_lists(values, {one: self.reached[one] / len(self.reach[one]) for one in values})


def draw(session: Session, vio_id: int, most: int) -> DrawnLists:
    """Read open assignments of a VIO, at most so many, and everybody within their reach."""
    return _read(session, _drawn(session, and_(Assignment.state == "open", Assignment.vio_id == vio_id), most), None)


def draw_for_learning(session: Session, vio_id: int | None, decided: Iterable[Decided]) -> DrawnLists:
    """Read some assignments on which somebody was endorsed, some open ones, and some people on their lists.

    The open ones are those of a VIO; None: of every VIO that shares its decisions.
    """
    endorsed = sorted({one.assignment_id for one in decided if one.fits}, key=_lot)[:DECIDED_LISTS]
    sharing = Assignment.vio_id.in_(select(Vio.id).where(Vio.shares_decisions))
    mine = sharing if vio_id is None else Assignment.vio_id == vio_id
    open_ones = _drawn(session, and_(Assignment.state == "open", mine), OPEN_LISTS)
    found = _read(session, [*endorsed, *open_ones], PEOPLE)
    # Who was endorsed often has the place by now, or the assignment ended: its list is wanted as it was.
    as_they_were = [one._replace(state="open") if one.id in endorsed else one for one in found.assignments]
    held = {number: places for number, places in found.held.items() if number not in endorsed}
    return replace(found, assignments=as_they_were, held=held)


def _drawn(session: Session, which: ColumnElement[bool], most: int) -> list[int]:
    return sorted(session.scalars(select(Assignment.id).where(which)), key=_lot)[:most]


def _read(session: Session, chosen: Sequence[int], people: int | None) -> DrawnLists:
    these = Assignment.id.in_(chosen)
    works = sorted(read_works(session, these), key=lambda one: _lot(one.id))
    within = reach.ids_by_work(session, works)
    everyone = {number for mine in within.values() for number in mine}
    condition: ColumnElement[bool] = true()
    if people is not None and len(everyone) > people:
        everyone = set(sorted(everyone, key=_lot)[:people])
        condition = Volunteer.id.in_(everyone)
    read = (one for some in read_profiles(session, condition, reach.READ_AT_ONCE) for one in some)
    return DrawnLists(
        works,
        [one for one in read if one.id in everyone],
        {number: tuple(str(one) for one in mine if one in everyone) for number, mine in within.items()},
        {number: len(mine) for number, mine in within.items()},
        held_places.held(session, these),
    )


def _lot(number: int) -> str:
    return hashlib.sha256(f"drawn {number}".encode()).hexdigest()
