"""A history of decisions for the demonstration, made by the same services that people use, then dated back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.db import Sessions
from webapp.models import Application, Assignment, Mail, Match, Partnership, User, Vio, Volunteer
from webapp.models.accounts import COORDINATOR, HOST
from webapp.services import answers, learning_runs, partnerships, shortlists
from webapp.services.demo import (
    alumni,
    by_mail,
    delegated,
    held,
    joined,
    placed,
    recruited,
    safe,
    taste,
    trained,
    vouched,
)
from webapp.services.demo.load import demo_accounts
from webapp.services.errors import Refused
from webapp.services.recruitment import applying
from webapp.services.visibility import SHARED_PARTS, current_matches

SEED = 2027  # of the dice here, and of the lots of the first ranking: every start shows the same
WITH_HISTORY = 70  # assignments
PUT_FORWARD = 8
WORTH_A_TRY = 60  # points of 100: whom the work fits less hardly applies
NOTES = (
    "I have done this work for years and would like to learn how you do it.",
    "Your description of a plain day speaks to me. I can start earlier if that helps.",
    "I know the season and the language, and I would come back a second year.",
    "",
)
KIND_WORDS = (
    "Thank you for writing to us. Your experience is clear; this time another applicant has worked with our tools."
)


def write(session: Session) -> None:
    """Write applications, interviews, decisions to learn from, a partnership, people put forward. Needs matches."""
    dice = Random(SEED)  # noqa: S311  (an invented history needs no secrets)
    coordinators = {user.vio_id: user for user in _accounts(session, COORDINATOR)}
    hosts = {user.host_id: user for user in _accounts(session, HOST)}
    opened = list(session.scalars(select(Assignment).where(Assignment.state == "open").order_by(Assignment.id)))
    recruited.ask(session)
    for assignment in opened[:WITH_HISTORY]:
        matches = [match for match in current_matches(session, assignment) if match.status == "eligible"]
        _applications(session, dice, assignment, matches, hosts[assignment.host_id])
        taste.judge(session, dice, assignment, matches, coordinators[assignment.vio_id])
    colleagues = {user.vio_id: user for user in reversed(_accounts(session, COORDINATOR))}
    placed.place(session, coordinators, colleagues, hosts)
    recruited.write(session)
    safe.write(session)
    alumni.write(session)
    vouched.write(session, coordinators, hosts)
    _partnerships(session, coordinators)
    joined.join(session, coordinators, hosts)
    trained.train_shortlisted(session)
    by_mail.write(session, {one.email for one in demo_accounts(session)})
    learning_runs.look(session)
    delegated.write(session)
    held.write(session)
    session.execute(delete(Mail))  # these letters tell of things that never happened
    session.info.pop("wake", None)


def learn(sessions: Sessions) -> None:
    """Look at the decisions until the first office has its answer; the background does what is left.

    The look at all offices together stands before it in the queue.
    """
    while True:
        with sessions() as session:
            first = session.scalar(select(Vio.id).order_by(Vio.id).limit(1))
            ended = first is not None and learning_runs.last_finished(session, first) is not None
        if ended or not learning_runs.carry_out_next(sessions):
            return


def _accounts(session: Session, role: str) -> Sequence[User]:
    """Return the accounts of a role; of several for one office the first made counts, so it comes last."""
    return list(session.scalars(select(User).where(User.role == role).order_by(User.id.desc())))


def _applications(session: Session, dice: Random, assignment: Assignment, matches: list[Match], host: User) -> None:
    """Let some of the best apply, and the host answer some of them."""
    people = [match.volunteer for match in matches[:25] if match.score >= WORTH_A_TRY]
    for volunteer in dice.sample(people, min(len(people), dice.randint(1, 4))):
        days, note = dice.randint(1, 18), dice.choice(NOTES)
        if volunteer.user is None:
            continue
        try:
            said = recruited.said(session, assignment, note)
            application = applying.send(session, volunteer.user, volunteer, assignment, said)
        except Refused:
            continue  # somebody without the consent that this one needs
        _date_back(application, days)
        if dice.random() < 0.3:
            shortlists.shortlist(session, host, application)
        elif dice.random() < 0.2:
            shortlists.decline(session, host, application, "skills", KIND_WORDS)


def _date_back(application: Application, days: int) -> None:
    back = timedelta(days=days)
    application.submitted_at -= back
    application.answer_by -= back


def _partnerships(session: Session, coordinators: dict[int | None, User]) -> None:
    """Make an agreed partnership with people put forward under it, and one that waits for an answer."""
    sender, receiver, other = session.scalars(select(Vio).order_by(Vio.id))
    first = _propose(session, coordinators[sender.id], receiver, "Two years of exchange between our members.")
    partnerships.agree(session, coordinators[receiver.id], first)
    _propose(session, coordinators[other.id], sender, "French-speaking volunteers for the mountain road.")
    today = clock.today()
    works = iter(partnerships.open_assignments(session, coordinators[sender.id], first, today))
    people = select(Volunteer).where(Volunteer.vio_id == sender.id, Volunteer.user_id.is_not(None))
    for number, volunteer in enumerate(session.scalars(people.order_by(Volunteer.id).limit(PUT_FORWARD))):
        _put_forward(session, coordinators[sender.id], first, next(works), volunteer, says_yes=number % 4 != 3)


def _propose(session: Session, who: User, other: Vio, terms: str) -> Partnership:
    today = clock.today()
    return partnerships.propose(
        session,
        who,
        other.id,
        we_send=True,
        terms={
            "terms": terms,
            "sending_focal_point": who.display_name,
            "receiving_focal_point": f"Office of {other.name}",
            "vetting_by": "the sending side",
            "insurance_by": "the sending side",
            "support_by": "the receiving side",
            "costs_by": "shared: travel by the sending, lodging by the receiving side",
            "shared_parts": list(SHARED_PARTS[:2]),
            "starts_on": today - timedelta(days=30),
            "ends_on": today + timedelta(days=700),
        },
    )


def _put_forward(
    session: Session, who: User, partnership: Partnership, work: Assignment, volunteer: Volunteer, says_yes: bool
) -> None:
    try:
        asked = partnerships.put_forward(session, who, partnership, work.id, volunteer.id, "You fit.", clock.today())
    except Refused:
        return  # applied already, or gave no consent to go abroad
    if says_yes and volunteer.user is not None:
        answers.answer_request(session, volunteer.user, asked.id, True)
