"""PostgreSQL is stopped at once while many write, and comes back: nobody restarts anything, and nothing is lost."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.bench import served
from data.bench.visitor import Visitor
from tests.crowds import Moments, at_work, check_all_kept, settle, slowest, unanswered
from tests.databases import all_closed, migrate, settings
from tests.postgres import Server, create_database, start_own_server

SAID_WITHIN, BACK_WITHIN = 10, 15  # seconds


@pytest.fixture
def own_server() -> Iterator[Server]:
    """Yield a PostgreSQL server that the test may stop, and that keeps what it says it kept."""
    server = start_own_server(is_safe=True)
    yield server
    server.stop()


def _is_said(visitor: Visitor, answers: int) -> None:
    """Fail unless each look at the service's health says in time that the database is away."""
    for _look in range(answers):
        answer = visitor.get("/healthz")
        assert answer.status == 503
        assert answer.seconds < SAID_WITHIN


def _until_it_works(visitor: Visitor) -> float:
    """Return the seconds until both health and a page with rows answer."""
    began = time.monotonic()
    while {visitor.get(path).status for path in ("/healthz", "/assignments")} != {200}:
        assert time.monotonic() < began + BACK_WITHIN
        time.sleep(0.05)
    return time.monotonic() - began


def _prove(server: Server, folder: Path, answers: int, rounds: int) -> str:
    """Stop the server and let it go on, each time until everybody has had so many answers; return the figures."""
    url = create_database(server.url, "caravanserai").replace("postgresql:", "postgresql+psycopg:")
    migrate(url)
    config = settings("demo", folder, url)
    addresses = settle(config)
    away, here, back = Moments(), Moments(), list[float]()
    with (folder / "log").open("w+b") as log, served.service(served.environment(config), log) as service:
        visitor = Visitor(service.port)
        with at_work(service.port, addresses) as crowd:
            for _round in range(rounds):
                crowd.go_on(answers)
                server.halt()
                with away:
                    _is_said(visitor, answers)
                    crowd.go_on(answers)
                server.go_on()
                back.append(_until_it_works(visitor))
                with here:
                    crowd.go_on(answers)
        assert service.process.poll() is None
        log.seek(0)
        assert b"Traceback" not in log.read()
    check_all_kept(url, crowd)
    assert unanswered(crowd.people) == []
    assert set(away.statuses(crowd.people)) == {503}
    assert set(here.statuses(crowd.writers)) == {302}
    assert set(here.statuses(crowd.readers)) == {200}
    kept, refused = sum(len(who.kept) for who in crowd.writers), sum(away.statuses(crowd.people).values())
    return f"{kept} kept, {refused} refused, slowest {slowest(crowd.people):.1f} s, back in {max(back):.1f} s"


@pytest.mark.long
def test_a_server_that_is_stopped_again_and_again(
    own_server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with all_closed():
        told = _prove(own_server, tmp_path, answers=10, rounds=5)
    with capsys.disabled():
        sys.stdout.write(f"\n{told}\n")
