"""Assignments as anybody finds them: each way to narrow the list leaves out the others."""

from __future__ import annotations

import pytest

from tests.factories import AnySession, make_assignment
from webapp import clock
from webapp.services import published
from webapp.services.published import Search


@pytest.mark.parametrize(
    ("search", "titles"),
    [
        ({}, ["Nurse", "Teacher"]),
        ({"sector": "health"}, ["Nurse"]),
        ({"country": "NP"}, ["Teacher"]),
        ({"mode": "online"}, ["Teacher"]),
        ({"sector": "health", "country": "NP"}, []),
    ],
)
def test_list_is_narrowed(session: AnySession, search: dict[str, str], titles: list[str]) -> None:
    make_assignment(session, title="Nurse", sector="health")
    make_assignment(session, title="Teacher", sector="education", country="NP", mode="either")
    make_assignment(session, title="Not yet", sector="health", state="draft")
    part = published.find(session, Search(**search), clock.today())
    overview = published.overview(session, clock.today())
    assert sorted(one.title for one in part.rows) == titles
    assert overview.total(Search(**search)) == len(titles)
    assert overview.sectors == {"health", "education"}
