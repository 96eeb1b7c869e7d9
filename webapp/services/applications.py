"""The volunteer's side of an application: apply, and withdraw."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from webapp import clock
from webapp.models import Application, Assignment, User, Volunteer
from webapp.models.consents import ABROAD, MATCHING
from webapp.services import audit, companions, moves, offers, person_relations, placements, promised_days, stays
from webapp.services.by_mail.asking import tell_to_act
from webapp.services.correspondence import write_to_host
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import APPLICATIONS
from webapp.services.locks import hold
from webapp.words import lazy

LONGEST_NOTE = 3000
# Put together once: the first page of a volunteer asks it.
_OF_VOLUNTEER = (
    select(Application)
    .where(Application.volunteer_id == bindparam("volunteer_id"))
    .order_by(Application.id.desc())
    .options(joinedload(Application.assignment).joinedload(Assignment.host))
)


def open_assignment(session: Session, assignment_id: int) -> Assignment:
    """Return an assignment that the public may see; NotFound otherwise."""
    assignment = session.get(Assignment, assignment_id)
    if assignment is None or not _can_be_found(assignment):
        raise NotFound
    return assignment


def assignment_for(session: Session, volunteer: Volunteer, assignment_id: int) -> Assignment:
    """Return an open assignment, or a closed one to which the volunteer has applied."""
    assignment = session.get(Assignment, assignment_id)
    if assignment is None:
        raise NotFound
    if not _can_be_found(assignment) and not of_pair(session, volunteer, assignment):
        raise NotFound
    return assignment


def _can_be_found(assignment: Assignment) -> bool:
    return assignment.state == "open" and assignment.host.suspended_at is None


def of_pair(session: Session, volunteer: Volunteer, assignment: Assignment) -> Application | None:
    """Return the newest application of a volunteer for an assignment."""
    query = select(Application).where(
        Application.volunteer_id == volunteer.id, Application.assignment_id == assignment.id
    )
    return session.scalars(query.order_by(Application.id.desc())).first()


def applications_of(session: Session, volunteer: Volunteer) -> list[Application]:
    """Return the volunteer's applications: those that run first, newest first."""
    found = session.scalars(_OF_VOLUNTEER, {"volunteer_id": volunteer.id})
    return sorted(found, key=lambda application: not application.is_live)


def needs_consent_abroad(volunteer: Volunteer, assignment: Assignment) -> bool:
    """Whether the assignment lies outside the country where the volunteer lives (unknown counts as outside)."""
    return assignment.country is None or assignment.country != volunteer.residence


def answer_day(assignment: Assignment, today: date) -> date:
    """Return the day by which an application sent today is answered; host and office both work on it."""
    return promised_days.working(assignment, asked_day(assignment, today))


def asked_day(assignment: Assignment, today: date) -> date:
    """Return the day by which an application sent today would be answered if nobody ever rested."""
    return today + timedelta(days=assignment.vio.host_answer_days)


def check_can_apply(session: Session, volunteer: Volunteer, assignment: Assignment, today: date) -> None:
    """Raise Refused with words that say what to do, where the volunteer cannot apply."""
    if assignment.state != "open":
        raise Refused(lazy("This assignment takes no applications any more. Look at the others that fit you."))
    if assignment.host.suspended_at is not None:
        raise Refused(lazy("The work with this host is paused at present. Look at the others that fit you."))
    if not assignment.host.is_verified(today):
        raise Refused(lazy("The host's verification has run out. You can apply once a coordinator has renewed it."))
    if assignment.end_on is not None and assignment.end_on < today:
        raise Refused(lazy("The dates of this assignment are over. Look at the others that fit you."))
    check_not_barred(volunteer)
    if not person_relations.may_be_matched(session, volunteer):
        raise Refused(lazy("You have not agreed to be matched. Agree under “Your consents”, then apply."))
    if needs_consent_abroad(volunteer, assignment) and not stands(volunteer, ABROAD):
        raise Refused(
            lazy("This is outside the country where you live. Agree to it under “Your consents”, then apply.")
        )
    earlier = of_pair(session, volunteer, assignment)
    if earlier is not None and earlier.is_live:
        raise Refused(lazy("You have applied already. See “Your applications” for where it stands."))


def check_not_barred(volunteer: Volunteer) -> None:
    """Raise Refused where the person's own VIO has barred them."""
    if volunteer.barred_at is not None:
        raise Refused(lazy("You cannot apply at present. Read “The decision about you”: you can appeal there."))


def stands(volunteer: Volunteer, purpose: str) -> bool:
    """Whether the volunteer's consent for `purpose` stands, and the one to be matched with it."""
    given = {consent.purpose for consent in volunteer.consents if consent.withdrawn_at is None}
    return MATCHING in given and purpose in given


def apply(
    session: Session, account: User, volunteer: Volunteer, assignment: Assignment, note: str, today: date | None = None
) -> Application:
    """Send an application to the host, with the day by which it is answered; Refused where a rule forbids it."""
    today = today or clock.today()
    if volunteer.user_id != account.id:
        raise NotFound
    hold(session, volunteer)  # a bar confirmed at this moment comes before or after, not between
    check_can_apply(session, volunteer, assignment, today)
    if len(note) > LONGEST_NOTE:
        raise Refused(lazy("Your note is too long: write at most %(most)s characters.", most=LONGEST_NOTE))
    application = Application(
        assignment=assignment,
        volunteer=volunteer,
        state="submitted",
        note=note.strip(),
        answer_by=answer_day(assignment, today),
        submitted_at=clock.now(),
        state_at=clock.now(),
    )
    session.add(application)
    audit.record(session, account, "application_submitted", application, vio_id=assignment.vio_id)
    tell_to_act(  # names nobody: an office's mail is read by many
        session,
        assignment,
        "applied",
        APPLICATIONS,
        lazy("A volunteer has applied: %(title)s", title=assignment.title),
        lazy(
            "Someone has applied for %(title)s. Please answer by %(day)s: this is the day that we promised. "
            "Sign in and open the applicants of this assignment.",
            title=assignment.title,
            day=application.answer_by,
        ),
    )
    companions.ask_to_apply(session, application)
    return application


def can_withdraw(session: Session, application: Application) -> bool:
    """Whether the volunteer can still take the application back: not once a placement has begun."""
    placement = stays.placement_of(session, application)
    is_free = placement is None or placement.state in ("preparing", "cancelled")
    return is_free and moves.can_move(application, "withdrawn")


def withdraw(session: Session, account: User, application: Application) -> None:
    """Take an application back; the host no longer sees it."""
    if application.volunteer.user_id != account.id:
        raise NotFound
    hold(session, application.assignment, application.volunteer, application)
    moves.check_can_move(application, "withdrawn")
    placements.withdraw_with_application(session, account, application)
    told = offers.decline_with_application(session, account, application)
    moves.move(session, account, application, "withdrawn")
    application.state_at = clock.now()
    session.flush()
    title = application.assignment.title
    write_to_host(
        session,
        application.assignment.host,
        APPLICATIONS,
        lazy("An application was withdrawn: %(title)s", title=title),
        lazy("A volunteer has withdrawn the application for %(title)s. You need not do anything.", title=title),
    )
    companions.tell_of_end(session, application, told)
