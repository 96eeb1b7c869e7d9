"""Offers and placements for tests, made by the services that make them in life."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from tests.clearing import clear_everything
from tests.factories import AnySession, make_application, make_assignment, make_host_user, make_user, make_volunteer
from webapp import clock
from webapp.models import Application, Assignment, Offer, Placement, User, Vio, Volunteer, Wording
from webapp.models.consents import SENSITIVE
from webapp.services import consents, offers, placements, signings

AGREED = "The agreement, as a page would show it."
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
    """Make a placement that is being prepared, of somebody who agreed that papers and the card are kept."""
    offer = make_offer(session, application or make_selectable(session), **over)
    consents.give(session, user_of(offer.volunteer), offer.volunteer, SENSITIVE, "in a test")
    return offers.accept(session, user_of(offer.volunteer), offer)


def make_ready(session: AnySession, placement: Placement) -> None:
    """Settle all that keeps a placement from its start."""
    clear_everything(session, placement)
    sign_both(session, placement)


def make_active(session: AnySession, application: Application | None = None, **over: Any) -> Placement:
    """Make a placement that has begun, as if its first day were here and everything were cleared."""
    placement = make_placement(session, application, **over)
    make_ready(session, placement)
    who = coordinator_of(session, placement.receiving_vio)
    placements.start(session, who, placement, placement.starts_on)
    return placement


def sign_both(session: AnySession, placement: Placement, host: User | None = None) -> None:
    """Let volunteer and host sign the wording that waits."""
    for account in (user_of(placement.volunteer), host or host_account(session, placement)):
        sign_for(session, account, placement)


def sign_for(session: AnySession, account: User, placement: Placement, name: str = "A. Signer") -> Wording:
    """Let one side sign the wording that waits."""
    waiting = signings.standing(session, placement).waiting
    assert waiting is not None
    return signings.sign(session, account, placement, waiting.number, name, AGREED, "en", signings.fingerprint(AGREED))


def agree_until(session: AnySession, placement: Placement, ends_on: date, host: User | None = None) -> None:
    """Let both sides sign a later last day; a coordinator may extend the placement to it afterwards."""
    account = user_of(placement.volunteer)
    signings.propose(session, account, placement, {}, "We go on because the work is not done.", ends_on)
    sign_both(session, placement, host)


def host_account(session: AnySession, placement: Placement) -> User:
    """Return an account of the host, made where there is none."""
    host = placement.assignment.host
    found = session.scalars(select(User).where(User.host_id == host.id).order_by(User.id).limit(1)).first()
    return found or make_host_user(session, host)


def user_of(volunteer: Volunteer) -> User:
    """Return the account of a volunteer who has one."""
    assert volunteer.user is not None
    return volunteer.user
