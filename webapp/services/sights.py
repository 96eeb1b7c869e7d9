"""What an account may see of the people of a whole list, read in few queries and not in some for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp import clock
from webapp.models import Application, Assignment, MatchInvitation, Partnership, PutForward, User, Volunteer
from webapp.models.consents import MATCHING
from webapp.services.known_people import Pair
from webapp.services.person_relations import consents_to, put_forward
from webapp.services.visibility import Sight, sight_of


class About(Protocol):
    """A row about a person and an assignment: an application, an offer, a placement, an invitation, a match."""

    volunteer_id: int
    assignment_id: int
    volunteer: Volunteer
    assignment: Assignment


class OfList:
    """What may be asked about the people of a list: each kind is read for all of them, once it is asked for one."""

    def __init__(self, session: Session, rows: Sequence[About], today: date) -> None:
        self._session, self._today = session, today
        self._people, self._works = {row.volunteer_id for row in rows}, {row.assignment_id for row in rows}

    @cached_property
    def newest(self) -> Mapping[Pair, Application]:
        """The newest application of every pair of person and assignment."""
        last = select(func.max(Application.id)).where(*self._among(Application.volunteer_id, Application.assignment_id))
        last = last.group_by(Application.volunteer_id, Application.assignment_id)
        found = self._session.scalars(select(Application).where(Application.id.in_(last)))
        return {(one.volunteer_id, one.assignment_id): one for one in found}

    @cached_property
    def accepted(self) -> frozenset[Pair]:
        """The pairs of which the person accepted an invitation."""
        pair = (MatchInvitation.volunteer_id, MatchInvitation.assignment_id)
        query = select(*pair).where(*self._among(*pair), MatchInvitation.state == "accepted")
        return frozenset((person, work) for person, work in self._session.execute(query))

    @cached_property
    def partnerships(self) -> Mapping[Pair, Partnership]:
        """The active agreement under which a person is put forward to an assignment."""
        pair = (PutForward.volunteer_id, PutForward.assignment_id)
        query = put_forward(self._today).add_columns(*pair).where(*self._among(*pair))
        return {(person, work): agreed for agreed, person, work in self._session.execute(query)}

    @cached_property
    def matchable(self) -> frozenset[int]:
        """The people whose consent to be matched stands."""
        query = select(Volunteer.id).where(Volunteer.id.in_(self._people), consents_to(MATCHING))
        return frozenset(self._session.scalars(query))

    def _among(self, person: InstrumentedAttribute[int], work: InstrumentedAttribute[int]) -> tuple[Any, Any]:
        return person.in_(self._people), work.in_(self._works)


def sights_of(session: Session, account: User, rows: Sequence[About]) -> list[Sight]:
    """Return for each row what `visibility.sight_of` says of its person."""
    today = clock.today()
    known = OfList(session, rows, today)
    return [sight_of(session, account, row.volunteer, row.assignment, today, known) for row in rows]
