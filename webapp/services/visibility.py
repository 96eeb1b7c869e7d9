"""Who sees whom (design.md section 3). Every page that shows a person asks here what it may print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager

from webapp import clock
from webapp.models import (
    Application,
    Assignment,
    Consent,
    Host,
    Match,
    MatchInvitation,
    Partnership,
    Placement,
    PutForward,
    User,
    Volunteer,
)
from webapp.models.accounts import ADMINISTRATOR, COORDINATOR, HOST, VOLUNTEER
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.models.consents import MATCHING
from webapp.models.placements import UNDER_WAY_STATES
from webapp.services.errors import NotFound
from webapp.services.published import is_open

Row = TypeVar("Row")
Newest = Mapping[tuple[int, int], Application]  # by volunteer and assignment; services/sights.py reads it for lists

CONTACT_STATES = ("shortlisted", "interview", "selected")
# What a partnership may share of a profile; the names that `Partnership.shared_parts` holds.
SHARED_PARTS = ("name", "profile", "earlier_service")


@dataclass(frozen=True)
class Sight:
    """What one account may see of one volunteer: templates print what is True and nothing else."""

    match: bool = False  # that there is a match, its score and reasons
    name: bool = False
    profile: bool = False  # skills, languages, availability, experience
    contact: bool = False
    earlier_service: bool = False  # by country

    @property
    def anything(self) -> bool:
        """Whether the person exists at all for this account."""
        return self.match or self.name or self.profile


NOTHING = Sight()
EVERYTHING = Sight(match=True, name=True, profile=True, contact=True, earlier_service=True)


def sight_of(
    session: Session,
    account: User,
    volunteer: Volunteer,
    assignment: Assignment | None = None,
    today: date | None = None,
    newest: Newest | None = None,
) -> Sight:
    """Return what `account` may see of `volunteer`, in the light of `assignment` where one is looked at."""
    if account.role == VOLUNTEER:
        return EVERYTHING if volunteer.user_id == account.id else NOTHING
    if account.role == ADMINISTRATOR:
        return NOTHING
    if account.role == COORDINATOR and volunteer.vio_id == account.vio_id:
        return EVERYTHING
    if assignment is None or not volunteer.is_claimed:
        return NOTHING  # before claiming, nobody outside the own VIO
    if account.role == HOST and assignment.host_id == account.host_id:
        return _host_sight(session, volunteer, assignment, newest)
    if account.role == COORDINATOR and assignment.vio_id == account.vio_id:
        return _receiving_sight(session, volunteer, assignment, today or clock.today(), newest)
    return NOTHING


def _host_sight(session: Session, volunteer: Volunteer, assignment: Assignment, newest: Newest | None) -> Sight:
    """A host sees its applicants, contact data after the shortlist, earlier service by country never."""
    application = _last_application(session, volunteer, assignment, newest)
    if application is None or application.state == "withdrawn":
        return NOTHING
    may_write = application.state in CONTACT_STATES
    if assignment.host.suspended_at is not None:  # whoever is there has to be looked after; others wait
        may_write = may_write and _is_there(session, volunteer, assignment)
    return Sight(match=True, name=True, profile=True, contact=may_write)


def _is_there(session: Session, volunteer: Volunteer, assignment: Assignment) -> bool:
    here = (Placement.volunteer_id == volunteer.id, Placement.assignment_id == assignment.id)
    return session.scalar(select(Placement.id).where(*here, Placement.state.in_(UNDER_WAY_STATES))) is not None


def _receiving_sight(
    session: Session, volunteer: Volunteer, assignment: Assignment, today: date, newest: Newest | None
) -> Sight:
    """Another VIO's coordinator: a match without name; the name after an application, invitation or putting forward."""
    application = _last_application(session, volunteer, assignment, newest)
    if application is not None and application.state != "withdrawn":
        return Sight(match=True, name=True, profile=True, contact=application.state in CONTACT_STATES)
    if _accepted_invitation(session, volunteer, assignment):
        return Sight(match=True, name=True, profile=True)
    parts = parts_put_forward(session, volunteer, assignment, today)
    if parts is not None:
        return Sight(True, "name" in parts, "profile" in parts, False, "earlier_service" in parts)
    return Sight(match=True) if volunteer.open_to_all and may_be_matched(session, volunteer) else NOTHING


