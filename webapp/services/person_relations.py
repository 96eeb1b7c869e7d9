"""How an account stands to a volunteer, by the names of webapp/permissions, and who is in reach of an assignment.

What a relation gives stands in the table of permissions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp import permissions
from webapp.models import (
    Application,
    Assignment,
    Consent,
    Match,
    MatchInvitation,
    Partnership,
    Placement,
    PutForward,
    User,
    Volunteer,
)
from webapp.models.accounts import HOST
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.models.consents import MATCHING
from webapp.models.placements import UNDER_WAY_STATES
from webapp.services.delegations import at_own_work, relation_to_work
from webapp.services.known_people import Agreed, Applied, Known, Person
from webapp.services.relations import DELEGATED, OWN_VIO

Number = int | InstrumentedAttribute[int]
Day = date | BindParameter[date]

CONTACT_STATES = ("shortlisted", "interview", "selected")
PUT_FORWARD = "put_forward"
BUILT = 500  # conditions that are kept: a page asks for the same one several times; they hold numbers and no rows


@dataclass(frozen=True)
class Look:
    """An account that looks at a volunteer; what is asked of the database is asked once, and only when it is needed."""

    session: Session
    account: User
    volunteer: Person
    assignment: Assignment | None
    today: date
    known: Known | None = None  # of the whole list, where the person stands in one

    @cached_property
    def is_at_work(self) -> bool:
        """Whether it is in the light of the account's own assignment, at somebody who has claimed the profile."""
        work, account = self.assignment, self.account
        if work is None or not self.volunteer.is_claimed:
            return False  # before claiming, nobody outside the own VIO
        return work.host_id == account.host_id if account.role == HOST else relation_to_work(account, work) is not None

    @cached_property
    def application(self) -> Applied | None:
        """The newest application, unless it was withdrawn."""
        assert self.assignment is not None
        key = (self.volunteer.id, self.assignment.id)
        found: Applied | None
        if self.known is not None:
            found = self.known.newest.get(key)
        else:
            pair = (Application.volunteer_id == key[0], Application.assignment_id == key[1])
            found = self.session.scalars(select(Application).where(*pair).order_by(Application.id.desc())).first()
        return found if found is not None and found.state != "withdrawn" else None

    @cached_property
    def partnership(self) -> Agreed | None:
        """The active agreement under which the person is put forward to the assignment."""
        assert self.assignment is not None
        if self.known is not None:
            return self.known.partnerships.get((self.volunteer.id, self.assignment.id))
        return self.session.scalar(forward(self.volunteer.id, self.assignment.id, self.today))


def relation_to(look: Look) -> str | None:
    """Return the relation that counts, of those that give the account's role something; None where none holds."""
    return permissions.held("person.see", look.account.role, HOLDS, look)


def _own_profile(look: Look) -> bool:
    return look.volunteer.user_id == look.account.id


def _own_vio(look: Look) -> bool:
    return look.volunteer.vio_id == look.account.vio_id and not look.account.is_delegated


def _delegated(look: Look) -> bool:
    if not look.account.is_delegated or look.volunteer.vio_id != look.account.vio_id:
        return False
    if look.is_at_work and look.application is not None:
        return True  # an application that stands ties them: lists need no query for each
    tied = select(Volunteer.id).where(Volunteer.id == look.volunteer.id, has_to_do(look.account))
    return look.session.scalar(tied) is not None


def _applicant(look: Look) -> bool:
    return look.is_at_work and look.application is not None


def _shortlisted(look: Look) -> bool:
    if not _applicant(look) or look.application is None or look.application.state not in CONTACT_STATES:
        return False
    if look.account.role != HOST or look.assignment is None or look.assignment.host.suspended_at is None:
        return True
    return _is_there(look)  # whoever is there has to be looked after; others wait


def _is_there(look: Look) -> bool:
    assert look.assignment is not None
    here = (Placement.volunteer_id == look.volunteer.id, Placement.assignment_id == look.assignment.id)
    return look.session.scalar(select(Placement.id).where(*here, Placement.state.in_(UNDER_WAY_STATES))) is not None


def _invited(look: Look) -> bool:
    if not look.is_at_work or look.assignment is None:
        return False
    if look.known is not None:
        return (look.volunteer.id, look.assignment.id) in look.known.accepted
    return look.session.scalar(accepted(look.volunteer.id, look.assignment.id)) is not None


def _put_forward(look: Look) -> bool:
    return look.is_at_work and look.partnership is not None


def _open_to_all(look: Look) -> bool:
    if not look.is_at_work or not look.volunteer.open_to_all:
        return False
    return look.volunteer.id in look.known.matchable if look.known else may_be_matched(look.session, look.volunteer)


