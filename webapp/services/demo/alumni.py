"""Alumni of the demonstration: who joined after a stay, a mentor with a newcomer, and a question that waits."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Mentorship, Placement, User, Volunteer
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services.alumni import membership, mentor_threads, mentors, mentorships
from webapp.services.alumni.membership import Choice
from webapp.services.demo.people import account_of

# What each who joins agrees to, in turn.
CHOICES = (
    Choice(may_mentor=True, may_be_asked=True, hears_of_openings=True, shows_return=True, most_mentees=2),
    Choice(may_mentor=True, may_be_asked=True, most_mentees=1),
    Choice(may_mentor=True, hears_of_openings=True, most_mentees=3),
    Choice(may_be_asked=True, shows_return=True),
)
JOINED = 12
WORDS = (
    "I leave soon and have never lived so far from home. What would you pack, and what would you leave?",
    "I would like to know how you found your feet in the first two weeks, and whom you asked for help.",
)
YES = "Gladly. I had a mentor too, and it helped me more than any list."
TALK = ("Thank you for saying yes! Is it true that evenings are cold?", "They are. Bring one warm layer, not three.")
ANSWERED_AFTER, ASKED_BEFORE = timedelta(days=2), timedelta(days=4)


def write(session: Session) -> None:
    """Let some who completed a stay join, one mentor somebody, and one have a question that waits."""
    for number, person in enumerate(_completed(session)):
        membership.keep(session, account_of(person), person, CHOICES[number % len(CHOICES)])
    made: list[Mentorship] = []
    for newcomer in _newcomers(session):
        if len(made) < len(WORDS) and (asked := _ask(session, newcomer, WORDS[len(made)])) is not None:
            made.append(asked)
    if made:
        _go_on(session, made[0])


def _completed(session: Session) -> list[Volunteer]:
    query = (
        select(Volunteer)
        .join(Placement, Placement.volunteer_id == Volunteer.id)
        .where(Placement.state == "completed", Volunteer.user_id.is_not(None))
        .group_by(Volunteer.id)
        .order_by(Volunteer.id)
    )
    return list(session.scalars(query.limit(JOINED)))


def _newcomers(session: Session) -> list[User]:
    """Return who prepares or does a placement, those who prepare first."""
    query = (
        select(User)
        .join(Volunteer, Volunteer.user_id == User.id)
        .join(Placement, Placement.volunteer_id == Volunteer.id)
        .where(Placement.state.in_(RUNNING_PLACEMENT_STATES))
    )
    return list(session.scalars(query.order_by(Placement.state.desc(), Placement.id)))


def _ask(session: Session, newcomer: User, words: str) -> Mentorship | None:
    placement = mentors.newcomers_placement(session, newcomer)
    found = mentors.offered(session, placement) if placement else []
    return mentorships.ask(session, newcomer, found[0].alumnus_id, words, ["email"]) if found else None


def _go_on(session: Session, asked: Mentorship) -> None:
    """Let the mentor say yes, and the two write; some days ago."""
    mentor, newcomer = account_of(asked.mentor), account_of(asked.placement.volunteer)
    mentorships.accept(session, mentor, asked, YES, ["email"])
    for account, text in zip((newcomer, mentor), TALK, strict=True):
        mentor_threads.write(session, account, asked, text).at -= ANSWERED_AFTER / 2
    asked.asked_at, asked.accepted_at = clock.now() - ASKED_BEFORE, clock.now() - ANSWERED_AFTER
    session.flush()
