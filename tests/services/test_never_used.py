"""What may never count: swapped between two people, every score, band and order stays."""

from __future__ import annotations

import pytest

from tests.factories import AnySession, make_assignment, make_host, make_vio, make_volunteer
from webapp.models import ConditionAnswer, Volunteer
from webapp.services import ranking, visibility

# The columns of a person that the matcher must not know; residence enters two rules only, which no one here meets.
NEVER_USED = ("full_name", "call_me", "email", "phone", "motivation", "residence", "is_adult", "external_id")


def _order(session: AnySession, assignments: list) -> list[list[tuple[int, float, int]]]:
    for assignment in assignments:
        ranking.rank_assignment(session, assignment)
    return [
        [(match.volunteer_id, match.score, match.band) for match in visibility.current_matches(session, assignment)]
        for assignment in assignments
    ]


@pytest.mark.parametrize("column", NEVER_USED)
def test_swapping_a_fact_that_never_counts_changes_no_order(session: AnySession, column: str) -> None:
    vio = make_vio(session)
    host = make_host(session, vio)
    works = [make_assignment(session, host, country=country) for country in ("KE", "NP", "PE")]
    people = [
        make_volunteer(session, vio, residence="CN", skills={"NUR-01": 2}, motivation="To learn.", full_name="李 雨桐"),
        make_volunteer(session, vio, residence="SN", skills={"NUR-01": 3}, motivation="To give.", full_name="Awa"),
        make_volunteer(session, vio, residence="TH", languages={"fr": "B1"}, full_name="ณัฐพล", call_me="Nat"),
    ]
    before = _order(session, works)
    assert [len(found) for found in before] == [3, 3, 3]
    _swap(people[0], people[1], column)
    session.flush()
    assert _order(session, works) == before


def _swap(one: Volunteer, other: Volunteer, column: str) -> None:
    first, second = getattr(one, column), getattr(other, column)
    setattr(one, column, second)
    setattr(other, column, first)


def test_conditions_of_life_change_no_match_and_stand_in_none(session: AnySession) -> None:
    vio = make_vio(session)
    works = [make_assignment(session, make_host(session, vio), hottest_celsius=45, altitude_metres=4000)]
    person = make_volunteer(session, vio)
    before = _order(session, works)
    person.conditions = [ConditionAnswer(condition=name, answer="cannot") for name in ("heat", "altitude")]
    session.flush()
    assert _order(session, works) == before
    (match,) = visibility.current_matches(session, works[0])
    stored = f"{match.reasons}{match.missing}".lower()
    assert "heat" not in stored
    assert "cannot" not in stored
