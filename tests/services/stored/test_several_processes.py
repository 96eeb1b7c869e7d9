"""Whoever writes the store may be late, killed, or two at once: rankings stay those of the database."""

from __future__ import annotations

import textwrap

import pytest
from sqlalchemy import Engine

from tests.databases import DATA_KEY
from tests.kills import Worker
from tests.services.stored.conftest import StoredWorld
from webapp.db import own_session
from webapp.models import Volunteer

WORKER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from webapp.db import bind, keep_key, make_engine, own_session
    from webapp.models import Volunteer
    from webapp.services import reach
    from webapp.services.stored import refreshing
    reach.MOST_IN_A_REQUEST = 2
    refreshing.ANEW_FROM = float(sys.argv[4])
    bind(make_engine(sys.argv[1]))
    keep_key(sys.argv[2])
    print("ready", flush=True)
    refreshing.refresh(own_session, Path(sys.argv[3]))
    print("done", flush=True)
    """
)


def _worker(engine: Engine, world: StoredWorld, anew_from: float) -> Worker:
    return Worker(WORKER, engine.url.render_as_string(hide_password=False), DATA_KEY, str(world.folder), str(anew_from))


def _change_all(world: StoredWorld, weeks: int) -> None:
    with own_session() as session:
        for number in world.people:
            session.get_one(Volunteer, number).stay_max_weeks = weeks


def test_what_another_process_stored_is_read_here(
    world: StoredWorld, own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.assert_same(monkeypatch)
    _change_all(world, 9)
    _worker(own_engine, world, 2).finish()
    world.assert_same(monkeypatch)


@pytest.mark.long
def test_two_that_write_at_once_harm_nobody(
    world: StoredWorld, own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    _change_all(world, 9)
    for worker in [_worker(own_engine, world, 2), _worker(own_engine, world, 0)]:  # one puts in, one builds anew
        worker.finish()
    world.assert_same(monkeypatch)


@pytest.mark.parametrize("seconds", [0.3, *(pytest.param(one, marks=pytest.mark.long) for one in (0.05, 0.1, 0.6, 1))])
def test_a_writer_killed_at_any_moment_breaks_no_ranking_and_is_made_good(
    world: StoredWorld, own_engine: Engine, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    _change_all(world, 9)
    _worker(own_engine, world, 0).kill(seconds)
    world.assert_same(monkeypatch)
    world.refresh()
    world.assert_same(monkeypatch)
