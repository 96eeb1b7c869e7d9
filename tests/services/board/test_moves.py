"""Moving many rows at once, and filters that are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from tests.factories import AnySession, make_application, make_assignment, make_user, make_volunteer
from tests.stays import KIND_WORDS, coordinator_of, days, make_active, make_offer, make_selectable, user_of
from webapp.models import Mail
from webapp.services.board import filters, moves
from webapp.services.board.moves import Why
from webapp.services.errors import NotFound, Refused

WHY = Why("places_taken", KIND_WORDS)


def _letters(session: AnySession) -> int:
    return session.scalar(select(func.count(Mail.id))) or 0


def test_each_row_goes_for_itself_and_what_is_refused_says_why(session: AnySession) -> None:
    work = make_assignment(session)
    office = coordinator_of(session, work.vio)
    people = [make_selectable(session, work) for _ in range(2)]
    seated, early = make_selectable(session, work), make_application(session, make_volunteer(session), work)
    make_offer(session, seated, office)
    rows = moves.rows_of(session, office, [f"application-{one.id}" for one in (*people, seated, early, early)])
    assert len(rows) == 4
    before = _letters(session)
    foreseen = moves.preview(session, office, "decline", rows, WHY)
    assert _letters(session) == before
    assert [one.row.state for one in foreseen] == ["shortlisted", "shortlisted", "selected", "submitted"]
    done = moves.carry_out(session, office, "decline", rows, WHY)
    assert [(one.row.id, str(one.refused)) for one in done] == [(one.row.id, str(one.refused)) for one in foreseen]
    assert [one.row.state for one in done] == ["declined", "declined", "selected", "submitted"]
    written = set(session.scalars(select(Mail.to).order_by(Mail.id.desc()).limit(_letters(session) - before)))
    assert written == {user_of(one.volunteer).email for one in people}


def test_a_host_is_reminded_of_each_ticked_applicant_and_not_twice(session: AnySession) -> None:
    work = make_assignment(session)
    office = coordinator_of(session, work.vio)
    rows = [make_application(session, make_volunteer(session), work) for _ in range(2)]
    assert [one.refused for one in moves.carry_out(session, office, "remind", rows, Why())] == [None, None]
    assert all(one.refused for one in moves.carry_out(session, office, "remind", rows, Why()))
    assert all(one.refused for one in moves.carry_out(session, office, "start", rows, Why()))


def test_stays_past_their_last_day_are_completed_at_once(session: AnySession) -> None:
    over, runs = make_active(session), make_active(session, ends_on=days(200))
    office = coordinator_of(session, over.receiving_vio)
    runs.receiving_vio_id = over.receiving_vio_id
    rows = moves.rows_of(session, office, [f"placement-{one.id}" for one in (over, runs)])
    with time_machine.travel(over.ends_on + timedelta(days=2)):
        done = {one.row.id: one.refused for one in moves.carry_out(session, office, "complete", rows, Why())}
    assert (over.state, runs.state) == ("completed", "active")
    assert done[over.id] is None and done[runs.id] is not None


def test_nothing_and_too_much_and_what_is_not_ours_cannot_be_ticked(session: AnySession) -> None:
    work = make_assignment(session)
    office, stranger = coordinator_of(session, work.vio), make_user(session, "coordinator")
    pick = f"application-{make_selectable(session, work).id}"
    for picks in ([], [f"application-{number}" for number in range(moves.MOST + 1)]):
        with pytest.raises(Refused):
            moves.rows_of(session, office, picks)
    for who, odd in ((stranger, pick), (office, "application-x"), (office, "host-1"), (office, "application-999999")):
        with pytest.raises(NotFound):
            moves.rows_of(session, who, [odd])


def test_a_filter_is_kept_under_a_name_by_its_owner_alone(session: AnySession) -> None:
    office, other = make_user(session, "coordinator"), make_user(session, "coordinator")
    filters.keep(session, office, " Late  ones ", "overdue=1")
    kept = filters.keep(session, office, "Late ones", "overdue=1&country=KE")
    assert [(one.name, one.query) for one in filters.filters_of(session, office)] == [
        ("Late ones", "overdue=1&country=KE")
    ]
    for name, query in (("", "overdue=1"), ("x" * 61, "overdue=1"), ("Empty", "")):
        with pytest.raises(Refused):
            filters.keep(session, office, name, query)
    assert filters.filters_of(session, other) == []
    with pytest.raises(NotFound):
        filters.remove(session, other, kept.id)
    filters.remove(session, office, kept.id)
    assert filters.filters_of(session, office) == []
