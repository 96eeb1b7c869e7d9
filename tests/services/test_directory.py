"""The coordinator's list of volunteers: each way to narrow it leaves out the others."""

from __future__ import annotations

import pytest

from tests.factories import AnySession, make_user, make_vio, make_volunteer
from webapp import clock
from webapp.services import directory
from webapp.services.directory import Search
from webapp.services.paging import Start


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ({}, ["Amina", "Bo", "Chen"]),
        ({"skill": "WAT-01"}, ["Amina"]),
        ({"language": "sw"}, ["Bo"]),
        ({"claimed": "no"}, ["Chen"]),
        ({"consent": "yes"}, ["Amina", "Chen"]),
        ({"consent": "no"}, ["Bo"]),
        ({"consent": "yes", "skill": "WAT-01", "claimed": "no"}, []),
    ],
)
def test_list_is_narrowed(session: AnySession, search: dict[str, str], names: list[str]) -> None:
    vio = make_vio(session)
    make_volunteer(session, vio, full_name="Amina", skills={"WAT-01": 2})
    make_volunteer(session, vio, full_name="Bo", languages={"sw": "C1"}, consents=())
    make_volunteer(session, vio, full_name="Chen", claimed=False)
    make_volunteer(session, full_name="Of others", skills={"WAT-01": 2})
    part, total = directory.find(session, make_user(session, "coordinator", vio), Search(**search), Start())
    assert ([one.volunteer.full_name for one in part.rows], total) == (names, len(names))


def test_each_row_tells_what_is_its_own_in_order_and_which_consents_stand(session: AnySession) -> None:
    vio = make_vio(session)
    first = make_volunteer(session, vio, full_name="Amina", skills={"WAT-01": 2, "INF-02": 1}, languages={"sw": "C1"})
    make_volunteer(session, vio, full_name="Bo", skills={}, languages={"fr": "B2", "en": "N"}, consents=("matching",))
    next(one for one in first.consents if one.purpose == "abroad").withdrawn_at = clock.now()
    session.flush()
    part, _total = directory.find(session, make_user(session, "coordinator", vio), Search(), Start())
    assert [(one.skills, one.languages, one.consents) for one in part.rows] == [
        (["INF-02", "WAT-01"], [("sw", "C1")], ["matching"]),
        ([], [("en", "N"), ("fr", "B2")], ["matching"]),
    ]
