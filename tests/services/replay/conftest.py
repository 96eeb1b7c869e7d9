"""A small world with runs of each kind."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from tests.databases import DATA_KEY
from tests.factories import AnySession, make_assignment, make_host, make_vio, make_volunteer
from webapp.db import SESSION_FACTORY, own_session
from webapp.models import Assignment, MatchRun, Volunteer
from webapp.services import ranking, runs
from webapp.services.replay import replaying
from webapp.services.replay.replaying import Verdict


@dataclass
class World:
    """The ids of its people and assignments, and of a run over everything, then one for each."""

    people: list[int]
    works: list[int]
    everything: int = 0
    profile: int = 0
    work: int = 0

    @property
    def runs(self) -> list[int]:
        """Return the three runs."""
        return [self.everything, self.profile, self.work]


def verdict(run_id: int) -> Verdict:
    """Make a run again."""
    with own_session() as session:
        return replaying.replay(session, session.get_one(MatchRun, run_id))


def rank_everything(seed: int = 7) -> int:
    """Rank everything as the job does, and return the run."""
    with own_session() as session:
        run_id = ranking.request_everything(session, None, seed).id
    runs.carry_out_next(own_session, ranking.rank_queued)
    return run_id


def rank_one_of_each(world: World) -> None:
    """Rank the first profile and the first assignment."""
    with own_session() as session:
        world.profile = ranking.rank_volunteer(session, session.get_one(Volunteer, world.people[0])).id
        world.work = ranking.rank_assignment(session, session.get_one(Assignment, world.works[0])).id


def fill(session: AnySession, backwards: bool = False) -> World:
    """Make two VIOs with people near and far from what is asked; the same ones in either order."""
    here, there = make_vio(session), make_vio(session)
    host = make_host(session, here)
    made = {}
    languages = ({"fr": "C1"}, {"fr": "B1", "en": "C2"}, {"fr": "A2"}, {"en": "C1"})
    for number in reversed(range(8)) if backwards else range(8):
        made[number] = make_volunteer(
            session, here if number < 6 else there, languages=languages[number % 4], open_to_all=number == 7
        ).id
    works = [make_assignment(session, host, weeks=weeks).id for weeks in (12, 20)]
    works.append(make_assignment(session, make_host(session, there), languages={"en": "B1"}).id)
    return World([made[number] for number in range(8)], works)


@pytest.fixture
def world(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a world in a database of the test's own, with its runs."""
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": DATA_KEY})
    with own_session() as session:
        world = fill(session)
    world.everything = rank_everything()
    rank_one_of_each(world)
    return world
