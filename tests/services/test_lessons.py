"""Lessons: nothing is shown without consent and a reader, and nothing stays shown when the consent is taken back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import AnySession, make_assignment, make_host_user, make_vio, make_volunteer
from tests.services.test_debriefs import over
from tests.stays import coordinator_of, make_active, make_selectable, user_of
from webapp import clock
from webapp.models import Lesson, Mail, Placement, User
from webapp.services import lesson_reviews, lessons, queue
from webapp.services.errors import IllegalMove, NotFound, Refused
from webapp.services.paging import Start

TEXT = "Bring warm socks: the nights in Naryn are COLD. Принеси носки."


def _texts(session: AnySession, **narrowed: Any) -> list[str]:
    found, total = lessons.find(session, lessons.Search(**narrowed), Start())
    assert len(found.rows) == total
    return [one.text for one in found.rows]


def _stay(session: AnySession) -> tuple[Placement, User, User]:
    work = make_assignment(session, sector="health")
    placement = over(session, make_active(session, make_selectable(session, work)))
    return placement, user_of(placement.volunteer), coordinator_of(session, placement.receiving_vio)


def _published(session: AnySession) -> tuple[Lesson, User, User]:
    placement, person, who = _stay(session)
    lesson = lessons.add(session, person, placement, TEXT)
    lessons.agree(session, person, lesson, "first_name", " Gulnara ")
    lesson_reviews.publish(session, who, lesson)
    return lesson, person, who


def test_a_lesson_is_shown_only_with_consent_and_after_a_coordinator_has_read_it(session: AnySession) -> None:
    placement, person, who = _stay(session)
    lesson = lessons.add(session, person, placement, f" {TEXT} ")
    with pytest.raises(NotFound):
        lesson_reviews.lesson_of(session, who, lesson.id)
    with pytest.raises(IllegalMove):
        lesson_reviews.publish(session, who, lesson)
    lessons.agree(session, person, lesson, "anonymous", "Gulnara")
    assert lesson.shown_name == "" and _texts(session) == []
    assert [one.count for one in queue.waiting_for(session, who, clock.today()) if one.kind == "lessons"] == [1]
    lesson_reviews.publish(session, who, lesson_reviews.lesson_of(session, who, lesson.id))
    assert _texts(session) == [TEXT]
    assert session.query(Mail).filter_by(to=person.email, subject="Your lesson can be read now").count() == 1


def test_taken_back_it_is_gone_at_once_and_can_come_again(session: AnySession) -> None:
    lesson, person, who = _published(session)
    lessons.withdraw(session, person, lesson)
    assert _texts(session) == [] and lesson.withdrawn_at is not None
    with pytest.raises(NotFound):
        lesson_reviews.lesson_of(session, who, lesson.id)
    lessons.agree(session, person, lesson, "name")
    assert (lesson.state, lesson.shown_name) == ("waiting", person.volunteer.full_name)


def test_a_coordinator_says_why_it_is_not_shown(session: AnySession) -> None:
    lesson, person, who = _published(session)
    with pytest.raises(Refused, match="sentence"):
        lesson_reviews.decline(session, who, lesson, " ")
    lesson_reviews.decline(session, who, lesson, "It names a neighbour.")
    assert _texts(session) == []
    assert "It names a neighbour." in session.query(Mail).filter_by(to=person.email).all()[-1].body


@pytest.mark.parametrize(
    ("narrowed", "is_found"),
    [
        ({"country": "KE"}, True),
        ({"country": "NP"}, False),
        ({"sector": "health"}, True),
        ({"sector": "education"}, False),
        ({"skill": "NUR-01"}, True),
        ({"skill": "WAT-01"}, False),
        ({"words": "cold SOCKS"}, True),
        ({"words": "НОСКИ"}, True),
        ({"words": "socks boots"}, False),
        ({"words": "%"}, False),
    ],
)
def test_the_library_is_searched_by_place_sector_skill_and_words(
    session: AnySession, narrowed: dict[str, str], is_found: bool
) -> None:
    _published(session)
    assert _texts(session, **narrowed) == ([TEXT] if is_found else [])


def test_only_who_was_there_writes_and_only_the_receiving_office_decides(session: AnySession) -> None:
    lesson, _person, who = _published(session)
    placement = lesson.placement
    strangers = [user_of(make_volunteer(session)), coordinator_of(session, make_vio(session))]
    for account in [*strangers, who]:
        with pytest.raises(NotFound):
            lessons.add(session, account, placement, TEXT)
    host = make_host_user(session, placement.assignment.host)
    for account in (host, strangers[0]):
        with pytest.raises(NotFound):
            lessons.own_lesson(session, account, lesson.id)
    with pytest.raises(NotFound):
        lesson_reviews.lesson_of(session, strangers[1], lesson.id)
    mine = lessons.add(session, host, placement, "Ask the neighbours.")
    lessons.agree(session, host, mine, "name")
    assert mine.shown_name == placement.assignment.host.name


@pytest.mark.parametrize("odd", ["", " \n ", "x" * 2001])
def test_odd_lessons_are_refused(session: AnySession, odd: str) -> None:
    placement, person, _who = _stay(session)
    with pytest.raises(Refused, match="characters"):
        lessons.add(session, person, placement, odd)
    lesson = lessons.add(session, person, placement, TEXT)
    for shown_as, name in (("first_name", " "), ("nonsense", "A")):
        with pytest.raises(Refused):
            lessons.agree(session, person, lesson, shown_as, name)
    assert lesson.state == "kept"
    for _number in range(4):
        lessons.add(session, person, placement, TEXT)
    with pytest.raises(Refused, match="matters most"):
        lessons.add(session, person, placement, TEXT)
