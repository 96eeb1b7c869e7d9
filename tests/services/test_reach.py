"""What is read as plain rows is what the objects say, whoever is within reach and for whatever reason."""

from __future__ import annotations

import pytest
from sqlalchemy import select, true

from tests.factories import AnySession, make_application, make_assignment, make_host, make_vio, make_volunteer
from webapp import clock
from webapp.models import Assignment, Volunteer
from webapp.services import reach, work_rows
from webapp.services.frames import assignments_frame, volunteers_frame
from webapp.services.person_relations import within_reach
from webapp.services.work_rows import read_works


def _world(session: AnySession) -> list[Assignment]:
    here, there = make_vio(session, no_go=["UG"]), make_vio(session)
    works = [make_assignment(session, make_host(session, here), weeks=weeks) for weeks in (4, 12)]
    works.append(make_assignment(session, make_host(session, there), languages={"en": "B1", "fr": "C1"}))
    works.append(make_assignment(session, make_host(session, there)))
    asks = make_volunteer(session, here)
    for vio in (here, there):
        make_volunteer(session, vio, languages={"sw": "B2", "en": "C1"})
        make_volunteer(session, vio, open_to_all=True)
        make_volunteer(session, vio, open_to_all=True, claimed=False)
        make_volunteer(session, vio, open_to_all=True, consents=("abroad",))
    make_application(session, asks, works[2])
    make_application(session, make_volunteer(session, here, consents=()), works[2])
    return works


@pytest.mark.parametrize("at_once", [1, work_rows.NUMBERS])
def test_frames_of_rows_equal_those_of_objects(
    session: AnySession, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(work_rows, "NUMBERS", at_once)
    works = _world(session)
    people = session.scalars(select(Volunteer).order_by(Volunteer.id))
    assert reach.people_frame(session, true()).equals(volunteers_frame(people))
    rows = read_works(session, Assignment.id.in_([one.id for one in works]))
    today, held = clock.today(), {works[0].id: {"international": 1}}
    assert assignments_frame(rows, today, held).equals(assignments_frame(works, today, held))


def test_who_is_within_reach_is_the_same_read_for_all_assignments_at_once(session: AnySession) -> None:
    works = _world(session)
    found = reach.ids_by_work(session, read_works(session, Assignment.state == "open"))
    for one in works:
        here = within_reach(one.id, one.vio_id, clock.today())
        assert found[one.id] == tuple(session.scalars(select(Volunteer.id).where(here).order_by(Volunteer.id)))
    assert found[works[0].id] is found[works[1].id]
    assert len(found[works[2].id]) == len(found[works[3].id]) + 1


def test_a_volunteer_has_the_assignments_that_have_the_volunteer(session: AnySession) -> None:
    works = _world(session)
    found = reach.ids_by_work(session, read_works(session, Assignment.state == "open"))
    agreed = {number for mine in found.values() for number in mine}
    for person in session.scalars(select(Volunteer).where(Volunteer.id.in_(agreed))):
        mine = [one.id for one in reach.works_for(session, person)]
        assert mine == [one.id for one in works if person.id in found[one.id]]
