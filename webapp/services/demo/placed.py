"""Offers and placements of the demonstration, in every state, made by the services that people use, then dated back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Assignment, AuditEvent, Base, Placement, User, Volunteer
from webapp.models.placements import SERVED_STATES, UNDER_WAY_STATES
from webapp.services import applications, assignments, audit, debriefs, offers, placements, shortlists, signings
from webapp.services.debrief_questions import QUESTIONS
from webapp.services.demo import cleared, together
from webapp.services.demo.left_behind import leave_behind
from webapp.services.demo.people import account_of
from webapp.services.errors import Refused
from webapp.services.moves import move

WELCOME = "Welcome. Write to us with every question; we look forward to working with you."
SORRY = (
    "We are sorry that it came to this, and thank you for what you did. Call us; we look for something else with you."
)
# How each stay of the past went: state, and how many days ago its first day was, on top of its length where it is over.
PAST: tuple[tuple[str, int], ...] = (
    ("completed", 210),
    ("completed", 170),
    ("ended_early", 150),
    ("completed", 120),
    ("completed", 90),
    ("completed", 60),
    ("ended_early", 45),
    ("completed", 30),
    ("extended", 70),
    ("active", 40),
    ("active", 12),
    ("cancelled", 20),
    ("preparing", 4),  # should have begun: the board says so
)
# Overall, and how far it was as expected: of the volunteer, the host and the community.
MARKS = (((5, 5), (5, 4), (4, 4)), ((4, 3), (5, 4), (5, 5)), ((3, 2), (4, 4), (4, 3)), ((5, 4), (4, 5), (5, 4)))
COMING = ("made", "preparing", "made", "declined", "expired", "preparing", "made", "withdrawn")
STAY = timedelta(weeks=10)
TIMES = (
    *("submitted_at", "state_at", "made_at", "created_at", "started_at", "ended_at", "given_at"),
    *("signed_at", "reminded_at", "flagged_at", "settled_at", "sent_at"),
)


@dataclass(frozen=True)
class Office:
    """Who acts in the demonstration: two coordinators by VIO, hosts by organization, and since when it is written."""

    coordinators: Mapping[int | None, User]
    colleagues: Mapping[int | None, User]
    hosts: Mapping[int | None, User]
    began: datetime


def place(
    session: Session,
    coordinators: Mapping[int | None, User],
    colleagues: Mapping[int | None, User],
    hosts: Mapping[int | None, User],
) -> None:
    """Write stays of the past at copies of open assignments, and offers for those that are to come."""
    office = Office(coordinators, colleagues, hosts, clock.now())
    opened = session.scalars(select(Assignment).where(Assignment.state == "open").order_by(Assignment.id)).all()
    people = _people(session)
    for number, (state, ago) in enumerate(PAST):
        _past(session, office, opened[number * 7 % len(opened)], people, state, ago, number)
    chosen = select(Application).where(Application.state == "shortlisted").order_by(Application.id)
    waiting = iter(session.scalars(chosen).all())
    for state in COMING:
        next(one for one in waiting if _coming(session, office, one, state))


def _people(session: Session) -> Iterator[Volunteer]:
    """Yield volunteers with an account who were never placed, of all offices in turn, each once."""
    placed = select(Placement.volunteer_id)
    query = select(Volunteer).where(Volunteer.user_id.is_not(None), Volunteer.id.not_in(placed)).order_by(Volunteer.id)
    found = session.scalars(query).all()
    return (found[number * 37 % len(found)] for number in range(len(found)))


def _past(
    session: Session, office: Office, model: Assignment, people: Iterator[Volunteer], state: str, ago: int, number: int
) -> None:
    """Write one stay from the application on."""
    is_over = state in SERVED_STATES
    first = clock.today() - timedelta(days=ago) - (STAY if is_over else timedelta(0))
    assignment = _posted(session, office, model, first)
    application = _applied(session, office, assignment, people, first - timedelta(days=70))
    who, last = office.coordinators[assignment.vio_id], first + STAY - timedelta(days=1)
    made_on = first - timedelta(days=45)
    offer = offers.make_offer(session, who, application, _kind(assignment), first, last, WELCOME, made_on)
    _stamp(session, office, made_on, application, offer)
    placement = offers.accept(session, account_of(application.volunteer), offer, made_on)
    _stamp(session, office, made_on + timedelta(days=4), offer, placement)
    move(session, office.hosts[assignment.host_id], assignment, "closed")
    _stamp(session, office, made_on + timedelta(days=4), assignment)
    _go_on(session, office, placement, state, number)
    if is_over:
        _say(session, office, placement, number)
        leave_behind(session, placement, office.hosts, office.coordinators, number)


def _go_on(session: Session, office: Office, placement: Placement, state: str, number: int) -> None:
    """Bring a placement that is being prepared to the state that it is to have today."""
    who, first, last = office.coordinators[placement.receiving_vio_id], placement.starts_on, placement.ends_on
    if state == "preparing":
        return
    if state == "cancelled":
        placements.cancel(session, who, placement, "host_changed", SORRY)
        _stamp(session, office, first - timedelta(days=9), placement)
        return
    settled = cleared.clear_list(session, office.coordinators, placement)
    _stamp(session, office, first - timedelta(days=12), *settled)
    sides = (account_of(placement.volunteer), office.hosts[placement.assignment.host_id])
    together.sign_both(session, *sides, placement)
    _stamp_signed(session, office, first - timedelta(days=20), placement)
    placements.start(session, who, placement, first)
    _stamp(session, office, first, placement)
    _talk(session, office, placement, state, number)
    if state == "extended":
        together.agree_until(session, *sides, placement, last + timedelta(weeks=6))
        _stamp_signed(session, office, clock.today() - timedelta(days=9), placement)
        placements.extend(session, who, placement, last + timedelta(weeks=6))
        _stamp(session, office, clock.today() - timedelta(days=8), placement)
    elif state == "ended_early":
        placements.end_early(session, who, placement, "family", SORRY)
        _stamp(session, office, last - timedelta(days=33), placement)
    elif state == "completed":
        placements.complete(session, who, placement, last)
        _stamp(session, office, last, placement)


def _talk(session: Session, office: Office, placement: Placement, state: str, number: int) -> None:
    """Let the people of a placement that has begun say how it goes; while it runs, the newest check-in waits."""
    volunteer, host = account_of(placement.volunteer), office.hosts[placement.assignment.host_id]
    who, today = office.coordinators[placement.receiving_vio_id], clock.today()
    runs = state in UNDER_WAY_STATES
    until = placement.ends_on - timedelta(days=33) if state == "ended_early" else placement.ends_on
    if runs:
        until = today - timedelta(days=16)
    for said, day in together.answer(session, volunteer, host, placement, until, number):
        _stamp(session, office, day, said, said.check_in)
    if not runs:
        together.settle(session, who, placement)
        return
    for said, day in together.wait(session, host, placement, today):
        _stamp(session, office, day, said)
    for message in together.talk(session, volunteer, host, who, placement):
        _stamp(session, office, placement.starts_on + timedelta(days=1), message)


def _coming(session: Session, office: Office, application: Application, state: str) -> bool:
    """Make an offer for an assignment that is still to come, and answer it; False where its places are taken."""
    assignment, today = application.assignment, clock.today()
    made_on = today - timedelta(days=assignment.vio.offer_answer_days + 3 if state == "expired" else 5)
    first = max(assignment.start_on or today, today + timedelta(days=30))
    last = min(assignment.end_on or date.max, first + STAY)
    who = office.coordinators[assignment.vio_id]
    try:
        offer = offers.make_offer(session, who, application, _kind(assignment), first, last, WELCOME, made_on)
    except Refused:
        return False
    _came_before(session, application, made_on)
    _stamp(session, office, made_on, application, offer)
    if state == "preparing":
        placement = offers.accept(session, account_of(application.volunteer), offer, today)
        _stamp(session, office, today - timedelta(days=2), offer, placement)
        cleared.begin_list(session, office.coordinators, office.colleagues, placement)
        sender = office.coordinators[placement.sending_vio_id]
        cleared.note_country(session, sender, assignment.country, today - timedelta(days=90))
        together.sign(session, account_of(application.volunteer), placement, application.volunteer.full_name)
    elif state == "declined":
        offers.decline(session, account_of(application.volunteer), offer, "family_or_work")
    elif state == "withdrawn":
        offers.withdraw_offer(session, who, offer, "dates", SORRY)
    elif state == "expired":
        offers.expire_due(session, today)
    return True


def _came_before(session: Session, application: Application, made_on: date) -> None:
    """Let the application and the shortlist of just now lie before the day of the offer."""
    days = {
        "application_submitted": made_on - timedelta(days=14),
        "application_shortlisted": made_on - timedelta(days=5),
    }
    for event in audit.history_of(session, application):
        if event.action in days:
            event.at = _moment(days[event.action])
    application.submitted_at = _moment(made_on - timedelta(days=14))
    application.answer_by = made_on


def _posted(session: Session, office: Office, model: Assignment, first: date) -> Assignment:
    """Post a copy of an assignment around the first day of a stay."""
    host, who = office.hosts[model.host_id], office.coordinators[model.vio_id]
    assignment = assignments.copy(session, host, model)
    assignment.start_on, assignment.end_on = first - timedelta(days=10), first + STAY + timedelta(days=60)
    posted_on = first - timedelta(days=110)
    move(session, host, assignment, "submitted")
    assignment.submitted_at = assignment.published_at = _moment(posted_on)
    move(session, who, assignment, "open", displacement="none")
    _stamp(session, office, posted_on, assignment)
    return assignment


def _applied(
    session: Session, office: Office, assignment: Assignment, people: Iterator[Volunteer], day: date
) -> Application:
    """Let the next person who may apply do so, and come on the shortlist."""
    for volunteer in people:
        try:
            application = applications.apply(session, account_of(volunteer), volunteer, assignment, "", day)
        except Refused:
            continue  # without the consent that this one needs
        _stamp(session, office, day, application)
        shortlists.shortlist(session, office.hosts[assignment.host_id], application)
        _stamp(session, office, day + timedelta(days=8), application)
        return application
    raise LookupError("The demonstration has too few people who may go abroad")


def _say(session: Session, office: Office, placement: Placement, number: int) -> None:
    """Let all three sides say how it was."""
    speakers = (
        account_of(placement.volunteer),
        office.hosts[placement.assignment.host_id],
        office.coordinators[placement.receiving_vio_id],
    )
    for speaker, (overall, as_expected) in zip(speakers, MARKS[number % len(MARKS)], strict=True):
        says = _answers(debriefs.voice_of(speaker, placement), as_expected)
        said = debriefs.give(session, speaker, placement, overall, as_expected, says=says)
        _stamp(session, office, placement.ends_on + timedelta(days=7), said)


def _answers(side: str, as_expected: int) -> dict[str, str]:
    """Answer each question as well as the mark says: as agreed, with one gap for each point that is missing to five."""
    asked = QUESTIONS[side].items()
    good = {code: "as_agreed" if "as_agreed" in one.answers else "yes" for code, one in asked}
    gaps = {code: "less" if "less" in one.answers else "partly" for code, one in list(asked)[1 : 6 - as_expected]}
    return good | gaps


def _kind(assignment: Assignment) -> str:
    return next(kind for kind in ("international", "national", "local") if getattr(assignment, f"places_{kind}"))


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


def _stamp_signed(session: Session, office: Office, day: date, placement: Placement) -> None:
    """Date back the wordings of a placement with their signatures."""
    for wording in signings.standing(session, placement).wordings:
        _stamp(session, office, day, wording, *wording.signatures)


def _stamp(session: Session, office: Office, day: date, *rows: Base) -> None:
    """Date back what was written about these rows just now; what was dated back before stays."""
    for row in rows:
        for name in TIMES:
            if getattr(row, name, None) is not None and getattr(row, name) >= office.began:
                setattr(row, name, _moment(day))
        events = select(AuditEvent).where(
            AuditEvent.subject_kind == row.__tablename__,
            AuditEvent.subject_id == row.id,  # type: ignore[attr-defined]
            AuditEvent.at >= office.began,
        )
        for event in session.scalars(events):
            event.at = _moment(day)
    session.flush()
