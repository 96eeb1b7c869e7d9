"""Offers and placements for tests, made by the services that make them in life."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.clearing import clear_everything
from tests.factories import AnySession, make_application, make_assignment, make_user, make_volunteer
from webapp import clock
from webapp.models import Application, Assignment, Offer, Placement, User, Vio, Volunteer
from webapp.services import offers, placements

KIND_WORDS = "We are sorry to write this; please call us so that we can talk."


def days(number: int) -> date:
    """Return the day so many days from today."""
    return clock.today() + timedelta(days=number)


def coordinator_of(session: AnySession, vio: Vio) -> User:
    """Make a coordinator of a VIO."""
    return make_user(session, "coordinator", vio)


def make_selectable(session: AnySession, assignment: Assignment | None = None, **over: Any) -> Application:
    """Make an applicant of the receiving VIO who stands on the shortlist."""
    assignment = assignment or make_assignment(session)
    volunteer = over.pop("volunteer", None) or make_volunteer(session, assignment.vio)
    return make_application(session, volunteer, assignment, **{"state": "shortlisted", **over})


def make_offer(session: AnySession, application: Application, account: User | None = None, **over: Any) -> Offer:
    """Offer an international place within the span of `make_assignment`."""
    account = account or coordinator_of(session, application.assignment.vio)
    terms = {"kind": "international", "starts_on": days(60), "ends_on": days(150), **over}
    return offers.make_offer(session, account, application, **terms)


def make_placement(session: AnySession, application: Application | None = None, **over: Any) -> Placement:
    """Make a placement that is being prepared."""
    offer = make_offer(session, application or make_selectable(session), **over)
    return offers.accept(session, user_of(offer.volunteer), offer)


def make_active(session: AnySession, application: Application | None = None, **over: Any) -> Placement:
    """Make a placement that has begun, as if its first day were here and everything were cleared."""
    placement = make_placement(session, application, **over)
    clear_everything(session, placement)
    who = coordinator_of(session, placement.receiving_vio)
    placements.start(session, who, placement, placement.starts_on)
    return placement


def user_of(volunteer: Volunteer) -> User:
    """Return the account of a volunteer who has one."""
    assert volunteer.user is not None
    return volunteer.user
