"""What ends mentoring by itself: no answer, a placement that is over, an account that is closed, a bar."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from webapp.models import Mentorship, Placement, User, Volunteer
from webapp.services.alumni.mentorships import OPEN_STATES, end_in_time
from webapp.services.locks import hold

ANSWER_DAYS = 14
AFTER_DAYS = 90  # the end of the newcomer's placement: coming home is part of it


def end_due(session: Session, now: datetime) -> int:
    """End what has no reason to go on; return how many."""
    query = select(Mentorship).join(Placement, Placement.id == Mentorship.placement_id)
    return _end(session, query.where(or_(*_rules(now))))


def end_of(session: Session, volunteer: Volunteer) -> None:
    """End at once what somebody mentors, is mentored in or was asked, whatever side they are on: they are barred."""
    query = select(Mentorship).join(Placement, Placement.id == Mentorship.placement_id)
    _end(session, query.where(or_(Mentorship.mentor_id == volunteer.id, Placement.volunteer_id == volunteer.id)))


def _end(session: Session, query: Select[Mentorship]) -> int:
    done = 0
    running = query.where(Mentorship.state.in_(OPEN_STATES)).order_by(Mentorship.id)
    for one in session.scalars(running).all():
        hold(session, one)
        if one.state in OPEN_STATES:
            end_in_time(session, one)
            done += 1
    return done


def _rules(now: datetime) -> list[ColumnElement[bool]]:
    is_asked = Mentorship.state == "asked"
    return [
        and_(is_asked, Mentorship.asked_at < now - timedelta(days=ANSWER_DAYS)),
        and_(is_asked, Placement.ended_at.is_not(None)),
        Placement.state == "cancelled",
        Placement.ended_at < now - timedelta(days=AFTER_DAYS),
        _is_gone(Mentorship.mentor_id),
        _is_gone(Placement.volunteer_id),
    ]


def _is_gone(volunteer_id: object) -> ColumnElement[bool]:
    """Return the condition that a volunteer's account is closed or gone, or the person barred."""
    is_there = (User.id == Volunteer.user_id, User.active, Volunteer.barred_at.is_(None))
    return ~exists().where(Volunteer.id == volunteer_id, *is_there)
