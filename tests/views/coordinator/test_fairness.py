"""The page on fairness: sums of the own VIO, nobody named, nothing about few."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import Visitor
from tests.factories import (
    PASSWORD,
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_host_user,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.views.coordinator.conftest import Office
from webapp import clock
from webapp.models import Review, User, Vio
from webapp.services import fairness, ranking
from webapp.services.fairness import Line, Table
from webapp.services.linking import language_of_text

ENGLISH = "I nursed patients on a ward for eight years and taught new colleagues."
CHINESE = "我在医院病房做了八年护士，也带过很多新同事。"
PATH = "/coordinator/fairness"


def _crowd(session: AnySession, vio: Vio, count: int, residence: str, text: str) -> list[int]:
    return [make_volunteer(session, vio, residence=residence, experience=text).id for _ in range(count)]


@pytest.fixture
def filled(office: Office) -> Office:
    """Return the office with twelve people in China, eight in Kenya and two in Mongolia, ranked for six assignments."""
    _crowd(office.session, office.vio, 12, "CN", CHINESE)
    _crowd(office.session, office.vio, 8, "KE", ENGLISH)
    _crowd(office.session, office.vio, 2, "MN", ENGLISH)
    for _ in range(6):
        ranking.rank_assignment(office.session, make_assignment(office.session, office.host))
    office.rank()
    return office


def _tables(office: Office) -> dict[str, Table]:
    return {one.grouping: one for one in fairness.tables(office.session, office.coordinator, clock.today())}


def _lines(table: Table) -> dict[tuple[str, ...], Line]:
    return {line.exposure.groups: line for line in table.lines}


def test_groups_are_counted_and_small_ones_stand_together(filled: Office) -> None:
    country = _lines(_tables(filled)["country"])
    people = {groups: line.exposure.people for groups, line in country.items()}
    # Those of the office itself live in China too: two of its own, and one of another VIO who is open to all.
    assert sum(people.values()) == 22 + 3
    assert all(count >= fairness.FEWEST for count in people.values())
    assert any("MN" in groups and len(groups) > 1 for groups in people)
    language = _lines(_tables(filled)["language"])
    assert language[("zh",)].exposure.people == 12
    (host,) = _tables(filled)["host"].lines
    assert host.exposure.top is not None and host.exposure.top.share == 1.0


def test_each_step_counts_people_and_few_are_hidden(filled: Office) -> None:
    session = filled.session
    chinese = _crowd(session, filled.vio, 6, "CN", CHINESE)
    kenyan = _crowd(session, filled.vio, 7, "KE", ENGLISH)
    filled.rank()
    for person in chinese + kenyan:
        _endorse(session, filled, person)
    make_application(session, filled.own, filled.assignment, state="selected")
    session.commit()
    tables = _tables(filled)
    assert tables["country"].steps == tables["language"].steps == tables["host"].steps
    assert "selected" not in tables["country"].steps
    for table in tables.values():
        for line in table.lines:
            assert all(cell.people is None or cell.people >= fairness.FEWEST for cell in line.chosen.values())


def _endorse(session: AnySession, office: Office, person: int) -> None:
    session.add(
        Review(
            vio_id=office.vio.id,
            assignment_id=office.assignment.id,
            volunteer_id=person,
            verdict="endorse",
            reason_code="FITS",
            by_id=office.coordinator.id,
            at=clock.now(),
        )
    )
    session.flush()


def test_people_of_other_offices_who_are_not_open_to_all_never_count(filled: Office) -> None:
    before = _tables(filled)["country"]
    stranger = make_vio(filled.session)
    _crowd(filled.session, stranger, 9, "CN", CHINESE)
    host = make_host(filled.session, stranger)
    ranking.rank_assignment(filled.session, make_assignment(filled.session, host))
    filled.session.commit()
    assert _tables(filled)["country"] == before


def test_the_page_shows_sums_and_no_person(filled: Office) -> None:
    page = filled.visitor.get(PATH)
    assert page.status == 200
    assert page.heading == "Fairness"
    assert "China" in page.text and "Places 1 to 10" in page.text
    for person in (filled.own, filled.unclaimed, filled.elsewhere):
        assert person.full_name not in page.text
    assert "What it does not show" in page.text


def test_an_empty_office_is_told_what_will_be_here(session: AnySession, visit: Callable[[], Visitor]) -> None:
    coordinator = make_user(session, "coordinator")
    session.commit()
    visitor = visit()
    visitor.sign_in(coordinator.email, PASSWORD)
    assert "Too few people" in visitor.get(PATH).text


def test_other_roles_are_kept_out(filled: Office, visit: Callable[[], Visitor]) -> None:
    session = filled.session
    accounts: list[User] = [make_host_user(session, filled.host), make_user(session, "administrator")]
    session.commit()
    for account in accounts:
        visitor = visit()
        visitor.sign_in(account.email, PASSWORD)
        assert visitor.get(PATH, status=403).status == 403


@pytest.mark.parametrize(
    ("text", "code"),
    [(ENGLISH, "en"), (CHINESE, "zh"), ("Я восемь лет работала медсестрой в больнице.", "ru"), ("nurse", ""), ("", "")],
)
def test_the_language_of_a_text(text: str, code: str) -> None:
    assert language_of_text(text) == code
