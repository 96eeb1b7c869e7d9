"""Lessons: written by those who were there, shown only with their consent, found by those who come next."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from webapp import clock
from webapp.models import Assignment, AssignmentSkill, Lesson, Placement, User
from webapp.models.accounts import HOST
from webapp.models.lessons import LESSON_SIDES, SHOWN_AS
from webapp.services import audit, debriefs
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.services.paging import Part, Start, part_of
from webapp.services.placement_sight import seen_by
from webapp.words import lazy

VERSION = "2026-11"
WORDING = lazy(
    "I agree that volunteers, hosts and coordinators who are signed in here, in every organization, can read this "
    "lesson with the country, the sector and the skills of the work. A coordinator reads it first. I can take this "
    "back at any time; it is gone at once."
)
LONGEST = 2000
MOST = 5  # of one side for one placement
PAGE = 20
MOST_WORDS = 8  # of a search; more narrow nothing further


@dataclass(frozen=True)
class Search:
    """What the library is narrowed to; blank fields narrow nothing."""

    country: str = ""
    sector: str = ""
    skill: str = ""
    words: str = ""


def add(session: Session, account: User, placement: Placement, text: str) -> Lesson:
    """Keep a lesson of the volunteer or the host. Without the consent of `agree` nobody else reads it."""
    side = debriefs.voice_of(account, placement)
    if side not in LESSON_SIDES:
        raise NotFound
    if not debriefs.is_open(placement):
        raise Refused(lazy("Write it in the last week, or once the placement is over."))
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise Refused(lazy("Write between one and %(most)s characters.", most=LONGEST))
    if sum(one.placement_id == placement.id for one in own(session, account)) >= MOST:
        raise Refused(lazy("You have written %(most)s already. Take what matters most.", most=MOST))
    now = clock.now()
    made = Lesson(placement_id=placement.id, author_id=account.id, side=side, text=text, folded=text.casefold())
    made.made_at = made.state_at = now
    session.add(made)
    audit.record(session, account, "lesson_written", made, placement.receiving_vio_id, side=side)
    return made


def agree(session: Session, account: User, lesson: Lesson, shown_as: str, name: str = "") -> None:
    """Give the consent to show it, with a name, a first name (as its author writes it) or none; it waits to be read."""
    if shown_as not in SHOWN_AS:
        raise Refused(lazy("Choose whether your name is shown."))
    shown = {"anonymous": "", "first_name": name.strip()[:200], "name": _full_name(account)}[shown_as]
    if shown_as != "anonymous" and not shown:
        raise Refused(lazy("Write the name that may be shown, or choose to be shown without one."))
    hold(session, lesson)
    lesson.shown_as, lesson.shown_name = shown_as, shown
    lesson.version, lesson.agreed_at, lesson.withdrawn_at = VERSION, clock.now(), None
    _move(session, account, lesson, "waiting", version=VERSION)


def withdraw(session: Session, account: User, lesson: Lesson) -> None:
    """Take the consent back: from this moment nobody else reads it."""
    hold(session, lesson)
    lesson.withdrawn_at = clock.now()
    _move(session, account, lesson, "withdrawn", version=lesson.version)


def own(session: Session, account: User) -> list[Lesson]:
    """Return the lessons of a volunteer, or of a host organization, newest first."""
    return list(session.scalars(_own(account).order_by(Lesson.id.desc())))


def own_lesson(session: Session, account: User, lesson_id: int) -> Lesson:
    """Return one of them; NotFound where it is nobody's or somebody else's."""
    found = session.scalar(_own(account).where(Lesson.id == lesson_id))
    if found is None:
        raise NotFound
    return found


def find(session: Session, search: Search, start: Start) -> tuple[Part[Lesson], int]:
    """Return a page of the published lessons, newest first, and how many there are in all."""
    query = select(Lesson).join(Placement).join(Assignment).where(Lesson.state == "published")
    if search.country:
        query = query.where(Assignment.country == search.country)
    if search.sector:
        query = query.where(Assignment.sector == search.sector)
    if search.skill:
        needing = select(AssignmentSkill.assignment_id).where(AssignmentSkill.skill == search.skill)
        query = query.where(Assignment.id.in_(needing))
    for word in search.words.casefold().split()[:MOST_WORDS]:
        query = query.where(Lesson.folded.contains(word, autoescape=True))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    beside = selectinload(Lesson.placement).selectinload(Placement.assignment).selectinload(Assignment.skills)
    order = [Lesson.state_at]
    return part_of(session, query, order, Lesson.id, start, PAGE, newest_first=True, beside=[beside]), total


def offered(session: Session) -> tuple[list[str], list[str], list[str]]:
    """Return the countries, sectors and skills that published lessons are about, for the filters."""
    about = select(Assignment.id).join(Placement).join(Lesson).where(Lesson.state == "published")
    columns = (
        select(Assignment.country).where(Assignment.id.in_(about)),
        select(Assignment.sector).where(Assignment.id.in_(about)),
        select(AssignmentSkill.skill).where(AssignmentSkill.assignment_id.in_(about)),
    )
    countries, sectors, skills = ([code for code in session.scalars(one.distinct()) if code] for one in columns)
    return countries, sectors, skills


def _own(account: User) -> Select[Lesson]:
    return select(Lesson).join(Placement).where(seen_by(account), Lesson.side == account.role)


def _full_name(account: User) -> str:
    if account.role == HOST:
        return account.host.name if account.host else ""
    return account.volunteer.full_name if account.volunteer else ""


def _move(session: Session, account: User, lesson: Lesson, state: str, **detail: str) -> None:
    move(session, account, lesson, state, vio_id=lesson.placement.receiving_vio_id, **detail)
    lesson.state_at = clock.now()
    session.flush()
