"""Who is within reach of assignments, and which are for a volunteer, read without an object for each row."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import ColumnElement, and_, select, union
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Assignment, MatchInvitation, PutForward, Volunteer
from webapp.models.consents import MATCHING
from webapp.services import counting
from webapp.services.frames import volunteers_frame
from webapp.services.person_relations import consents_to, known_to, within_reach
from webapp.services.profiles import read_profiles
from webapp.services.work_rows import WorkRow, read_works

READ_AT_ONCE = 1_000
# A request ranks so many people, which takes it a few seconds of one core; more wait for the background.
MOST_IN_A_REQUEST = 5_000
NOBODY_ASKED = 0  # the number of no assignment: who is within its reach is so without having been asked for
ASKED_FOR = (Application, MatchInvitation, PutForward)


def people_frame(session: Session, condition: ColumnElement[bool]) -> pd.DataFrame:
    """Return the volunteers who meet a condition as the matcher reads them, in the order of their numbers."""
    frames = [volunteers_frame(some) for some in read_profiles(session, condition, READ_AT_ONCE)]
    return pd.concat(frames, ignore_index=True) if frames else volunteers_frame(())


def people_for(session: Session, assignment: Assignment | WorkRow) -> pd.DataFrame:
    """Return the volunteers who may be matched with an assignment at all, as the matcher reads them."""
    return people_frame(session, within_reach(assignment.id, assignment.vio_id, clock.today()))


def are_many(session: Session, assignment: Assignment) -> bool:
    """Whether more people are within reach of an assignment than a request should rank."""
    here = within_reach(assignment.id, assignment.vio_id, clock.today())
    return counting.are_more(session, MOST_IN_A_REQUEST, select(Volunteer.id).where(here))


def everybody_is_many(session: Session) -> bool:
    """Whether so many people agreed to be matched that the store holds them (services/stored)."""
    return counting.are_more(session, MOST_IN_A_REQUEST, select(Volunteer.id).where(consents_to(MATCHING)))


def ids_by_work(session: Session, works: Iterable[WorkRow]) -> dict[int, tuple[int, ...]]:
    """Return by assignment who is within reach of it, in the order of their numbers.

    Where nobody was asked for, the assignments of a VIO share one tuple: thousands of them have the same people.
    """
    asked = set(session.scalars(union(*(select(table.assignment_id) for table in ASKED_FOR))))
    by_vio: dict[int, tuple[int, ...]] = {}
    found: dict[int, tuple[int, ...]] = {}
    for one in works:
        if one.vio_id not in by_vio:
            by_vio[one.vio_id] = tuple(_ids(session, within_reach(NOBODY_ASKED, one.vio_id, clock.today())))
        found[one.id] = by_vio[one.vio_id]
        if one.id in asked:
            more = set(_ids(session, _asked_for(one))).difference(found[one.id])
            found[one.id] = tuple(sorted(more.union(found[one.id]))) if more else found[one.id]
    return found


def works_for(session: Session, volunteer: Volunteer) -> list[WorkRow]:
    """Return the open assignments for which the volunteer exists."""
    known = known_to(Assignment.id, Assignment.vio_id, clock.today())
    mine = select(Assignment.id).join(Volunteer, Volunteer.id == volunteer.id).where(Assignment.state == "open", known)
    return read_works(session, Assignment.id.in_(mine))


def _ids(session: Session, condition: ColumnElement[bool]) -> list[int]:
    return list(session.scalars(select(Volunteer.id).where(condition).order_by(Volunteer.id)))


def _asked_for(work: WorkRow) -> ColumnElement[bool]:
    """Return the condition that a volunteer is within reach, of those who were asked for or who asked themselves."""
    asked = union(*(select(table.volunteer_id).where(table.assignment_id == work.id) for table in ASKED_FOR))
    return and_(Volunteer.id.in_(asked), within_reach(work.id, work.vio_id, clock.today()))
