"""One of the office's alumni is asked about an applicant beside whom they served, on top of those who were named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp import clock
from webapp.models import Application, Placement, Reference, User, Volunteer
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.models.placements import SERVED_STATES, UNDER_WAY_STATES
from webapp.services import audit
from webapp.services.alumni import contacts
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.moves import can_move
from webapp.services.one_time_links import Link
from webapp.services.person_relations import CONTACT_STATES
from webapp.services.placement_sight import seen_by
from webapp.services.recruitment import alumni_reference_letters, referees, reference_letters
from webapp.services.recruitment.interviews import check_own
from webapp.words import lazy


@dataclass(frozen=True)
class Beside:
    """Somebody of the alumni, and the days (both included) on which they served where the applicant did."""

    alumnus: Volunteer
    served: str  # where: of SERVED
    begins: date
    ends: date

    @property
    def rank(self) -> tuple[bool, int, int]:
        """The same host comes first, then the longest time, then whoever came first."""
        return self.served != "at_host", -(self.ends - self.begins).days, self.alumnus.id


def fitting(session: Session, account: User, application: Application) -> list[Beside]:
    """Return whom the coordinator may ask now, the closest first; nobody once somebody of the alumni was asked.

    Only one for each application, also where they decline: nobody asks around until an answer pleases. An applicant
    without an account could not be told.
    """
    check_own(account, application)
    known = referees.references_of(session, application)
    is_time = application.state in CONTACT_STATES and application.volunteer.user is not None
    if not is_time or any(not one.is_named for one in known):
        return []
    own = _stays_of(session, account, application.volunteer)
    if not own:
        return []
    out = {application.volunteer_id, *_rivals(session, application)}
    written = {one.email for one in known}  # whoever declined as a referee was promised no further letter
    found: dict[int, Beside] = {}
    for stay in contacts.stays(session, account):
        if stay.volunteer_id not in out and _address(stay.volunteer) not in written:
            for beside in _both(stay, own):
                best = found.setdefault(stay.volunteer_id, beside)
                found[stay.volunteer_id] = min(best, beside, key=lambda one: one.rank)
    return sorted(found.values(), key=lambda one: one.rank)


def ask(session: Session, account: User, application: Application, alumnus_id: int, link: Link) -> Reference:
    """Ask one of those who fit (`alumnus_id`: of the volunteer), and tell the applicant."""
    check_own(account, application)
    alumnus = session.get(Volunteer, alumnus_id)
    if alumnus is None:
        raise NotFound
    hold(session, alumnus, application)  # of two clicks, the second finds what the first made
    if any(not one.is_named for one in referees.references_of(session, application)):
        raise Refused(lazy("One of the alumni was asked already. For each application you can ask one."))
    beside = next((one for one in fitting(session, account, application) if one.alumnus.id == alumnus_id), None)
    if beside is None:
        raise NotFound
    made = _made(application, beside)
    session.add(made)
    session.flush()
    audit.record(session, account, "reference_alumnus_chosen", made, account.vio_id, application=application.id)
    reference_letters.ask(session, account, made, link)
    alumni_reference_letters.tell_applicant(session, made)
    return made


def end_all(session: Session, account: User | None, alumnus: Volunteer) -> None:
    """End what an alumnus was asked and has not answered."""
    query = select(Reference).where(Reference.served_beside_id == alumnus.id).order_by(Reference.id)
    for one in session.scalars(query.with_for_update().execution_options(populate_existing=True)).all():
        if can_move(one, "withdrawn"):
            referees.withdraw(session, account, one)


def _made(application: Application, beside: Beside) -> Reference:
    now = clock.now()
    return Reference(
        application=application,
        served_beside=beside.alumnus,
        name=beside.alumnus.full_name,
        email=_address(beside.alumnus),
        relation="other",
        served=beside.served,
        state="named",
        named_at=now,
        state_at=now,
    )


def _address(alumnus: Volunteer) -> str:
    return alumnus.user.email.lower() if alumnus.user else ""


def _stays_of(session: Session, account: User, applicant: Volunteer) -> list[Placement]:
    """Return where the applicant has served with the coordinator's VIO."""
    states = (*SERVED_STATES, *UNDER_WAY_STATES)
    query = select(Placement).where(Placement.volunteer_id == applicant.id, Placement.state.in_(states))
    return list(session.scalars(query.where(seen_by(account)).options(selectinload(Placement.assignment))))


def _rivals(session: Session, application: Application) -> Iterable[int]:
    """Return who wants the same place: nobody speaks of those with whom they compete."""
    same = (Application.assignment_id == application.assignment_id, Application.state.in_(LIVE_APPLICATION_STATES))
    return session.scalars(select(Application.volunteer_id).where(*same)).all()


def _both(stay: Placement, own: Iterable[Placement]) -> Iterable[Beside]:
    for one in own:
        served = _served(stay, one)
        begins, ends = max(stay.starts_on, one.starts_on), min(stay.ends_on, _last_day(one))
        if served and begins <= ends:
            yield Beside(stay.volunteer, served, begins, ends)


def _served(one: Placement, other: Placement) -> str:
    if one.assignment.host_id == other.assignment.host_id:
        return "at_host"
    is_same = one.assignment.country is not None and one.assignment.country == other.assignment.country
    return "in_country" if is_same else ""


def _last_day(stay: Placement) -> date:
    """Return the last day of a stay; where it ended early, `ends_on` still says what was agreed."""
    ended = stay.ended_at if stay.state == "ended_early" else None
    return min(stay.ends_on, ended.date()) if ended else stay.ends_on
