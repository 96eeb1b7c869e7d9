"""Consent by purpose: what is asked, giving it, taking it back. Taking back takes effect at once."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, bindparam, exists, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from webapp import clock
from webapp.models import Application, Assignment, Consent, Match, MatchInvitation, PutForward, User, Volunteer
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.models.consents import ABROAD, MATCHING, PURPOSES
from webapp.services import applications, audit, stays
from webapp.services.consent_wordings import EARLIER, VERSIONS
from webapp.services.errors import NotFound, Refused
from webapp.words import lazy

# Put together once: a coordinator's page of a person asks the one, first pages the other.
_HISTORY = select(Consent).where(Consent.volunteer_id == bindparam("volunteer_id")).order_by(Consent.id.desc())
_STANDING = (
    select(Consent)
    .where(Consent.volunteer_id == bindparam("volunteer_id"), Consent.purpose == bindparam("purpose"))
    .where(Consent.withdrawn_at.is_(None))
    .order_by(Consent.id.desc())
)


def standing(session: Session, volunteer: Volunteer, purpose: str) -> Consent | None:
    """Return the consent that stands for `purpose`, None where there is none."""
    return session.scalars(_STANDING, {"volunteer_id": volunteer.id, "purpose": purpose}).first()


def is_older(consent: Consent) -> bool:
    """Whether there is a newer wording than the one that was agreed to."""
    return consent.version in EARLIER.get(consent.purpose, {})


def history(session: Session, volunteer: Volunteer) -> list[Consent]:
    """Return all consents ever given, newest first."""
    return list(session.scalars(_HISTORY, {"volunteer_id": volunteer.id}))


def give(
    session: Session, actor: User | None, volunteer: Volunteer, purpose: str, how: str, given_on: date | None = None
) -> Consent:
    """Record a consent; giving one that stands changes nothing. Abroad needs matching first.

    One that stands under an older wording ends where the yes to the new one begins.
    """
    if purpose not in VERSIONS:
        raise Refused(lazy("This is no purpose that we ask consent for."))
    kept = standing(session, volunteer, purpose)
    if kept is not None and not is_older(kept):
        return kept
    if purpose == ABROAD and standing(session, volunteer, MATCHING) is None:
        raise Refused(lazy("Agree to be matched first: being matched abroad builds on it."))
    consent = Consent(
        volunteer_id=volunteer.id,
        purpose=purpose,
        version=VERSIONS[purpose],
        given_on=given_on or clock.today(),
        how=how,
        recorded_at=clock.now(),
    )
    if kept is not None:
        kept.withdrawn_at = consent.recorded_at
    session.add(consent)
    audit.record(session, actor, "consent_given", volunteer, purpose=purpose, version=consent.version)
    session.expire(volunteer, ["consents"])
    return consent


def withdraw(session: Session, actor: User, volunteer: Volunteer, purpose: str) -> None:
    """Take a consent to matching back, at once: matches vanish, and what rests on the consent is withdrawn with it.

    Applications, invitations and putting forward rest on it, since each shows the person beside a computed match.
    Without matching there is no matching abroad either.
    """
    if purpose not in PURPOSES:  # what rests on others ends elsewhere
        raise NotFound
    taken = [purpose, ABROAD] if purpose == MATCHING else [purpose]
    for each in taken:
        take_back(session, actor, volunteer, each)
    for application in resting_applications(session, volunteer, purpose):
        applications.withdraw(session, actor, application)
    _end_answers(session, volunteer, purpose)
    touched = _rests(volunteer, purpose, Match.assignment_id)
    hide = update(Match).where(Match.volunteer_id == volunteer.id, Match.is_current, touched)
    session.execute(hide.values(is_current=False), execution_options={"synchronize_session": False})
    session.flush()
    session.expire(volunteer, ["consents"])


def take_back(session: Session, actor: User, volunteer: Volunteer, purpose: str) -> None:
    """Note that a consent is taken back. What rests on it is for the caller to end."""
    consent = standing(session, volunteer, purpose)
    if consent is not None:
        consent.withdrawn_at = clock.now()
        audit.record(session, actor, "consent_withdrawn", volunteer, purpose=purpose, version=consent.version)
        session.expire(volunteer, ["consents"])


def resting_applications(session: Session, volunteer: Volunteer, purpose: str) -> list[Application]:
    """Return the live applications that would be withdrawn with this consent.

    An agreed placement does not rest on it: no match is shown for it any more, and it ends by a word of its own.
    """
    query = select(Application).where(
        Application.volunteer_id == volunteer.id,
        Application.state.in_(LIVE_APPLICATION_STATES),
        _rests(volunteer, purpose, Application.assignment_id),
    )
    beside = selectinload(Application.assignment).selectinload(Assignment.host)
    found = session.scalars(query.order_by(Application.assignment_id).options(beside)).all()
    return stays.without_placement(session, found)


def _rests(volunteer: Volunteer, purpose: str, assignment_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that a consent covers an assignment: each does, or those outside the country of residence.

    It asks of one assignment after another: somebody has to do with few, of very many.
    """
    query = select(Assignment.id).where(Assignment.id == assignment_id)
    if purpose == ABROAD and volunteer.residence:
        query = query.where(Assignment.country.is_distinct_from(volunteer.residence))
    return exists(query)


def _end_answers(session: Session, volunteer: Volunteer, purpose: str) -> None:
    """End invitations and putting forward, which show the person to others."""
    now = clock.now()
    invitations = update(MatchInvitation).where(
        MatchInvitation.volunteer_id == volunteer.id,
        MatchInvitation.state != "declined",
        _rests(volunteer, purpose, MatchInvitation.assignment_id),
    )
    session.execute(invitations.values(state="declined", answered_at=now))
    forwards = update(PutForward).where(
        PutForward.volunteer_id == volunteer.id,
        PutForward.state.in_(("asked", "agreed")),
        _rests(volunteer, purpose, PutForward.assignment_id),
    )
    session.execute(forwards.values(state="withdrawn", answered_at=now))
