"""Mentoring, move by move: a newcomer asks, a mentor says yes or no, either ends it, and so may an office."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Alumnus, Mentorship, Placement, User, Volunteer
from webapp.models.alumni import CONTACT_WAYS
from webapp.services import audit
from webapp.services.alumni import mentors, mentorship_sight
from webapp.services.alumni.mentorship_letters import BOTH, MENTOR, NEWCOMER, tell
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.moves import check_can_move, move
from webapp.words import lazy

LONGEST = 500
LONGEST_REASON = 1000
MOST_ASKED = 2  # at the same time, by one newcomer
OPEN_STATES = ("asked", "accepted")


def ask(session: Session, account: User, alumnus_id: int, words: str, shows: Iterable[str] = ()) -> Mentorship:
    """Ask somebody to be a mentor, in the newcomer's words; `shows` is what of the contact data a yes opens."""
    placement = mentors.newcomers_placement(session, account)
    alumnus = session.get(Alumnus, alumnus_id)
    if placement is None or alumnus is None:
        raise NotFound
    hold(session, placement.volunteer)  # of two clicks, the second finds what the first made
    words, ways = words.strip(), _ways(shows)
    if not words or len(words) > LONGEST:
        raise Refused(
            lazy("Write between one and %(most)s characters: who you are, and what you want to know.", most=LONGEST)
        )
    if count_asked(session, placement.volunteer) >= MOST_ASKED:
        raise Refused(
            lazy("You have asked %(most)s people already. Wait for an answer, or take one back.", most=MOST_ASKED)
        )
    if alumnus_id not in {one.alumnus_id for one in mentors.offered(session, placement)}:
        raise Refused(lazy("This person cannot be asked now. Choose somebody else."))
    now = clock.now()
    made = Mentorship(mentor_id=alumnus.volunteer_id, placement_id=placement.id, state="asked", words=words)
    made.newcomer_shows, made.asked_at, made.state_at = ways, now, now
    session.add(made)
    audit.record(session, account, "mentorship_asked", made)
    tell(session, made, "asked", MENTOR)
    return made


def accept(session: Session, account: User, mentorship: Mentorship, words: str = "", shows: Iterable[str] = ()) -> None:
    """Say yes: now both read each other's name, and of the contact data what each shows."""
    _check_mentor(session, account, mentorship)
    found = session.scalar(select(Alumnus).where(Alumnus.volunteer_id == mentorship.mentor_id, Alumnus.may_mentor))
    is_barred = mentorship.mentor.barred_at is not None
    if found is None or is_barred or not mentorship.placement.is_running:
        raise Refused(lazy("This is over: the placement has ended, or you do not mentor any more."))
    if mentors.count_mentees(session, mentorship.mentor) >= found.most_mentees:
        raise Refused(
            lazy(
                "You mentor %(most)s people now, as many as you wanted. Choose more, or say no.",
                most=found.most_mentees,
            )
        )
    check_can_move(mentorship, "accepted")
    words, mentorship.mentor_shows = _checked(words), _ways(shows)
    mentorship.accepted_at = clock.now()
    _answer(session, account, mentorship, "accepted", words)


def decline(session: Session, account: User, mentorship: Mentorship, words: str = "") -> None:
    """Say no; it needs no reason, and a kind letter goes out."""
    _check_mentor(session, account, mentorship)
    _answer(session, account, mentorship, "declined", _checked(words))


def end(session: Session, account: User, mentorship: Mentorship) -> None:
    """End it, or take the question back; neither side gives a reason."""
    side = mentorship_sight.side_of(account, mentorship)
    if side == MENTOR and mentorship.state == "asked":
        raise Refused(lazy("Say yes or no to it."))
    hold(session, mentorship)
    _end(session, account, mentorship, side)


def end_by_office(session: Session, account: User, mentorship: Mentorship, reason: str) -> None:
    """A coordinator of one of the two VIOs ends it, with words that both read."""
    mentorship_sight.check_office(account, mentorship)
    hold(session, mentorship)
    reason = reason.strip()
    check_can_move(mentorship, "ended")
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused(lazy("Write to both why it ends, in at most %(most)s characters.", most=LONGEST_REASON))
    mentorship.reason = reason
    _end(session, account, mentorship, "office")


def end_all(session: Session, account: User, mentor: Volunteer) -> None:
    """End all that somebody mentors, or was asked to, because they do not mentor any more."""
    query = select(Mentorship).where(Mentorship.mentor_id == mentor.id, Mentorship.state.in_(OPEN_STATES))
    for one in session.scalars(query.order_by(Mentorship.id)).all():
        hold(session, one)
        if one.state in OPEN_STATES:
            _end(session, account, one, MENTOR)


def end_in_time(session: Session, mentorship: Mentorship) -> None:
    """End it because its time is over (services/alumni/endings.py says when)."""
    _end(session, None, mentorship, "time")


def count_asked(session: Session, newcomer: Volunteer) -> int:
    """Return how many questions of a newcomer wait for an answer."""
    query = select(func.count(Mentorship.id)).join(Placement)
    return session.scalar(query.where(Placement.volunteer_id == newcomer.id, Mentorship.state == "asked")) or 0


def _check_mentor(session: Session, account: User, mentorship: Mentorship) -> None:
    if mentorship_sight.side_of(account, mentorship) != MENTOR:
        raise NotFound
    hold(session, mentorship.mentor, mentorship)  # the limit is the person's, not the question's


def _answer(session: Session, account: User, mentorship: Mentorship, state: str, words: str) -> None:
    _move(session, account, mentorship, state)
    mentorship.answer = words
    tell(session, mentorship, state, NEWCOMER)


def _end(session: Session, account: User | None, mentorship: Mentorship, by: str) -> None:
    check_can_move(mentorship, "ended")
    was, mentorship.ended_by = mentorship.state, by
    _move(session, account, mentorship, "ended", by=by)
    if was == "accepted":
        tell(session, mentorship, "ended_by_office" if by == "office" else "ended", *BOTH)
    elif by != NEWCOMER:
        tell(session, mentorship, "no_answer", NEWCOMER)


def _move(session: Session, account: User | None, mentorship: Mentorship, state: str, **detail: str) -> None:
    move(session, account, mentorship, state, **detail)
    mentorship.state_at = clock.now()
    session.flush()


def _checked(words: str) -> str:
    words = words.strip()
    if len(words) > LONGEST:
        raise Refused(lazy("This is too long: write at most %(most)s characters.", most=LONGEST))
    return words


def _ways(shows: Iterable[str]) -> list[str]:
    wanted = set(shows)
    if not wanted <= set(CONTACT_WAYS):
        raise Refused(lazy("Choose among the ways of the list."))
    return [way for way in CONTACT_WAYS if way in wanted]
