"""What is held and stopped in the demonstration: a suspended host, a barred person who appeals, a roll call."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Assignment, Host, Offer, Placement, User, Volunteer
from webapp.models.accounts import COORDINATOR
from webapp.models.placements import RUNNING_PLACEMENT_STATES, UNDER_WAY_STATES
from webapp.services import suspensions
from webapp.services.bars import appeals, deciding
from webapp.services.demo.people import account_of
from webapp.services.one_time_links import Link
from webapp.services.roll_calls import answering, calling
from webapp.services.roll_calls.answering import Said

TO_HOST = "A volunteer told us of the lodging. We look into it and call you tomorrow; please write to us until then."
TO_PERSON = "Two hosts told us that you asked guests for money in our name. Please read it and tell us your side."
APPEAL = "The money was for the bus that we all took, and I gave it back the same week. Please ask the driver."


def write(session: Session) -> None:
    """Suspend the host of somebody who is there, bar somebody without applications, and call one country's roll."""
    _suspend(session)
    _bar(session)
    _call_the_roll(session)


def _suspend(session: Session) -> None:
    offered = exists().where(Offer.state == "made", Offer.assignment_id == Assignment.id, Assignment.host_id == Host.id)
    there = select(Host).join(Assignment, Assignment.host_id == Host.id)
    there = there.join(Placement, Placement.assignment_id == Assignment.id)
    there = there.where(Placement.state.in_(UNDER_WAY_STATES), ~offered.correlate(Host))
    host = session.scalars(there.order_by(Placement.id.desc()).limit(1)).one()
    first = _coordinators(session, host.vio_id)[0]
    suspensions.suspend(session, first, host, "conditions", "The roof leaks, says a volunteer.", TO_HOST)


def _bar(session: Session) -> None:
    applied = exists().where(Application.volunteer_id == Volunteer.id)
    query = select(Volunteer).where(Volunteer.user_id.is_not(None), ~applied).order_by(Volunteer.id.desc())
    person = session.scalars(query.limit(1)).one()
    first, second = _coordinators(session, person.vio_id)
    bar = deciding.propose(session, first, person, "misuse", "Letters of two hosts, in the file.", TO_PERSON, None)
    deciding.confirm(session, second, bar)
    appeals.appeal(session, account_of(person), APPEAL)


def _call_the_roll(session: Session) -> None:
    """Ask where most people are. One answers, one host answers for somebody, a colleague reaches nobody."""
    offices = [_coordinators(session, vio_id)[0] for vio_id in _receiving(session)]
    here = [(count, who, code) for who in offices for code, count in _countries(session, who).items()]
    _count, who, country = max(here, key=lambda one: one[0])
    volunteers: list[str] = []
    hosts: list[str] = []
    opening = calling.Opening(country, "An earthquake this morning, near the lake. Phones may not work.")
    call = calling.open_call(session, who, opening, _keep_in(volunteers), _keep_in(hosts))
    said = Said("safe", "At the school, with everybody", "", "The house has cracks; we sleep outside.")
    answering.answer(session, answering.find(session, volunteers[0]), said)
    if len(hosts) > 1:
        answering.answer(session, answering.find(session, hosts[-1]), Said("safe", words="With my family since noon."))
    for person in call.people[1:2]:
        answering.heard_by_telephone(session, who, person, Said("tried", words="Rang twice, the line is dead."))


def _countries(session: Session, who: User) -> dict[str, int]:
    return calling.countries(session, who, clock.today())


def _receiving(session: Session) -> Sequence[int]:
    running = Placement.state.in_(RUNNING_PLACEMENT_STATES)
    query = select(Placement.receiving_vio_id).where(running).distinct().order_by(Placement.receiving_vio_id)
    return session.scalars(query).all()


def _coordinators(session: Session, vio_id: int) -> Sequence[User]:
    query = select(User).where(User.role == COORDINATOR, User.vio_id == vio_id).order_by(User.id)
    return session.scalars(query).all()


def _keep_in(tokens: list[str]) -> Link:
    def link(token: str) -> str:
        tokens.append(token)
        return f"/safe/{token}"

    return link