HOLDS: dict[str, Callable[[Look], bool]] = {
    "own_profile": _own_profile,
    OWN_VIO: _own_vio,
    DELEGATED: _delegated,
    "shortlisted": _shortlisted,
    "applicant": _applicant,
    "invited": _invited,
    PUT_FORWARD: _put_forward,
    "open_to_all": _open_to_all,
}


def accepted(volunteer_id: Number, assignment_id: Number) -> Select[int]:
    """Return the query for an invitation to the assignment that the person accepted."""
    return select(MatchInvitation.id).where(
        MatchInvitation.volunteer_id == volunteer_id,
        MatchInvitation.assignment_id == assignment_id,
        MatchInvitation.state == "accepted",
    )


def forward(volunteer_id: Number, assignment_id: Number, today: date) -> Select[Partnership]:
    """Return the query for the active agreement under which the person agreed to be put forward to the assignment."""
    pair = (PutForward.volunteer_id == volunteer_id, PutForward.assignment_id == assignment_id)
    return put_forward(today).where(*pair)


def put_forward(today: date) -> Select[Partnership]:
    """Return the same query for all people who agreed to it, and all assignments."""
    query = select(Partnership).join(PutForward, PutForward.partnership_id == Partnership.id)
    return query.where(PutForward.state == "agreed", active_partnership(today))


def active_partnership(today: Day) -> ColumnElement[bool]:
    """Return the condition under which a partnership gives access (the same as Partnership.is_active)."""
    return and_(
        Partnership.agreed_at.is_not(None),
        Partnership.ended_at.is_(None),
        Partnership.starts_on <= today,
        Partnership.ends_on >= today,
    )


def consents_to(purpose: str) -> ColumnElement[bool]:
    """Return the condition that a volunteer's consent for `purpose` stands, and no bar of their VIO."""
    return and_(exists(select(Consent.id).where(*_given(purpose))), Volunteer.barred_at.is_(None))


def whether_consents_to(purpose: str) -> ColumnElement[bool]:
    """Return the same to be read of some people: for an EXISTS beside columns PostgreSQL may read all consents."""
    number = select(func.count(Consent.id)).where(*_given(purpose)).correlate(Volunteer).scalar_subquery()
    return and_(number > 0, Volunteer.barred_at.is_(None))


def _given(purpose: str) -> tuple[ColumnElement[bool], ...]:
    return Consent.volunteer_id == Volunteer.id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)


def may_be_matched(session: Session, volunteer: Person) -> bool:
    """Whether the volunteer's consent to be matched stands."""
    return session.scalar(_MAY_BE_MATCHED, {"volunteer_id": volunteer.id}) is not None


# Put together once: most pages of a volunteer ask it.
_MAY_BE_MATCHED = select(Volunteer.id).where(Volunteer.id == bindparam("volunteer_id"), consents_to(MATCHING))


@lru_cache(maxsize=BUILT)
def within_reach(assignment_id: Number, vio_id: int, today: date) -> ColumnElement[bool]:
    """Return the condition that a volunteer may be matched with an assignment of this VIO."""
    return and_(consents_to(MATCHING), known_to(assignment_id, vio_id, today))


def known_to(assignment_id: Number, vio_id: Number, today: date) -> ColumnElement[bool]:
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
    reached = (applied, accepted(here, assignment_id), forward(here, assignment_id, today))
    elsewhere = and_(
        Volunteer.user_id.is_not(None),
        or_(Volunteer.open_to_all, *(exists(one) for one in reached)),
    )
    return or_(Volunteer.vio_id == vio_id, elsewhere)


def has_to_do(account: User) -> ColumnElement[bool]:
    """Return the condition of people of a coordinator's VIO; where countries are delegated, of those tied to them.

    An application that stands, a current match, an invitation or a placement ties somebody to an assignment.
    """
    mine = Volunteer.vio_id == account.vio_id
    if not account.is_delegated:
        return mine
    here = Volunteer.id
    applied = select(Application.id).where(Application.volunteer_id == here, Application.state != "withdrawn")
    matched = select(Match.id).where(Match.volunteer_id == here, Match.is_current, consents_to(MATCHING))
    invited = select(MatchInvitation.id).where(
        MatchInvitation.volunteer_id == here, MatchInvitation.state != "declined"
    )
    placed = select(Placement.id).where(Placement.volunteer_id == here)
    ties = (
        applied.where(at_own_work(account, Application.assignment_id)),
        matched.where(at_own_work(account, Match.assignment_id)),
        invited.where(at_own_work(account, MatchInvitation.assignment_id)),
        placed.where(at_own_work(account, Placement.assignment_id)),
    )
    # Of the person alone: a list around it may hold matches or applications too.
    return and_(mine, or_(*(one.correlate(Volunteer).exists() for one in ties)))
