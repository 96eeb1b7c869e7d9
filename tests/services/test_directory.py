"""The coordinator's list of volunteers: each way to narrow it leaves out the others."""

from __future__ import annotations

import pytest

from tests.factories import AnySession, make_user, make_vio, make_volunteer
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
    assert ([one.full_name for one in part.rows], total) == (names, len(names))
