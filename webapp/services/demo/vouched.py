"""In the demonstration: people who have served come again, and one of the alumni who was there too speaks of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Alumnus, Placement, Reference, User, Volunteer
from webapp.services import shortlists
from webapp.services.demo import recruited
from webapp.services.errors import Refused
from webapp.services.recruitment import alumni_references, applying, reference_answers
from webapp.services.recruitment.reference_answers import Answered
from webapp.services.visibility import matches_of_volunteer

ASKED = 2  # the first has answered, the second has the letter
NOTE = "I was there a year ago and would like to go on where we stopped."
SAYS = {"how_long": "months", "keeps_word": "always", "works_with_others": "always"}
SAYS |= {"other_ways": "mostly", "again": "yes"}
WORDS = "We shared a kitchen for a season. When the road was closed, they asked the neighbours first, and then us."

Accounts = Mapping[int | None, User]


def write(session: Session, coordinators: Accounts, hosts: Accounts) -> None:
    """Let two apply again; the office asks of each the one of the alumni who was closest."""
    made: list[Reference] = []
    for volunteer in _served_beside_alumni(session):
        asked = _ask(session, volunteer, coordinators, hosts) if len(made) < ASKED else None
        if asked is not None:
            made.append(asked)
    for one in made[:1]:
        reference_answers.answer(session, one, Answered(SAYS, WORDS, may_be_read=True))


def _served_beside_alumni(session: Session) -> Iterator[Volunteer]:
    """Yield whoever completed a stay while one of the alumni who may be asked had one in the same country."""
    query = select(Placement).where(Placement.state == "completed").options(joinedload(Placement.assignment))
    stays = [one for one in session.scalars(query.order_by(Placement.id)) if one.volunteer.user is not None]
    asked = set(session.scalars(select(Alumnus.volunteer_id).where(Alumnus.may_be_asked)))
    of_alumni = [one for one in stays if one.volunteer_id in asked]
    for stay in stays:
        if any(_are_beside(stay, other) for other in of_alumni):
            yield stay.volunteer


def _are_beside(one: Placement, other: Placement) -> bool:
    is_near = one.assignment.country == other.assignment.country and one.receiving_vio_id == other.receiving_vio_id
    is_same_time = one.starts_on <= other.ends_on and other.starts_on <= one.ends_on
    return is_near and is_same_time and one.volunteer_id != other.volunteer_id


def _ask(session: Session, volunteer: Volunteer, coordinators: Accounts, hosts: Accounts) -> Reference | None:
    """Let somebody apply for what fits best in the own VIO, and ask; None where that is not possible."""
    fits = (one.assignment for one in matches_of_volunteer(session, volunteer) if one.status == "eligible")
    work = next((one for one in fits if one.vio_id == volunteer.vio_id), None)
    if work is None or volunteer.user is None:
        return None
    try:
        said = recruited.said(session, work, NOTE)
        application = applying.send(session, volunteer.user, volunteer, work, said)
        shortlists.shortlist(session, hosts[work.host_id], application)
    except Refused:
        return None  # without the consent that this one needs, or it has applied already
    who = coordinators[work.vio_id]
    found = alumni_references.fitting(session, who, application)
    return alumni_references.ask(session, who, application, found[0].alumnus.id, str) if found else None
