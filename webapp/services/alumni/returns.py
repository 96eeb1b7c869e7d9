"""Coming again: a letter of openings that fit, at most once a month; and what a host reads of who returns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from webapp.models import Alumnus, Assignment, Placement, User, Volunteer
from webapp.models.consents import MATCHING
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import openings
from webapp.services.correspondence import write_to_volunteer
from webapp.services.letter_kinds import ALUMNI
from webapp.services.person_relations import consents_to
from webapp.words import Words, lazy

EVERY_DAYS = 30
MOST = 3
Link = Callable[[int], str]  # assignment -> the address of its page
SUBJECT = lazy("Openings that fit you")
BODY = lazy(
    "You asked to hear of openings. These fit what your profile says:\n\n%(lines)s\n\nIs your profile still right? "
    "Say so with one click, or change it:\n%(profile)s\n\nYou can stop these letters under “Alumni”."
)


def tell_due(session: Session, today: date, link: Link, profile: str) -> int:
    """Write to alumni who want it, are free and have something that fits; return how many letters."""
    done = 0
    for alumnus in session.scalars(_due(today)).all():
        fitting = [one for one in openings.find(session, alumnus.volunteer).fitting if not one.is_applied]
        found = openings.opened(session, alumnus.volunteer, fitting[:MOST])
        if found:
            lines = "\n".join(_line(one.assignment, link) for one in found)
            values = {"lines": lines, "profile": profile}
            write_to_volunteer(session, alumnus.volunteer, ALUMNI, SUBJECT, Words(BODY.text, values))
            alumnus.told_on = today
            done += 1
    session.flush()
    return done


def has_served_here(session: Session, volunteer: Volunteer, assignment: Assignment) -> bool:
    """Whether a host may read that the volunteer has completed a placement with the assignment's office before."""
    before = select(Placement.id).join(Alumnus, Alumnus.volunteer_id == Placement.volunteer_id)
    query = before.where(
        Alumnus.shows_return,
        Placement.volunteer_id == volunteer.id,
        Placement.state == "completed",
        Placement.receiving_vio_id == assignment.vio_id,
    )
    return session.scalar(query.limit(1)) is not None


def _due(today: date) -> Select[Alumnus]:
    is_away = exists().where(Placement.volunteer_id == Volunteer.id, Placement.state.in_(RUNNING_PLACEMENT_STATES))
    return (
        select(Alumnus)
        .join(Volunteer, Volunteer.id == Alumnus.volunteer_id)
        .join(User, User.id == Volunteer.user_id)
        .where(Alumnus.hears_of_openings, Alumnus.told_on <= today - timedelta(days=EVERY_DAYS), User.active)
        .where(consents_to(MATCHING), ~is_away)
        .order_by(Alumnus.id)
    )


def _line(assignment: Assignment, link: Link) -> str:
    return f"{assignment.title}, {assignment.host.name}\n{link(assignment.id)}\n"
