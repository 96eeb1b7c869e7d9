"""The same bytes come out in any process, in the other kind of database, and in whatever order people came in."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.databases import DATA_KEY, postgresql_database, settings
from tests.factories import AnySession, make_assignment, make_host, make_user, make_vio, make_volunteer
from tests.services.replay.conftest import World, rank_everything, rank_one_of_each, verdict
from webapp import clock
from webapp.backups.archive import Reader
from webapp.backups.making import make
from webapp.backups.restoring import restore
from webapp.config import Config
from webapp.db import make_engine, own_session
from webapp.models import Assignment, Match, MatchRun, ScoreModel, Vio
from webapp.schema_steps import alembic_config
from webapp.services import ranking
from webapp.services.learning import Outcome
from webapp.services.replay import replaying
from webapp.services.score_models import propose

ROOT = Path(__file__).resolve().parents[3]
TREES = (
    '{"kind":"trees","trees":[{"feature":[0,-1,-1],"left":[1,-1,-1],"right":[2,-1,-1],"threshold":[0.2,0.0,0.0],'
    '"value":[0.0,-0.1,0.2]}],"weights":{"availability":0.2,"country":0.1,"interests":0.1,"languages":0.2,"skills":0.1}}'
)
AROUND = (
    {"PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "1", "TZ": "Asia/Kathmandu", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "77", "OMP_NUM_THREADS": "3", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8"},
)


def _command(engine: Engine, folder: Path, run_id: int, around: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    url = engine.url.render_as_string(hide_password=False)
    set_up = {"DATABASE_URL": url, "DATA_DIR": str(folder), "DATA_KEY": DATA_KEY, "CARAVANSERAI_MODE": "demo"}
    command = [sys.executable, "-c", "from webapp.cli import main; main()", "replay", str(run_id)]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **set_up, **around}, capture_output=True, text=True, check=False
    )


def _check_processes(world: World, engine: Engine, folder: Path, arounds: list[Mapping[str, str]]) -> None:
    with own_session() as session:
        result = session.get_one(MatchRun, world.everything).result
    for around in arounds:
        done = _command(engine, folder, world.everything, around)
        assert (done.returncode, f"same bytes: {result}" in done.stdout) == (0, True), done.stdout + done.stderr


def test_other_processes_find_the_same_bytes(world: World, own_engine: Engine, tmp_path: Path) -> None:
    _check_processes(world, own_engine, tmp_path, list(AROUND[1:]))


@pytest.mark.long
def test_twenty_processes_find_the_same_bytes(world: World, own_engine: Engine, tmp_path: Path) -> None:
    arounds = [{**AROUND[number % 2], "PYTHONHASHSEED": str(number)} for number in range(20)]
    _check_processes(world, own_engine, tmp_path, arounds)


def test_the_command_names_what_differs_and_ends_with_it(world: World, own_engine: Engine, tmp_path: Path) -> None:
    with own_session() as session:
        session.query(Match).filter_by(run_id=world.everything).first().band += 1
    done = _command(own_engine, tmp_path, world.everything, {})
    assert done.returncode == 1 and "differs" in done.stdout


@contextmanager
def _of_the_other_kind(engine: Engine, folder: Path, postgres_url: str) -> Iterator[Config]:
    if engine.dialect.name != "sqlite":
        yield settings("test", folder, f"sqlite:///{folder}/other.db")
        return
    with postgresql_database(postgres_url, f"caravanserai_{uuid.uuid4().hex[:12]}") as url:
        yield settings("test", folder, url)


def test_a_backup_carries_what_is_kept_into_the_other_kind_of_database(
    own_engine: Engine, world: World, tmp_path: Path, postgres_url: str
) -> None:
    here = settings("test", tmp_path / "here", own_engine.url.render_as_string(hide_password=False))
    make(here, own_engine, tmp_path / "backup.zip", clock.now(), "1")
    (tmp_path / "there").mkdir()
    with _of_the_other_kind(own_engine, tmp_path / "there", postgres_url) as there:
        with closing(Reader(tmp_path / "backup.zip")) as reader:
            restore(there, reader, partial(alembic_config, data_key=DATA_KEY))
        engine = make_engine(there.database_url)
        with Session(engine, info={"data_key": DATA_KEY}) as session:
            for run_id in world.runs:
                found = replaying.replay(session, session.get_one(MatchRun, run_id))
                assert found.code == replaying.SAME, found.said
        engine.dispose()


def _results(session: AnySession, order: list[int]) -> list[str]:
    """Make the same people and assignments in an order, rank, and return the sums of what came out."""
    vio = make_vio(session, id=901)
    host = make_host(session, vio, id=901)
    for number in order:
        languages = dict(sorted({"fr": "B1", "en": "C2", "sw": "A2"}.items(), reverse=bool(order[0])))
        make_volunteer(session, vio, id=900 + number, languages=languages, stay_max_weeks=8 + number)
        make_assignment(session, host, id=900 + number, weeks=6 + number)
    return [ranking.rank_assignment(session, session.get_one(Assignment, 900 + number)).result for number in range(5)]


def test_the_order_in_which_people_come_in_changes_no_byte(session: Session) -> None:
    found = []
    for order in ([0, 1, 2, 3, 4], [3, 1, 4, 0, 2]):
        with session.begin_nested() as part:
            found.append(_results(session, order))
            part.rollback()
    assert found[0] == found[1]


def test_trees_that_a_vio_learned_score_again_as_they_did(world: World) -> None:
    with own_session() as session:
        vio = session.get_one(Vio, session.get_one(Assignment, world.works[0]).vio_id)
        who = make_user(session, "coordinator", vio)
        trees = propose(session, who, vio.id, Outcome("", {}, TREES, "trees"))
        trees.state, trees.decided_by_id, trees.decided_at, trees.reason = "approved", who.id, clock.now(), "Better"
        session.flush()
        trees_id = trees.id
    run_id = rank_everything()
    rank_one_of_each(world)
    with own_session() as session:
        assert session.get_one(MatchRun, run_id).models == {str(vio.id): trees_id}
        session.get_one(ScoreModel, trees_id).state = "retired"
    for number in (run_id, *world.runs):
        assert verdict(number).code == replaying.SAME
