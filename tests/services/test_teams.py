"""Teams: roles that add up, who fills them, and the role of an offer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bonds import make_pair, offer_together
from tests.factories import AnySession, make_assignment, make_host, make_host_user
from tests.stays import make_offer, make_placement, make_selectable, user_of
from webapp.models import Assignment, User
from webapp.services import assignments, offers, places, ranking, teams, versions, visibility
from webapp.services.errors import NotFound, Refused
from webapp.services.offers import Seat
from webapp.services.teams import Role

NURSE, TEACHER, COLLEAGUE = Role("Nurse", "international", 2), Role("Teacher", "national", 1), Role("Aide", "local", 3)
TEAM = (NURSE, TEACHER, COLLEAGUE)


def _work(session: AnySession, **over: Any) -> tuple[Assignment, User]:
    places_said = {"places_international": 2, "places_national": 1, "places_local": 3}
    work = make_assignment(session, make_host(session), **{"state": "draft", **places_said, **over})
    return work, make_host_user(session, work.host)


def _with_team(session: AnySession, *roles: Role, **over: Any) -> tuple[Assignment, User]:
    work, host = _work(session, **over)
    teams.save(session, host, work, roles or TEAM)
    work.state = "open"
    return work, host


def test_a_team_is_kept_in_the_order_of_its_host(session: AnySession) -> None:
    work, host = _work(session)
    teams.save(session, host, work, TEAM)
    assert [(one.label, one.kind, one.number) for one in work.team] == [
        ("Nurse", "international", 2),
        ("Teacher", "national", 1),
        ("Aide", "local", 3),
    ]
    first = Role("Nurse on the ward", "international", 2, ("NUR-01",), id=work.team[0].id)
    teams.save(session, host, work, [COLLEAGUE, TEACHER, first])
    assert [one.label for one in work.team] == ["Aide", "Teacher", "Nurse on the ward"]
    assert work.team[2].skills == ["NUR-01"]
    teams.save(session, host, work, [])
    assert work.team == []


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ([NURSE, TEACHER], "local places"),
        ([Role("Nurse", "international", 3), TEACHER, COLLEAGUE], "3 international places"),
        ([Role(" ", "international", 2), TEACHER, COLLEAGUE], "a name"),
        ([Role("Nurse", "nonsense", 2), TEACHER, COLLEAGUE], "a kind"),
        ([Role("Nurse", "international", 2, by_host=1), TEACHER, COLLEAGUE], "local places yourself"),
        ([Role("Nurse", "international", 2, ("XXX",)), TEACHER, COLLEAGUE], "skills"),
        ([Role("Nurse", "international", 1)] * 9, "at most 8"),
    ],
)
def test_a_team_that_does_not_add_up_is_refused(session: AnySession, roles: list[Role], words: str) -> None:
    work, host = _work(session)
    with pytest.raises(Refused) as refused:
        teams.save(session, host, work, roles)
    assert words in str(refused.value.words)
    assert work.team == []


def test_only_its_host_says_the_team_and_only_before_it_is_sent(session: AnySession) -> None:
    work, host = _work(session)
    with pytest.raises(NotFound):
        teams.save(session, make_host_user(session, make_host(session)), work, TEAM)
    work.state = "open"
    with pytest.raises(Refused, match="Take it back"):
        teams.save(session, host, work, TEAM)


def test_places_changed_afterwards_keep_it_from_being_sent(session: AnySession) -> None:
    work, host = _work(session)
    teams.save(session, host, work, TEAM)
    assignments.edit(session, host, work, {"places_national": 2})
    with pytest.raises(assignments.Incomplete) as refused:
        assignments.submit(session, host, work)
    assert "1 national places" in str(refused.value.missing["places_national"])


def test_an_offer_is_for_a_role_with_room(session: AnySession) -> None:
    work, _host = _with_team(
        session, Role("Nurse", "international", 1), Role("Cook", "international", 1), TEACHER, COLLEAGUE
    )
    nurse, cook = work.team[0].id, work.team[1].id
    first, second = make_selectable(session, work), make_selectable(session, work)
    for wrong in (None, work.team[2].id, 999999):
        with pytest.raises(Refused, match="role in the team"):
            make_offer(session, first, role_id=wrong)
    offer = make_offer(session, first, role_id=nurse)
    with pytest.raises(Refused, match="last place in this role"):
        make_offer(session, second, role_id=nurse)
    make_placement(session, second, role_id=cook)
    found = {one.role.label: (one.placed, one.offered, one.open) for one in teams.seats(session, work)}
    assert found == {"Nurse": (0, 1, 0), "Cook": (1, 0, 0), "Teacher": (0, 0, 1), "Aide": (0, 0, 3)}
    offers.decline(session, user_of(first.volunteer), offer, "dates")
    assert teams.seats(session, work)[0].open == 1


def test_people_who_go_together_may_have_different_roles(session: AnySession) -> None:
    work, _host = _with_team(session)
    pair = make_pair(session, work)
    seats = {pair[0].id: Seat("international", work.team[0].id), pair[1].id: Seat("national", work.team[1].id)}
    made = offer_together(session, pair, seats=seats)
    assert [one.team_role.label for one in made if one.team_role] == ["Nurse", "Teacher"]


def test_a_role_that_somebody_has_stays(session: AnySession) -> None:
    work, host = _with_team(session)
    offer = make_offer(session, make_selectable(session, work), role_id=work.team[0].id)
    work.state = "changes_requested"
    new = Role("Doctor", "international", 2)
    with pytest.raises(Refused, match="Nurse"):
        teams.save(session, host, work, [new, TEACHER, COLLEAGUE])
    offers.decline(session, user_of(offer.volunteer), offer, "dates")
    teams.save(session, host, work, [new, TEACHER, COLLEAGUE])
    session.refresh(offer)
    assert offer.team_role_id is None


def test_local_people_of_the_host_are_a_number_that_takes_places(session: AnySession) -> None:
    work, host = _with_team(session)
    aide = work.team[2]
    teams.fill_by_host(session, host, work, aide.id, 2)
    assert (places.room(session, work)["local"].left, teams.seats(session, work)[2].open) == (1, 1)
    make_offer(session, make_selectable(session, work), kind="local", role_id=aide.id)
    for number in (3, -1):
        with pytest.raises(Refused, match="from 0 to 2"):
            teams.fill_by_host(session, host, work, aide.id, number)
    with pytest.raises(Refused, match="local"):
        teams.fill_by_host(session, host, work, work.team[0].id, 1)
    with pytest.raises(NotFound):
        teams.fill_by_host(session, make_host_user(session, make_host(session)), work, aide.id, 1)


def test_the_last_place_filled_by_the_host_fills_the_assignment(session: AnySession) -> None:
    work, host = _with_team(session, COLLEAGUE, places_international=0, places_national=0)
    teams.fill_by_host(session, host, work, work.team[0].id, 3)
    assert work.state == "filled"
    teams.fill_by_host(session, host, work, work.team[0].id, 2)
    assert work.state == "open"


def test_a_team_moves_nobody_in_a_ranking(session: AnySession) -> None:
    work, _host = _work(session, state="open")
    make_selectable(session, work)
    ranking.rank_assignment(session, work)
    before = [(one.volunteer_id, one.score) for one in visibility.current_matches(session, work)]
    work.state = "draft"
    teams.save(session, _host, work, TEAM)
    work.state = "open"
    ranking.rank_assignment(session, work)
    assert [(one.volunteer_id, one.score) for one in visibility.current_matches(session, work)] == before
    assert before


def test_a_copy_and_a_version_keep_the_team(session: AnySession) -> None:
    work, host = _with_team(session, NURSE, TEACHER, Role("Aide", "local", 3, by_host=1))
    version = versions.keep(session, work)
    assert [one.label for one in versions.as_sent(work, version).team] == ["Nurse", "Teacher", "Aide"]
    teams.fill_by_host(session, host, work, work.team[2].id, 2)
    assert versions.standing(session, work) == version, "how far it is filled is no other version"
    draft = assignments.copy(session, host, work)
    assert [(one.label, one.number, one.by_host) for one in draft.team] == [
        ("Nurse", 2, 0),
        ("Teacher", 1, 0),
        ("Aide", 3, 0),
    ]


def test_role_of_another_team_is_neither_kept_nor_filled(session: AnySession) -> None:
    work, host = _work(session)
    teams.save(session, host, work, TEAM)
    with pytest.raises(NotFound):
        teams.save(session, host, work, [NURSE, TEACHER, Role("Aide", "local", 3, id=999_999_999)])
    with pytest.raises(NotFound):
        teams.fill_by_host(session, host, work, 999_999_999, 1)
