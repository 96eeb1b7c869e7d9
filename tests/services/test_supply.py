"""Who could do an assignment: counted by the real matcher, rounded, and never somebody who may not be counted."""

from __future__ import annotations

from datetime import timedelta
from threading import Lock

import pytest
from sqlalchemy import Engine

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_vio,
    make_volunteer,
)
from tests.waiting_threads import let_threads_wait
from webapp import clock
from webapp.db import own_session
from webapp.models import Assignment, Vio
from webapp.services import consents, ranking, supply, supply_pool
from webapp.services.small_cells import about
from webapp.services.supply import Change, Counted


def counted(session: AnySession, assignment: Assignment) -> Counted:
    found = supply.count(session, assignment, clock.today())
    assert found is not None
    return found


def office(session: AnySession, **people: int) -> Vio:
    """Return a VIO whose people state French at these levels."""
    vio = make_vio(session)
    for level, number in people.items():
        for _person in range(number):
            make_volunteer(session, vio, languages={"fr": level})
    return vio


@pytest.mark.parametrize(("exact", "told"), [(0, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (261, 260)])
def test_counts_are_rounded_to_five_and_few_is_never_told_from_none(exact: int, told: int | None) -> None:
    assert about(exact) == told


def test_one_level_less_brings_back_who_stands_there(session: AnySession) -> None:
    vio = office(session, B2=6, B1=8, A1=3)
    assignment = make_assignment(session, make_host(session, vio), languages={"fr": "B2"}, state="draft")
    found = counted(session, assignment)
    assert (found.people, found.eligible) == (15, 5)
    language = next(one for one in found.requirements if one.rule == "LANGUAGE_BELOW")
    assert (language.subject, language.level, language.excluded) == ("fr", "B2", 10)
    assert language.changes == (
        Change("LANGUAGE_LOWER", "fr", "B1", 10),
        Change("LANGUAGE_HELPFUL", "fr", None, 10),
    )
    assert found.best == language.changes[0]


def test_a_draft_counts_as_if_it_were_published_and_its_host_verified(session: AnySession) -> None:
    vio = office(session, C1=6)
    draft = make_assignment(session, make_host(session, vio, verified=False), state="draft")
    assert counted(session, draft).eligible == 5
    draft.places_international = 0
    found = counted(session, draft)
    assert found.eligible is None
    assert found.best == Change("PLACE_INTERNATIONAL", "", None, 5)


def test_what_a_ranking_finds_is_what_is_counted(session: AnySession) -> None:
    vio = office(session, C1=9, A1=7)
    assignment = make_assignment(session, make_host(session, vio))
    ranking.rank_assignment(session, assignment)
    assert counted(session, assignment).eligible == about(ranking.exclusions(session, assignment)["eligible"])


def test_few_and_nobody_look_alike(session: AnySession) -> None:
    none, few = (
        counted(session, make_assignment(session, make_host(session, vio), languages={"fr": "B2"}))
        for vio in (office(session, B2=6), office(session, B2=6, B1=2))
    )
    assert none.requirements == few.requirements == ()
    assert none.best is few.best is None


def test_others_people_count_only_where_their_match_may_be_shown(session: AnySession) -> None:
    assignment = make_assignment(session, make_host(session, office(session, C1=5)))
    elsewhere = make_vio(session)
    hidden = [make_volunteer(session, elsewhere) for _ in range(5)]
    assert counted(session, assignment).people == 5
    for one in hidden:
        one.open_to_all = True
    assert counted(session, assignment).people == 10
    applied = [make_volunteer(session, elsewhere) for _ in range(5)]
    for one in applied:
        make_application(session, one, assignment)
    assert counted(session, assignment).people == 15


@pytest.mark.parametrize("size_that_is_read_quickly", [2_000, 0])
def test_whoever_takes_consent_back_counts_no_more_at_once(
    session: AnySession, monkeypatch: pytest.MonkeyPatch, size_that_is_read_quickly: int
) -> None:
    vio = make_vio(session)
    people = [make_volunteer(session, vio) for _ in range(10)]
    assignment = make_assignment(session, make_host(session, vio))
    assert counted(session, assignment).eligible == 10
    monkeypatch.setattr(supply_pool, "QUICKLY_READ", size_that_is_read_quickly)
    for one in people[:3]:
        consents.withdraw(session, None, one, "matching")
    for one in people[3:6]:
        consents.withdraw(session, None, one, "abroad")
    assert counted(session, assignment).eligible is None


def test_a_changed_profile_counts_as_it_is_now(session: AnySession) -> None:
    vio = make_vio(session)
    people = [make_volunteer(session, vio, on_site=False, online=True) for _ in range(5)]
    assignment = make_assignment(session, make_host(session, vio))
    assert counted(session, assignment).eligible is None
    for one in people:
        one.on_site, one.updated_at = True, clock.now()
    assert counted(session, assignment).eligible == 5


def test_a_large_pool_is_read_beside_the_page(session: AnySession, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    monkeypatch.setattr(supply_pool, "_kept", {})
    monkeypatch.setattr(supply_pool, "_read_beside", begun.append)
    vio = office(session, C1=5)
    assignment = make_assignment(session, make_host(session, vio))
    monkeypatch.setattr(supply_pool, "QUICKLY_READ", 0)
    with pytest.raises(supply_pool.StillReading):
        counted(session, assignment)
    (place,) = begun
    supply_pool._read_pool(session, place)
    for _person in range(5):
        make_volunteer(session, vio)
    assert counted(session, assignment).eligible == 5
    assert len(begun) == 1
    monkeypatch.setattr(supply_pool, "KEPT_FOR", timedelta(0))
    assert counted(session, assignment).eligible == 5
    assert len(begun) == 2


def test_reading_beside_keeps_the_pool_and_can_be_done_again(
    own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    pools: dict[str, object] = {}
    monkeypatch.setattr(supply_pool, "_kept", pools)
    with own_session() as session:
        office(session, C1=5)
    for _time in range(2):
        assert supply_pool._reading.acquire(blocking=False)
        supply_pool._read_then_release("here")
    assert set(pools) == {"here"}


def test_wishes_and_skills_that_hardly_anybody_has(session: AnySession) -> None:
    vio = make_vio(session)
    for number in range(6):
        make_volunteer(session, vio, countries=("KE", "TZ") if number else ("KE",), anywhere=number < 2)
    found = counted(session, make_assignment(session, make_host(session, vio), skills={"NUR-01": 2, "WAT-02": 1}))
    assert found.rare == ("WAT-02",)
    assert (found.here, found.anywhere) == (5, None)
    assert found.countries == (("KE", 5), ("TZ", 5))


def test_no_change_lies_in_the_past(session: AnySession) -> None:
    vio = make_vio(session)
    for _person in range(5):
        make_volunteer(session, vio, stay_min_weeks=10)
    today = clock.today()
    offered = []
    for first in (3, 40):
        dates = {"start_on": today + timedelta(days=first), "end_on": today + timedelta(days=first + 55)}
        found = counted(session, make_assignment(session, make_host(session, vio), weeks=None, **dates))
        (too_short,) = found.requirements
        assert too_short.rule == "STAY_TOO_SHORT"
        offered.append({change.code for change in too_short.changes})
    assert offered == [{"END_LATER"}, {"START_EARLIER", "END_LATER"}]


def test_what_says_too_little_to_be_ranked_is_not_counted(session: AnySession) -> None:
    host = make_host(session, office(session, C1=5))
    assert supply.count(session, make_assignment(session, host, state="draft", country=None), clock.today()) is None


def test_an_empty_installation_counts_nobody(session: AnySession) -> None:
    found = counted(session, make_assignment(session))
    assert (found.people, found.eligible, found.requirements) == (None, None, ())


def test_every_country_and_route_that_enough_people_chose_is_listed_most_first(session: AnySession) -> None:
    vio, chosen = make_vio(session), ("KE", "TZ", "PE", "KZ", "NA", "TR", "BR")
    for place, country in enumerate(chosen):
        for _person in range(5 + 5 * place):
            make_volunteer(session, vio, claimed=False, countries=(country,))
    found = counted(session, make_assignment(session, make_host(session, vio)))
    assert found.countries == tuple((country, 5 + 5 * place) for place, country in reversed(list(enumerate(chosen))))


def test_one_reads_beside_the_page_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = let_threads_wait(monkeypatch, supply_pool)
    monkeypatch.setattr(supply_pool, "_reading", Lock())
    for _page in range(2):
        supply_pool._read_beside("here")
    assert begun == [("here",)]