def _last_application(
    session: Session, volunteer: Volunteer, assignment: Assignment, newest: Newest | None
) -> Application | None:
    if newest is not None:
        return newest.get((volunteer.id, assignment.id))
    pair = (Application.volunteer_id == volunteer.id, Application.assignment_id == assignment.id)
    return session.scalars(select(Application).where(*pair).order_by(Application.id.desc())).first()


def _accepted_invitation(session: Session, volunteer: Volunteer, assignment: Assignment) -> bool:
    query = select(MatchInvitation.id).where(
        MatchInvitation.volunteer_id == volunteer.id,
        MatchInvitation.assignment_id == assignment.id,
        MatchInvitation.state == "accepted",
    )
    return session.scalar(query) is not None


def parts_put_forward(
    session: Session, volunteer: Volunteer, assignment: Assignment, today: date
) -> frozenset[str] | None:
    """Return what the agreement shares of someone put forward to `assignment`, None where no active one does."""
    query = (
        select(Partnership)
        .join(PutForward, PutForward.partnership_id == Partnership.id)
        .where(
            PutForward.volunteer_id == volunteer.id,
            PutForward.assignment_id == assignment.id,
            PutForward.state == "agreed",
            active_partnership(today),
        )
    )
    partnership = session.scalar(query)
    return frozenset(partnership.shared_parts) if partnership else None


def active_partnership(today: date) -> ColumnElement[bool]:
    """Return the condition under which a partnership gives access (the same as Partnership.is_active)."""
    return and_(
        Partnership.agreed_at.is_not(None),
        Partnership.ended_at.is_(None),
        Partnership.starts_on <= today,
        Partnership.ends_on >= today,
    )


def consents_to(purpose: str) -> ColumnElement[bool]:
    """Return the condition that a volunteer's consent for `purpose` stands, and no bar of their VIO."""
    given = exists(
        select(Consent.id).where(
            Consent.volunteer_id == Volunteer.id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)
        )
    )
    return and_(given, Volunteer.barred_at.is_(None))


def may_be_matched(session: Session, volunteer: Volunteer) -> bool:
    """Whether the volunteer's consent to be matched stands."""
    return session.scalar(select(Volunteer.id).where(Volunteer.id == volunteer.id, consents_to(MATCHING))) is not None


def within_reach(assignment_id: int | InstrumentedAttribute[int], vio_id: int, today: date) -> ColumnElement[bool]:
    """Return the condition that a volunteer may be matched with an assignment of this VIO."""
    return and_(consents_to(MATCHING), known_to(assignment_id, vio_id, today))


def known_to(assignment_id: int | InstrumentedAttribute[int], vio_id: int, today: date) -> ColumnElement[bool]:
    """Return the condition that a volunteer exists for an assignment of this VIO, whether or not they agreed to it.

    Its own people (imported ones too), people of other VIOs who are open to all, who applied, who accepted an
    invitation, or who are put forward under an active partnership.
    """
    here = Volunteer.id
    applied = select(Application.id).where(
        Application.volunteer_id == here,
        Application.assignment_id == assignment_id,
        Application.state.in_(LIVE_APPLICATION_STATES),
    )
    invited = select(MatchInvitation.id).where(
        MatchInvitation.volunteer_id == here,
        MatchInvitation.assignment_id == assignment_id,
        MatchInvitation.state == "accepted",
    )
    forward = (
        select(PutForward.id)
        .join(Partnership, Partnership.id == PutForward.partnership_id)
        .where(
            PutForward.volunteer_id == here,
            PutForward.assignment_id == assignment_id,
            PutForward.state == "agreed",
            active_partnership(today),
        )
    )
    elsewhere = and_(
        Volunteer.user_id.is_not(None),
        or_(Volunteer.open_to_all, exists(applied), exists(invited), exists(forward)),
    )
    return or_(Volunteer.vio_id == vio_id, elsewhere)


