"""Clicks at the same moment: nobody mentors more people than they wanted, nobody has more questions out than two."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.alumni import WORDS, make_alumnus, make_asked, make_newcomer
from tests.stays import user_of
from webapp.db import own_session
from webapp.models import Mentorship, User
from webapp.services.alumni import mentorships
from webapp.services.alumni.membership import Choice
from webapp.services.errors import Refused


def _at_once(act: Callable[[Session, int], object], ids: list[int]) -> list[str]:
    def click(one: int) -> str:
        with own_session() as session:
            try:
                act(session, one)
            except Refused:
                session.rollback()
                return "refused"
        return "done"

    with ThreadPoolExecutor(len(ids)) as pool:
        return sorted(pool.map(click, ids))


def test_a_mentor_who_wants_one_person_gets_one(own_engine: Engine) -> None:
    with own_session() as session:
        alumnus = make_alumnus(session, choice=Choice(may_mentor=True, most_mentees=1))
        mentor, ids = user_of(alumnus.volunteer).id, [make_asked(session, alumnus).id for _one in range(4)]

    def accept(session: Session, one: int) -> None:
        mentorships.accept(session, session.get_one(User, mentor), session.get_one(Mentorship, one))

    assert _at_once(accept, [*ids, ids[0]]) == ["done", *["refused"] * 4]


def test_a_newcomer_has_two_questions_out(own_engine: Engine) -> None:
    with own_session() as session:
        alumni = [make_alumnus(session).id for _one in range(4)]
        newcomer = user_of(make_newcomer(session).volunteer).id

    def ask(session: Session, one: int) -> None:
        mentorships.ask(session, session.get_one(User, newcomer), one, WORDS)

    assert _at_once(ask, [*alumni, alumni[0]]).count("done") == mentorships.MOST_ASKED
    with own_session() as session:
        assert session.query(Mentorship).count() == mentorships.MOST_ASKED
