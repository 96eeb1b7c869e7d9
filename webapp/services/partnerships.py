"""Partnerships between two VIOs: propose, agree, end; and putting a volunteer forward, who agrees herself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from webapp import clock
from webapp.models import Application, Assignment, Host, Partnership, PutForward, User, Vio, Volunteer
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.models.consents import ABROAD, MATCHING
from webapp.services import audit, consents
from webapp.services.correspondence import write_to_coordinators, write_to_volunteer
from webapp.services.directory import named_like, written_in
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import AGREEMENT, INVITATIONS
from webapp.services.own_rows import vio_volunteer
from webapp.services.person_relations import consents_to
from webapp.services.visibility import SHARED_PARTS
from webapp.words import Words, lazy

MOST_FOUND = 25


def partnerships_of(session: Session, account: User) -> list[Partnership]:
    """Return the partnerships of the account's VIO: open proposals first, then the newest."""
    query = select(Partnership).where(_mine(account))
    ended = Partnership.ended_at.is_not(None)
    return list(session.scalars(query.order_by(ended, Partnership.agreed_at.is_not(None), Partnership.id.desc())))


def partnership_of(session: Session, account: User, partnership_id: int) -> Partnership:
    """Return a partnership of the account's VIO."""
    found = session.scalar(select(Partnership).where(Partnership.id == partnership_id, _mine(account)))
    if found is None:
        raise NotFound
    return found


def other_vios(session: Session, account: User) -> list[Vio]:
    """Return the VIOs with which a partnership could be proposed."""
    return list(session.scalars(select(Vio).where(Vio.id != account.vio_id).order_by(Vio.name)))


def propose(session: Session, account: User, other_vio_id: int, we_send: bool, terms: Mapping[str, Any]) -> Partnership:
    """Propose a partnership; it gives no access before the other side agrees.

    `terms` holds the columns terms, sending_focal_point, receiving_focal_point, vetting_by, insurance_by, support_by,
    costs_by, shared_parts, starts_on, ends_on.
    """
    if other_vio_id == account.vio_id or session.get(Vio, other_vio_id) is None:
        raise NotFound
    if terms["ends_on"] < terms["starts_on"]:
        raise Refused(lazy("The last day lies before the first day. Change one of the two."))
    if not set(terms["shared_parts"]) <= set(SHARED_PARTS):
        raise Refused(lazy("Choose what is shared from the list."))
    sending, receiving = (account.vio_id, other_vio_id) if we_send else (other_vio_id, account.vio_id)
    partnership = Partnership(
        sending_vio_id=sending,
        receiving_vio_id=receiving,
        proposed_by_vio_id=account.vio_id,
        created_at=clock.now(),
        **terms,
    )
    session.add(partnership)
    audit.record(session, account, "partnership_proposed", partnership, account.vio_id)
    _tell_other(
        session, account, partnership, lazy("%(vio)s proposes a partnership. Sign in to read the terms and answer.")
    )
    return partnership


def agree(session: Session, account: User, partnership: Partnership) -> None:
    """Say yes for the side that did not propose; from now on (and its first day) the partnership gives access."""
    if partnership.proposed_by_vio_id == account.vio_id:
        raise Refused(lazy("Your side proposed this partnership. The other side has to agree."))
    if partnership.agreed_at is not None or partnership.ended_at is not None:
        raise Refused(lazy("This proposal was answered already. Reload the page."))
    partnership.agreed_at = clock.now()
    audit.record(session, account, "partnership_agreed", partnership, account.vio_id)
    _tell_other(session, account, partnership, lazy("%(vio)s has agreed to the partnership."))


def end(session: Session, account: User, partnership: Partnership) -> None:
    """End a partnership, or answer a proposal with no; either side can, and all access under it ends at once."""
    if partnership.ended_at is not None:
        raise Refused(lazy("This partnership has ended already."))
    partnership.ended_at = clock.now()
    audit.record(session, account, "partnership_ended", partnership, account.vio_id)
    _tell_other(session, account, partnership, lazy("%(vio)s has ended the partnership. Access under it is closed."))


def sending_partnerships(session: Session, account: User, today: date) -> list[Partnership]:
    """Return the active partnerships under which the account's VIO may put volunteers forward."""
    query = select(Partnership).where(Partnership.sending_vio_id == account.vio_id).order_by(Partnership.id)
    return [partnership for partnership in session.scalars(query) if partnership.is_active(today)]


def open_assignments(
    session: Session, account: User, partnership: Partnership, today: date, search: str = ""
) -> list[Assignment]:
    """Return the receiving VIO's open assignments, for the sending side of an active partnership.

    At most MOST_FOUND and one more, by part of the title.
    """
    query = _open_assignments(account, partnership, today)
    if search.strip():
        query = query.where(written_in([Assignment.title], search))
    return list(session.scalars(query.order_by(Assignment.title, Assignment.id).limit(MOST_FOUND + 1)))


def open_assignment(
    session: Session, account: User, partnership: Partnership, today: date, assignment_id: int
) -> Assignment | None:
    """Return one of these by its number, however many there are."""
    return session.scalar(_open_assignments(account, partnership, today).where(Assignment.id == assignment_id))