def current_matches(session: Session, assignment: Assignment) -> list[Match]:
    """Return the newest matches of an assignment with people who may be shown now, best band first, then by lot."""
    query = (
        select(Match)
        .join(Volunteer, Volunteer.id == Match.volunteer_id)
        .where(
            Match.assignment_id == assignment.id,
            Match.is_current,
            within_reach(assignment.id, assignment.vio_id, clock.today()),
        )
        .order_by(Match.status, Match.band.desc(), Match.lot)
    )
    return list(session.scalars(query))


def matches_of_volunteer(session: Session, volunteer: Volunteer) -> list[Match]:
    """Return the newest matches of a volunteer with open assignments, best band first, then by lot."""
    if not may_be_matched(session, volunteer):
        return []
    query = select(Match).join(Assignment, Assignment.id == Match.assignment_id)
    query = query.where(Match.volunteer_id == volunteer.id, Match.is_current, is_open())
    beside = contains_eager(Match.assignment).selectinload(Assignment.host)
    return list(session.scalars(query.order_by(Match.status, Match.band.desc(), Match.lot).options(beside)))


def volunteer_of(session: Session, account: User) -> Volunteer:
    """Return the account's own profile."""
    volunteer = session.scalar(select(Volunteer).where(Volunteer.user_id == account.id))
    if volunteer is None:
        raise NotFound
    return volunteer


def host_of(session: Session, account: User) -> Host:
    """Return the organization that the account works for."""
    host = session.get(Host, account.host_id) if account.host_id else None
    if host is None:
        raise NotFound
    return host


def vio_volunteer(session: Session, account: User, volunteer_id: int) -> Volunteer:
    """Return a volunteer of the coordinator's own VIO."""
    return _one(
        session,
        select(Volunteer).where(
            Volunteer.id == volunteer_id, Volunteer.vio_id == account.vio_id, Volunteer.erased_at.is_(None)
        ),
    )


def vio_host(session: Session, account: User, host_id: int) -> Host:
    """Return a host organization of the coordinator's VIO."""
    return _one(session, select(Host).where(Host.id == host_id, Host.vio_id == account.vio_id))


def vio_assignment(session: Session, account: User, assignment_id: int) -> Assignment:
    """Return an assignment of the coordinator's VIO."""
    return _one(session, select(Assignment).where(Assignment.id == assignment_id, Assignment.vio_id == account.vio_id))


def host_assignment(session: Session, account: User, assignment_id: int) -> Assignment:
    """Return an assignment of the account's organization."""
    mine = (Assignment.id == assignment_id, Assignment.host_id == account.host_id)
    return _one(session, select(Assignment).where(*mine))


def host_application(session: Session, account: User, application_id: int) -> Application:
    """Return an application to the account's organization; a withdrawn one is gone."""
    mine = (Application.id == application_id, Assignment.host_id == account.host_id, Application.state != "withdrawn")
    return _one(session, select(Application).join(Assignment).where(*mine))


def vio_application(session: Session, account: User, application_id: int) -> Application:
    """Return an application to an assignment of the coordinator's VIO."""
    mine = (Application.id == application_id, Assignment.vio_id == account.vio_id)
    return _one(session, select(Application).join(Assignment).where(*mine))


def own_application(session: Session, account: User, application_id: int) -> Application:
    """Return the volunteer's own application."""
    mine = (Application.id == application_id, Volunteer.user_id == account.id)
    return _one(session, select(Application).join(Volunteer).where(*mine))


def _one(session: Session, query: Select[Row]) -> Row:
    if (row := session.scalar(query)) is None:
        raise NotFound
    return row
