"""A long list in pages: none left out, none twice, forth and back, whatever comes in meanwhile."""

from __future__ import annotations

from sqlalchemy import select

from tests.factories import AnySession, make_vio, make_volunteer
from webapp.models import Vio, Volunteer
from webapp.services.paging import Part, Start, part_of

NAMES = ("Ada", "Ben", "Ben", "Chen", "Dina", "Dina", "Eve")


def _part(session: AnySession, vio: Vio, start: Start) -> Part[Volunteer]:
    query = select(Volunteer).where(Volunteer.vio_id == vio.id)
    return part_of(session, query, [Volunteer.full_name], Volunteer.id, start, 3)


def _walk(session: AnySession, vio: Vio, start: Start) -> list[Part[Volunteer]]:
    parts = [_part(session, vio, start)]
    while parts[-1].following is not None:
        parts.append(_part(session, vio, Start(after=parts[-1].following)))
    return parts


def test_pages_hold_everybody_once_and_lead_back(session: AnySession) -> None:
    vio = make_vio(session)
    people = [make_volunteer(session, vio, claimed=False, full_name=name) for name in NAMES]
    parts = _walk(session, vio, Start())
    assert [one for part in parts for one in part.rows] == people
    assert [part.previous is None for part in parts] == [True, False, False]
    back = _part(session, vio, Start(before=parts[2].previous))
    assert back.rows == parts[1].rows
    assert _part(session, vio, Start(before=back.previous)) == parts[0]


def test_who_comes_in_shifts_nothing(session: AnySession) -> None:
    vio = make_vio(session)
    for name in NAMES:
        make_volunteer(session, vio, claimed=False, full_name=name)
    first = _part(session, vio, Start())
    make_volunteer(session, vio, claimed=False, full_name="Abel")
    second = _part(session, vio, Start(after=first.following))
    assert [one.full_name for one in second.rows] == ["Chen", "Dina", "Dina"]
    assert _part(session, vio, Start(before=second.previous)).previous is not None  # Abel stands before them now


def test_a_row_that_is_gone_or_of_others_begins_the_list_anew(session: AnySession) -> None:
    vio, other = make_vio(session), make_vio(session)
    ada = make_volunteer(session, vio, claimed=False, full_name="Ada")
    stranger = make_volunteer(session, other, claimed=False, full_name="Zoe")
    for start in (Start(after=stranger.id), Start(before=stranger.id), Start(after=2**31 - 1)):
        assert _part(session, vio, start) == Part([ada])
    assert _part(session, make_vio(session), Start()) == Part([])


def test_a_list_may_begin_with_the_newest(session: AnySession) -> None:
    vio = make_vio(session)
    people = [make_volunteer(session, vio, claimed=False, full_name=name) for name in NAMES]
    query = select(Volunteer).where(Volunteer.vio_id == vio.id)

    def part(start: Start) -> Part[Volunteer]:
        return part_of(session, query, [], Volunteer.id, start, 3, newest_first=True)

    first = part(Start())
    second = part(Start(after=first.following))
    assert first.rows + second.rows == people[:0:-1]
    assert part(Start(before=second.previous)).rows == first.rows