def _open_assignments(account: User, partnership: Partnership, today: date) -> Select[Assignment]:
    if partnership.sending_vio_id != account.vio_id or not partnership.is_active(today):
        raise NotFound
    query = select(Assignment).join(Host).options(contains_eager(Assignment.host))
    query = query.where(Assignment.vio_id == partnership.receiving_vio_id, Assignment.state == "open")
    return query.where(Host.state == "verified", Host.verified_until >= today, Host.suspended_at.is_(None))


def people_to_put_forward(session: Session, account: User, search: str) -> list[Volunteer]:
    """Return claimed volunteers of the own VIO whose consent to be matched stands, by part of the name."""
    query = select(Volunteer).where(
        Volunteer.vio_id == account.vio_id, Volunteer.user_id.is_not(None), consents_to(MATCHING)
    )
    if search.strip():
        query = query.where(named_like(search))
    return list(session.scalars(query.order_by(Volunteer.full_name, Volunteer.id).limit(MOST_FOUND)))


def put_forward(
    session: Session,
    account: User,
    partnership: Partnership,
    assignment_id: int,
    volunteer_id: int,
    words: str,
    today: date,
) -> PutForward:
    """Ask an own volunteer whether she may be put forward; the partner sees nothing before she agrees."""
    assignment = open_assignment(session, account, partnership, today, assignment_id)
    if assignment is None:
        raise NotFound
    volunteer = vio_volunteer(session, account, volunteer_id)
    _check_person(session, volunteer, assignment)
    asked = _earlier(session, volunteer, assignment)
    if asked is not None and asked.state in ("asked", "agreed"):
        raise Refused(lazy("This person was asked already for this assignment."))
    asked = asked or PutForward(assignment_id=assignment.id, volunteer_id=volunteer.id)
    asked.partnership_id, asked.state, asked.words = partnership.id, "asked", words.strip()
    asked.by_id, asked.at, asked.answered_at = account.id, clock.now(), None
    session.add(asked)
    audit.record(session, account, "put_forward_asked", asked, account.vio_id)
    write_to_volunteer(
        session,
        volunteer,
        INVITATIONS,
        lazy("May we put you forward? %(title)s", title=assignment.title),
        lazy(
            "We would like to put you forward to %(vio)s for: %(title)s.\n\nNothing is shared before you say yes. "
            "Sign in and look under Invitations.",
            vio=partnership.receiving_vio.name,
            title=assignment.title,
        ),
    )
    return asked


def _check_person(session: Session, volunteer: Volunteer, assignment: Assignment) -> None:
    if not volunteer.is_claimed:
        raise Refused(lazy("This person has not claimed the profile yet and cannot be put forward."))
    purposes = [MATCHING] if volunteer.residence == assignment.country else [MATCHING, ABROAD]
    if any(consents.standing(session, volunteer, purpose) is None for purpose in purposes):
        raise Refused(lazy("This person has not consented to be matched for this country."))
    applied = select(Application.id).where(
        Application.assignment_id == assignment.id,
        Application.volunteer_id == volunteer.id,
        Application.state.in_(LIVE_APPLICATION_STATES),
    )
    if session.scalar(applied.limit(1)) is not None:
        raise Refused(lazy("This person has applied for the assignment already."))


def _earlier(session: Session, volunteer: Volunteer, assignment: Assignment) -> PutForward | None:
    query = select(PutForward).where(PutForward.assignment_id == assignment.id, PutForward.volunteer_id == volunteer.id)
    return session.scalar(query)


def withdraw_put_forward(session: Session, account: User, put_forward_id: int) -> PutForward:
    """Take back what the own VIO put forward; the partner's access to that person ends at once."""
    query = select(PutForward).join(Partnership, Partnership.id == PutForward.partnership_id)
    query = query.where(PutForward.id == put_forward_id, Partnership.sending_vio_id == account.vio_id)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    if found.state not in ("asked", "agreed"):
        raise Refused(lazy("This was answered or taken back already. Reload the page."))
    found.state = "withdrawn"
    audit.record(session, account, "put_forward_withdrawn", found, account.vio_id)
    return found


def put_forward_under(session: Session, account: User, partnership: Partnership, today: date) -> list[PutForward]:
    """Return who was put forward: all to the sending side; to the receiving side those who agreed."""
    query = select(PutForward).where(PutForward.partnership_id == partnership.id).order_by(PutForward.id.desc())
    if partnership.sending_vio_id != account.vio_id:
        if not partnership.is_active(today):
            return []
        query = query.where(PutForward.state == "agreed")
    beside = (selectinload(PutForward.volunteer), selectinload(PutForward.assignment))
    return list(session.scalars(query.options(*beside)))


def _mine(account: User) -> Any:
    return or_(Partnership.sending_vio_id == account.vio_id, Partnership.receiving_vio_id == account.vio_id)


def _tell_other(session: Session, account: User, partnership: Partnership, words: Words) -> None:
    """Write to the coordinators of the other side."""
    is_sending = partnership.sending_vio_id == account.vio_id
    other = partnership.receiving_vio_id if is_sending else partnership.sending_vio_id
    vio = session.get_one(Vio, account.vio_id)
    write_to_coordinators(
        session, other, AGREEMENT, lazy("Partnership with %(vio)s", vio=vio.name), Words(words.text, {"vio": vio.name})
    )
