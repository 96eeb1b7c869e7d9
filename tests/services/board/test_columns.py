"""The columns of the board: what stands in them, in which order, for whom, and at what cost."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from tests.bonds import make_pair, place_together
from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import coordinator_of, days, make_active, make_placement, make_selectable
from webapp import clock
from webapp.models import Application, MatchInvitation, TeamRole, User
from webapp.services import visibility
from webapp.services.board import columns
from webapp.services.board.columns import Column, Filter

WAITING = ("application", "submitted")


def _board(session: AnySession, who: User, **narrowed: object) -> dict[tuple[str, str], Column]:
    found = columns.columns(session, who, Filter(**narrowed), clock.today())
    return {(one.kind, one.state): one for one in found}


def _ids(one: Column) -> list[int]:
    return [card.row.id for card in one.cards]


def test_every_running_row_stands_in_the_column_of_its_state_the_most_urgent_first(session: AnySession) -> None:
    work = make_assignment(session, places_international=9)
    office = coordinator_of(session, work.vio)
    late, later, on_time = (
        make_application(session, make_volunteer(session, work.vio), work, answer_by=days(day)) for day in (-1, -5, 3)
    )
    on_time.first_answer_by = days(-2)  # a day that was moved leaves it late
    make_selectable(session, work)
    coming, active = (
        make_placement(session, make_selectable(session, work)),
        make_active(session, make_selectable(session, work)),
    )
    coming.starts_on = days(-4)
    session.flush()
    found = _board(session, office)
    assert _ids(found[WAITING]) == [later.id, on_time.id, late.id]
    assert all(card.is_overdue for card in found[WAITING].cards)
    assert found["application", "shortlisted"].count == 1
    assert found["application", "selected"].count == 0  # these stand there as their placements
    assert [card.is_overdue for card in found["placement", "preparing"].cards] == [True]
    assert _ids(found["placement", "active"]) == [active.id]
    overdue = _board(session, office, overdue=True)
    assert {key: one.count for key, one in overdue.items() if one.count} == {WAITING: 3, ("placement", "preparing"): 1}


def test_host_country_and_words_narrow_the_board(session: AnySession) -> None:
    vio = make_vio(session)
    here = make_assignment(session, make_host(session, vio, name="Lake Clinic"), title="Nurse 100% at the lake")
    there = make_assignment(session, make_host(session, vio), title="Teacher", country="UZ")
    first, second = (make_application(session, make_volunteer(session, vio), work) for work in (here, there))
    office = coordinator_of(session, vio)
    asked = [
        {"host": here.host_id},
        {"country": "UZ"},
        {"text": "lake clin"},
        {"text": "100%"},
        {"text": "%"},
        {"text": "_x"},
    ]
    found = [_ids(_board(session, office, **one)[WAITING]) for one in asked]
    assert found == [[first.id], [second.id], [first.id], [first.id], [first.id], []]


def test_another_office_sees_nothing_and_names_follow_the_same_rule_as_everywhere(session: AnySession) -> None:
    work = make_assignment(session)
    office, stranger = coordinator_of(session, work.vio), make_user(session, "coordinator")
    people = [make_volunteer(session, work.vio), *(make_volunteer(session) for _ in range(3))]
    for person in people:
        make_application(session, person, work)
    for person in people[2:]:
        make_application(session, person, work, state="withdrawn")
    invited = {"assignment_id": work.id, "volunteer_id": people[3].id, "state": "accepted", "sent_at": clock.now()}
    session.add(MatchInvitation(vio_id=work.vio_id, by_id=office.id, **invited))
    session.flush()
    cards = _board(session, office)[WAITING].cards
    told = [visibility.sight_of(session, office, card.row.volunteer, work).name for card in cards]
    assert [card.named for card in cards] == told == [True, True, False, True]
    assert not any(one.count for one in _board(session, stranger).values())


def test_a_long_column_is_read_page_by_page_and_no_row_twice(
    session: AnySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "PAGE", 3)
    work = make_assignment(session)
    office = coordinator_of(session, work.vio)
    for number in range(8):
        make_application(session, make_volunteer(session, work.vio), work, answer_by=days(number // 4))
    for key, order in (
        (WAITING, (Application.answer_by, Application.id)),
        (("application", "declined"), (Application.id,)),
    ):
        for one in session.query(Application):
            one.state, one.reason_code = key[1], "other"
        session.flush()
        read: list[int] = []
        after = ""
        while not read or after:
            page = columns.column(session, office, key, Filter(), clock.today(), after)
            assert page.count == 8
            read, after = read + _ids(page), page.following
        assert read == [one.id for one in session.query(Application).order_by(*order)]
    for odd in ("x", "1.", ".", "2026-01-01.x", "'.1", "2026-01-01.99999999999999999999"):
        assert columns.column(session, office, WAITING, Filter(), clock.today(), odd).cards == []


@pytest.mark.parametrize("delegated", [[], ["KE"]])
def test_more_rows_cost_no_more_queries(session: AnySession, delegated: list[str]) -> None:
    vio = make_vio(session)
    office = make_user(session, "coordinator", vio, delegated=delegated)

    def cost() -> int:
        session.expire_all()
        asked: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            asked.append(statement)

        connection = session.connection()
        event.listen(connection, "before_cursor_execute", note)
        for one in columns.columns(session, office, Filter(), clock.today()):
            assert all(card.row.assignment.host.name and card.row.volunteer.full_name for card in one.cards)
            assert all(row.volunteer.full_name for card in one.cards for row, _named in card.beside)
        event.remove(connection, "before_cursor_execute", note)
        return len(asked)

    def fill(rows: int) -> None:
        for state in ("submitted", "shortlisted", "interview"):
            for _ in range(rows):
                work = make_assignment(session, make_host(session, vio))
                for person in (make_volunteer(session), make_volunteer(session, vio)):
                    make_application(session, person, work, state=state)
        make_placement(session, make_selectable(session, make_assignment(session, make_host(session, vio))))
        place_together(session, make_pair(session, make_assignment(session, make_host(session, vio))))
        make_pair(session, make_assignment(session, make_host(session, vio)))

    fill(1)
    few = cost()
    fill(5)
    assert cost() <= few


def _beside(one: Column) -> dict[int, list[tuple[int, bool]]]:
    return {card.row.id: [(row.id, is_named) for row, is_named in card.beside] for card in one.cards}


def test_rows_of_people_who_go_together_point_at_each_other(session: AnySession) -> None:
    work = make_assignment(session, places_international=9)
    office = coordinator_of(session, work.vio)
    first, second = make_pair(session, work)
    alone = make_selectable(session, work)
    make_application(session, first.volunteer, make_assignment(session, work.host), state="shortlisted")
    elsewhere = make_pair(session, work)
    elsewhere[1].volunteer.vio_id = make_vio(session).id
    make_application(session, elsewhere[1].volunteer, work, state="withdrawn")
    on_shortlist = _beside(_board(session, office)["application", "shortlisted"])
    assert on_shortlist[first.id] == [(second.id, True)] and on_shortlist[second.id] == [(first.id, True)]
    assert on_shortlist[alone.id] == []
    assert on_shortlist[elsewhere[0].id] == [(elsewhere[1].id, False)], "a name that may not be read stays unread"
    one, other = place_together(session, make_pair(session, make_assignment(session, work.host)))
    make_placement(session, alone)
    prepared = _beside(_board(session, office)["placement", "preparing"])
    assert prepared.pop(one.id) == [(other.id, True)] and prepared.pop(other.id) == [(one.id, True)]
    assert list(prepared.values()) == [[]]


def test_a_team_is_shown_with_how_far_each_role_is_filled(session: AnySession) -> None:
    work = make_assignment(session, places_international=2, places_local=3)
    work.team = [
        TeamRole(position=1, label="Nurse", kind="international", number=2),
        TeamRole(position=2, label="Aide", kind="local", number=3, by_host=1),
    ]
    make_placement(session, make_selectable(session, work), role_id=work.team[0].id)
    make_application(session, make_volunteer(session), make_assignment(session, work.host))  # without a team
    found = columns.columns(session, coordinator_of(session, work.vio), Filter(), clock.today())
    ((shown, seats),) = columns.teams_of(session, found)
    assert (shown, [(one.role.label, one.placed, one.open) for one in seats]) == (
        work,
        [("Nurse", 1, 1), ("Aide", 0, 2)],
    )
