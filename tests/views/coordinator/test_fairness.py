"""The page on fairness: sums of the own VIO, nobody named, nothing about few."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

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
from webapp.models import Review, User, Vio, Volunteer
from webapp.services import fairness, ranking
from webapp.services.exposure import Exposure
from webapp.services.fairness import Table
from webapp.services.learning_preview import _groups
from webapp.services.linking import language_of_text
from webapp.services.small_cells import FEWEST

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


def _lines(table: Table) -> dict[tuple[str, ...], Exposure]:
    return {line.groups: line for line in table.lines}


def test_groups_are_counted_and_small_ones_stand_together(filled: Office) -> None:
    country = _lines(_tables(filled)["country"])
    people = {groups: line.people for groups, line in country.items()}
    # Those of the office itself live in China too: two of its own, and one of another VIO who is open to all.
    assert sum(people.values()) == 22 + 3
    assert all(count >= FEWEST for count in people.values())
    assert any("MN" in groups and len(groups) > 1 for groups in people)
    language = _lines(_tables(filled)["language"])
    assert language[("zh",)].people == 12
    (host,) = _tables(filled)["host"].lines
    assert host.top is not None and host.top.share == 1.0


def test_each_table_shows_what_it_can_and_says_why_a_step_is_left_away(filled: Office) -> None:
    session = filled.session
    people = _crowd(session, filled.vio, 6, "CN", CHINESE) + _crowd(session, filled.vio, 7, "KE", ENGLISH)
    people += _crowd(session, filled.vio, 3, "MN", ENGLISH) + _crowd(session, filled.vio, 5, "KZ", "nurse")
    filled.rank()
    for person in people[:-2]:
        _endorse(session, filled, person)
    make_application(session, filled.own, filled.assignment, state="selected")
    session.commit()
    tables = _tables(filled)
    country, language, host = (tables[name] for name in ("country", "language", "host"))
    # Three of Kazakhstan and three of Mongolia hide each other; in the table of one host nobody is hidden.
    endorsed = dict(zip([line.groups for line in country.choosable], country.choices["endorsed"].cells, strict=True))
    shown = {groups: cell.people for groups, cell in endorsed.items() if cell}
    assert shown == {("CN",): 6, ("KE",): 7}
    together = country.choices["endorsed"].together
    assert together is not None and together.people == 6
    assert sum(cell.share for cell in (*filter(None, endorsed.values()), together)) == pytest.approx(1)
    assert sum(cell.due for cell in (*filter(None, endorsed.values()), together)) == pytest.approx(1)
    assert [cell.people for cell in host.choices["endorsed"].cells if cell] == [19]
    assert "selected" in country.few and "selected" in language.few and "selected" in host.few
    page = filled.visitor.get(PATH).text
    assert "fewer than 5 people came so far: Proposed, Applied, Shortlisted, Selected" in page
    assert "All groups not shown in the column, together" in page


def test_where_any_number_would_tell_of_few_the_page_says_so(filled: Office) -> None:
    for person in _crowd(filled.session, filled.vio, 9, "CN", CHINESE):
        _endorse(filled.session, filled, person)
    filled.rank()
    table = _tables(filled)["country"]
    assert table.untold == ("endorsed",) and "endorsed" not in table.choices
    assert "fewer than 5 people in some group: Endorsed" in filled.visitor.get(PATH).text


def test_hosts_of_other_offices_are_never_due_a_choice(filled: Office) -> None:
    session = filled.session
    people = [make_volunteer(session, filled.vio, open_to_all=True).id for _ in range(6)]
    ranking.rank_assignment(session, make_assignment(session, make_host(session, make_vio(session))))
    for person in people:
        _endorse(session, filled, person)
    filled.rank()
    host = _tables(filled)["host"]
    assert (fairness.ELSEWHERE,) in _lines(host)
    (own,) = host.choosable
    (cell,) = host.choices["endorsed"].cells
    assert cell is not None
    assert (own.groups, cell.people, cell.due) == ((str(filled.host.id),), 6, 1.0)


def test_a_version_is_told_by_the_groups_of_this_page(filled: Office) -> None:
    _crowd(filled.session, filled.vio, 6, "CN", "nurse")
    filled.rank()
    people = filled.session.scalars(select(Volunteer)).all()
    for name, groups in _groups([*people]).items():
        told = {group for line in _tables(filled)[name].lines for group in line.groups}
        assert told <= set(groups.values())
        assert ("" in told) == (name == "language")


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
