"""Several machines on one PostgreSQL: what is due is done once, whoever of them is killed."""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import psycopg
import pytest
from huey import SqliteHuey, crontab
from sqlalchemy import Engine

from tests.databases import DATA_KEY, settings
from tests.job_process import Jobs, let_claims_run_out, sent
from tests.postgres import create_database, drop_database
from tests.postmen import PROCESSES, started
from webapp.db import SESSION_FACTORY
from webapp.job_queue import NAME, SharedQueue, queue_for
from webapp.watch import jobs as job_notes

WAIT = 60.0
AT_ONCE = 8


@pytest.fixture(autouse=True)
def briefly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.job_queue.STAND_BY", 0.01)
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": DATA_KEY})


@pytest.fixture
def dsn(postgres_url: str) -> Iterator[str]:
    name = f"caravanserai_{uuid.uuid4().hex[:12]}"
    yield create_database(postgres_url, name)
    drop_database(postgres_url, name)


@contextmanager
def consumer(dsn: str) -> Iterator[tuple[SharedQueue, list[str]]]:
    """Yield the queue as a machine of its own has it, and what it did."""
    queue, done = SharedQueue(NAME, dsn), list[str]()

    @queue.periodic_task(crontab(minute="*"))
    def each_minute() -> None:
        done.append("each minute")

    yield queue, done
    queue.storage.close()
    queue.turn.let_go()


def test_who_comes_first_makes_the_queue_and_the_others_find_it(dsn: str) -> None:
    """The service and its jobs start at the same moment, also the first time."""
    together = threading.Barrier(AT_ONCE)

    def open_queue() -> SharedQueue:
        together.wait()
        return SharedQueue(NAME, dsn)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        opened = [one.result() for one in [pool.submit(open_queue) for _ in range(AT_ONCE)]]
    assert [queue.pending_count() for queue in opened] == [0] * AT_ONCE
    for queue in opened:
        queue.storage.close()


def hold(ready: Connection, dsn: str) -> None:
    """Take the turn, and keep it until the end of this process."""
    queue = SharedQueue(NAME, dsn)
    ready.send(queue.turn.is_ours())
    time.sleep(WAIT)


def tick(queue: SharedQueue) -> None:
    """Do what the two threads of a consumer do when a minute begins."""
    for task in queue.read_periodic(None):
        queue.enqueue(task)
    while task := queue.dequeue():
        queue.execute(task)


def until_ours(queue: SharedQueue) -> None:
    end = time.monotonic() + WAIT
    while not queue.turn.is_ours():
        assert time.monotonic() < end, "nobody took over"
        time.sleep(0.05)


def test_of_two_consumers_one_does_what_a_clock_asks_for(dsn: str) -> None:
    with consumer(dsn) as (one, done), consumer(dsn) as (other, done_by_other):
        for _ in range(3):
            tick(one)
            tick(other)
    assert (len(done), len(done_by_other)) == (3, 0)


def test_when_a_consumer_is_killed_another_one_takes_over_with_what_was_waiting(dsn: str) -> None:
    first = started(hold, dsn)
    with consumer(dsn) as (queue, done):
        queue.enqueue(queue._registry.periodic_tasks[0])
        tick(queue)
        assert not done
        first.kill()
        first.join()
        until_ours(queue)
        while task := queue.dequeue():
            queue.execute(task)
    assert len(done) == 1


def test_whoever_loses_the_line_loses_the_turn(dsn: str) -> None:
    with consumer(dsn) as (one, _), consumer(dsn) as (other, _):
        assert one.turn.is_ours() and not other.turn.is_ours()
        with psycopg.connect(dsn, autocommit=True) as server:
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        until_ours(other)
        # The thread that looks at the clock lives on; the next look says that another one has the turn.
        assert one.read_periodic(None) == []
        assert not one.turn.is_ours()


def test_beside_sqlite_the_queue_is_a_file(tmp_path: Path) -> None:
    assert isinstance(queue_for(settings("demo", tmp_path)), SqliteHuey)
    assert (tmp_path / "queue.db").exists()


@pytest.mark.long
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_two_machines_that_write_and_two_consumers_one_of_them_killed(own_engine: Engine, tmp_path: Path) -> None:
    url = own_engine.url.render_as_string(hide_password=False)
    machines = [Jobs(url, tmp_path / name) for name in ("one", "other")]
    for machine in machines:
        machine.folder.mkdir()
    stop = PROCESSES.Event()
    writing = [machine.writer(stop) for machine in machines]
    consumers = [machines[0].start(), machines[1].begin()]
    time.sleep(5)
    assert [bool(job_notes.notes(machine.folder)) for machine in machines] == [True, False]
    consumers[0].kill()
    consumers[0].wait()
    let_claims_run_out()
    wait_for_letters(sent() + 10)
    assert all(job_notes.notes(machine.folder) for machine in machines)
    stop.set()
    for process in writing:
        process.join()
    consumers[1].kill()
    consumers[1].wait()
    times = Counter(path.name for machine in machines for path in (machine.folder / "mail").glob("*.eml"))
    # Killed between a letter and the note that it went, it leaves that one to be sent again, under the same Message-ID.
    assert sum(times.values()) - len(times) <= 1


def wait_for_letters(number: int) -> None:
    end = time.monotonic() + 180
    while sent() < number:
        assert time.monotonic() < end, "nobody sends any more"
        time.sleep(0.1)
