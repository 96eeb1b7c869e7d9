"""The volunteer's answers to coordinators: to an invitation, and to being put forward to a partner."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from webapp import clock
from webapp.models import Assignment, MatchInvitation, Partnership, PutForward, User, Volunteer
from webapp.models.consents import ABROAD
from webapp.services import applications, audit, person_relations, ranking
from webapp.services.errors import NotFound, Refused
from webapp.words import lazy


@dataclass(frozen=True)
class Request:
    """Being put forward: the question, and the agreement under which it is asked."""

    put_forward: PutForward
    partnership: Partnership


def invitations_of(session: Session, volunteer: Volunteer) -> list[MatchInvitation]:
    """Return invitations to the volunteer, those that wait for an answer first."""
    query = select(MatchInvitation).where(MatchInvitation.volunteer_id == volunteer.id)
    work = selectinload(MatchInvitation.assignment)
    query = query.options(work.selectinload(Assignment.host), work.selectinload(Assignment.money))
    found = session.scalars(query.order_by(MatchInvitation.id.desc()))
    return sorted(found, key=lambda invitation: invitation.state != "sent")


def requests_of(session: Session, volunteer: Volunteer) -> list[Request]:
    """Return the questions whether the volunteer may be put forward to a partner, those that wait first."""
    query = (
        select(PutForward, Partnership)
        .join(Partnership, Partnership.id == PutForward.partnership_id)
        .where(PutForward.volunteer_id == volunteer.id)
        .order_by(PutForward.id.desc())
    )
    found = [Request(put_forward, partnership) for put_forward, partnership in session.execute(query)]
    return sorted(found, key=lambda request: request.put_forward.state != "asked")


def to_answer(account: User) -> list[Select[int]]:
    """Return the counts of questions that wait for this account."""
    mine = Volunteer.user_id == account.id
    sent = select(func.count(MatchInvitation.id)).join(Volunteer, Volunteer.id == MatchInvitation.volunteer_id)
    asked = select(func.count(PutForward.id)).join(Volunteer, Volunteer.id == PutForward.volunteer_id)
    return [sent.where(mine, MatchInvitation.state == "sent"), asked.where(mine, PutForward.state == "asked")]


def answer_invitation(session: Session, account: User, invitation_id: int, accepts: bool) -> MatchInvitation:
    """Accept (the inviting coordinator sees the name and profile from now on) or decline an invitation."""
    invitation = session.get(MatchInvitation, invitation_id)
    if invitation is None or invitation.volunteer.user_id != account.id:
        raise NotFound
    if invitation.state != "sent":
        raise Refused(lazy("You have answered this invitation already."))
    if accepts:
        _check(session, invitation.volunteer, invitation.assignment)
    invitation.state = "accepted" if accepts else "declined"
    invitation.answered_at = clock.now()
    audit.record(session, account, f"invitation_{invitation.state}", invitation)
    return invitation


def answer_request(session: Session, account: User, put_forward_id: int, agrees: bool) -> PutForward:
    """Agree to be put forward to a partner, or decline."""
    put_forward = session.get(PutForward, put_forward_id)
    if put_forward is None or put_forward.volunteer.user_id != account.id:
        raise NotFound
    if put_forward.state != "asked":
        raise Refused(lazy("You have answered this question already."))
    partnership = session.get_one(Partnership, put_forward.partnership_id)
    if agrees:
        _check(session, put_forward.volunteer, put_forward.assignment)
        if not partnership.is_active(clock.today()):
            raise Refused(lazy("The agreement between the two organizations is over. You need not answer."))
    put_forward.state = "agreed" if agrees else "declined"
    put_forward.answered_at = clock.now()
    audit.record(session, account, f"put_forward_{put_forward.state}", put_forward, vio_id=put_forward.volunteer.vio_id)
    if agrees:  # from now on the partner's assignment is within reach
        ranking.rank_volunteer(session, put_forward.volunteer)
    return put_forward


def take_back(session: Session, account: User, put_forward_id: int) -> None:
    """End being put forward: the partner's view of the volunteer ends at once."""
    put_forward = session.get(PutForward, put_forward_id)
    if put_forward is None or put_forward.volunteer.user_id != account.id:
        raise NotFound
    if put_forward.state != "agreed":
        raise Refused(lazy("You are not put forward for this assignment."))
    put_forward.state = "withdrawn"
    put_forward.answered_at = clock.now()
    audit.record(session, account, "put_forward_withdrawn", put_forward, vio_id=put_forward.volunteer.vio_id)


def _check(session: Session, volunteer: Volunteer, assignment: Assignment) -> None:
    if assignment.state != "open":
        raise Refused(lazy("This assignment is no longer open. You need not answer."))
    if assignment.host.suspended_at is not None:
        raise Refused(lazy("The work with this host is paused at present. You need not answer now."))
    applications.check_not_barred(volunteer)
    if not person_relations.may_be_matched(session, volunteer):
        raise Refused(lazy("You have not agreed to be matched. Agree under “Your consents” first."))
    if applications.needs_consent_abroad(volunteer, assignment) and not applications.stands(volunteer, ABROAD):
        raise Refused(lazy("This is outside the country where you live. Agree to it under “Your consents” first."))
