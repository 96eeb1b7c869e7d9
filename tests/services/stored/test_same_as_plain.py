"""A ranking through the store finds what a plain one finds, whatever was saved, deleted or withdrawn in between."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tests.factories import make_application, make_consent, make_volunteer
from tests.services.replay.conftest import verdict
from tests.services.stored.conftest import StoredWorld
from webapp import clock
from webapp.db import SESSION_FACTORY, own_session
from webapp.models import (
    Application,
    Assignment,
    AvailabilityWindow,
    Consent,
    CountryWish,
    EarlierService,
    Licence,
    MatchRun,
    Vio,
    Volunteer,
    VolunteerLanguage,
    VolunteerSkill,
)
from webapp.services.replay import replaying

Change = Callable[[Session, Volunteer, random.Random], object]
WORDS = ("", "I dug wells", "I drilled boreholes and repaired hand pumps", "Teaching mathematics to children")
PARTS = (VolunteerSkill, VolunteerLanguage, AvailabilityWindow, CountryWish, Consent)


def _write(session: Session, person: Volunteer, chance: random.Random) -> None:
    person.experience, person.stay_max_weeks = chance.choice(WORDS), chance.choice((6, 16, None))
    person.open_to_all, person.residence = chance.random() < 0.5, chance.choice(("CN", "KE"))


def _add(session: Session, person: Volunteer, chance: random.Random) -> None:
    start = clock.today() + timedelta(days=chance.randrange(90))
    person.windows.append(AvailabilityWindow(starts_on=start, ends_on=start + timedelta(days=100)))
    person.services.append(EarlierService(country=chance.choice(("KE", "TZ"))))
    person.licences.append(Licence(skill="HEA-05", country="KE"))


def _take_away(session: Session, person: Volunteer, chance: random.Random) -> None:
    """Past every object, as somebody does who writes to the database itself."""
    table: Any = chance.choice(PARTS).__table__
    session.execute(delete(table).where(table.c.volunteer_id == person.id))


def _change_parts(session: Session, person: Volunteer, chance: random.Random) -> None:
    level = chance.choice(("A1", "B1", "C2"))
    session.execute(update(VolunteerLanguage).where(VolunteerLanguage.volunteer_id == person.id).values(level=level))


def _consent(session: Session, person: Volunteer, chance: random.Random) -> None:
    standing = [one for one in person.consents if one.withdrawn_at is None]
    if standing:
        chance.choice(standing).withdrawn_at = clock.now()
    else:
        person.consents = [make_consent("matching"), make_consent("abroad")]


def _leave(session: Session, person: Volunteer, chance: random.Random) -> None:
    for table in (Application, Consent):
        session.execute(delete(table).where(table.volunteer_id == person.id))
    session.execute(update(Volunteer).where(Volunteer.id == person.id).values(erased_at=clock.now()))


def _come(session: Session, person: Volunteer, chance: random.Random) -> None:
    make_volunteer(session, person.vio, languages={"fr": chance.choice(("A2", "B2", "C1"))}, skills={})


def _apply(session: Session, person: Volunteer, chance: random.Random) -> None:
    make_application(session, person, session.scalars(select(Assignment).order_by(Assignment.id.desc())).first())


def _bar(session: Session, person: Volunteer, chance: random.Random) -> None:
    person.barred_at = None if person.barred_at else clock.now()


def _stay_away(session: Session, person: Volunteer, chance: random.Random) -> None:
    person.vio.no_go = ["KE"] if chance.random() < 0.5 else []


CHANGES: tuple[Change, ...] = (
    *(_write, _add, _take_away, _change_parts, _consent, _leave, _come, _apply, _bar, _stay_away),
    *(_come, _write),  # more come than leave
)


def _live_on(world: StoredWorld, monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    chance = random.Random(steps)
    for step in range(steps):
        with own_session() as session:
            people = session.scalars(select(Volunteer).where(Volunteer.erased_at.is_(None)).order_by(Volunteer.id))
            for person in chance.sample(list(people), 2):
                chance.choice(CHANGES)(session, person, chance)
        if step % 3 == 1:
            world.refresh(whole=chance.random() < 0.3)
        world.assert_same(monkeypatch)
    with own_session() as session:
        runs = list(session.scalars(select(MatchRun.id).order_by(MatchRun.id.desc()).limit(4)))
    assert [verdict(number).code for number in runs] == [replaying.SAME] * 4


def test_whatever_happens_to_people_the_store_finds_the_same(
    world: StoredWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    _live_on(world, monkeypatch, 9)


@pytest.mark.long
def test_whatever_happens_for_long_the_store_finds_the_same(
    world: StoredWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    _live_on(world, monkeypatch, 150)


def test_a_change_that_was_taken_back_leaves_no_line_behind_that_counts(
    world: StoredWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SESSION_FACTORY() as session:
        session.get_one(Volunteer, world.people[0]).stay_max_weeks = 5
        session.flush()
        session.rollback()
    world.assert_same(monkeypatch)
    with own_session() as session:
        session.get_one(Vio, session.get_one(Volunteer, world.people[0]).vio_id).no_go = ["KE"]
    world.assert_same(monkeypatch)


def test_a_folder_that_is_gone_sends_rankings_back_into_the_queue_until_it_is_built_anew(
    world: StoredWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(world.folder)
    assert _states(world.rank(world.works[0])) == {"queued"}
    world.refresh()
    world.assert_same(monkeypatch)
    assert _states() == {"finished"}  # and nothing waits any more


def _states(run_id: int | None = None) -> set[str]:
    with own_session() as session:
        query = select(MatchRun.state)
        return set(session.scalars(query if run_id is None else query.where(MatchRun.id == run_id)))
