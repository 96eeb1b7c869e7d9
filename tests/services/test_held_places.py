"""Nobody is matched with a place that is taken: of mixed places, whoever could take only those that are gone is not."""

from __future__ import annotations

import pytest

from tests.factories import AnySession, make_assignment, make_host, make_host_user, make_vio, make_volunteer
from tests.stays import KIND_WORDS, coordinator_of, make_offer, make_selectable
from webapp.models import Assignment, TeamRole, Volunteer
from webapp.services import offers, ranking, teams, visibility

Mixed = tuple[Assignment, Volunteer, Volunteer]


@pytest.fixture
def mixed(session: AnySession) -> Mixed:
    """Return work with one place for people from elsewhere and one for people who live there, and one of each."""
    vio = make_vio(session)
    work = make_assignment(session, make_host(session, vio), places_international=1, places_local=1)
    away, resident = make_volunteer(session, vio, residence="DE"), make_volunteer(session, vio, residence="KE")
    ranking.rank_assignment(session, work)
    assert _matched(session, work) == {away.id, resident.id}
    return work, away, resident


def _matched(session: AnySession, work: Assignment) -> set[int]:
    found = visibility.current_matches(session, work)
    return {one.volunteer_id for one in found if one.status == "eligible"}


def test_a_taken_place_is_open_to_nobody_until_it_is_free_again(session: AnySession, mixed: Mixed) -> None:
    work, away, resident = mixed
    other = make_selectable(session, work, volunteer=make_volunteer(session, work.vio, residence="CN"))
    offer = make_offer(session, other)
    assert (work.state, _matched(session, work)) == ("open", {resident.id})
    for one in (away, resident):
        ranking.rank_volunteer(session, one)
    assert _matched(session, work) == {resident.id}
    assert [one.code for one in ranking.explain_pair(session, away, work).obstacles] == ["RESIDENTS_ONLY"]
    assert not ranking.explain_pair(session, other.volunteer, work).obstacles, "the place is held for this person"
    offers.withdraw_offer(session, coordinator_of(session, work.vio), offer, "dates", KIND_WORDS)
    assert away.id in _matched(session, work)


def test_places_that_the_host_fills_itself_are_taken_too(session: AnySession, mixed: Mixed) -> None:
    work, _away, resident = mixed
    work.team = [
        TeamRole(position=1, label="Nurse", kind="international", number=1),
        TeamRole(position=2, label="Aide", kind="local", number=1),
    ]
    make_offer(session, make_selectable(session, work), role_id=work.team[0].id)
    assert _matched(session, work) == {resident.id}
    teams.fill_by_host(session, make_host_user(session, work.host), work, work.team[1].id, 1)
    assert work.state == "filled"
