"""Alumni and newcomers for tests, made by the services that make them in life."""

from __future__ import annotations

from typing import Any

from tests.factories import AnySession, make_assignment, make_volunteer
from tests.stays import coordinator_of, make_active, make_placement, make_selectable, user_of
from webapp.models import Alumnus, Mentorship, Placement, Volunteer
from webapp.services import placements
from webapp.services.alumni import membership, mentorships
from webapp.services.alumni.membership import Choice

EVERYTHING = Choice(may_mentor=True, may_be_asked=True, hears_of_openings=True, shows_return=True)
WORDS = "I am a nurse and leave in spring. How did you find a room?"


def make_served(session: AnySession, work: Any = None, volunteer: Volunteer | None = None) -> Placement:
    """Make a placement that was served to its last day."""
    work = work or make_assignment(session)
    over = {"volunteer": volunteer} if volunteer else {}
    placement = make_active(session, make_selectable(session, work, **over))
    placements.complete(session, coordinator_of(session, placement.receiving_vio), placement, placement.ends_on)
    return placement


def make_alumnus(session: AnySession, work: Any = None, choice: Choice = EVERYTHING, **over: Any) -> Alumnus:
    """Make somebody who has served, and joined; `over` is about the volunteer."""
    work = work or make_assignment(session)
    placement = make_served(session, work, make_volunteer(session, work.vio, **over))
    return membership.keep(session, user_of(placement.volunteer), placement.volunteer, choice)


def make_newcomer(session: AnySession, work: Any = None) -> Placement:
    """Make a placement that is being prepared."""
    return make_placement(session, make_selectable(session, work or make_assignment(session)))


def make_asked(session: AnySession, alumnus: Alumnus | None = None, shows: tuple[str, ...] = ("email",)) -> Mentorship:
    """Let a newcomer ask an alumnus."""
    alumnus = alumnus or make_alumnus(session)
    newcomer = user_of(make_newcomer(session).volunteer)
    return mentorships.ask(session, newcomer, alumnus.id, WORDS, shows)


def make_mentored(session: AnySession, alumnus: Alumnus | None = None) -> Mentorship:
    """Let an alumnus say yes, and show only the telephone."""
    asked = make_asked(session, alumnus)
    mentorships.accept(session, user_of(asked.mentor), asked, "Gladly.", ["phone"])
    return asked
