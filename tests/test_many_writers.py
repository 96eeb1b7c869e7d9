"""Many processes write to one SQLite file at once: none is told that it is locked, and no change is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.databases import sqlite_database
from tests.scripts import Script
from webapp.db import make_engine
from webapp.models import MatchRun
from webapp.services import runs

WRITERS = 8
# Reads, thinks, and writes what follows from it: what is lost where two read before either wrote.
SCRIPT = """
import sys, time
from webapp.db import bind, make_engine, own_session
from webapp.models import MatchRun
bind(make_engine(sys.argv[1]))
end, written = time.monotonic() + float(sys.argv[2]), 0
while time.monotonic() < end:
    with own_session() as session:
        run = session.get(MatchRun, int(sys.argv[3]))
        before = run.done
        time.sleep(0.001)
        run.done = before + 1
    written += 1
print(written)
"""


def _write_at_once(url: str, seconds: float) -> None:
    engine = make_engine(url)
    with Session(engine) as session, session.begin():
        run = runs.queue(session, "everything", None)
        session.flush()
        number = run.id
    writers = [Script(SCRIPT, url, str(seconds), str(number)) for _ in range(WRITERS)]
    ended = [writer.end() for writer in writers]
    assert [code for _said, code in ended] == [0] * WRITERS, ended
    written = [int(said) for said, _code in ended]  # a word of a mistake would be no number
    assert min(written) > 0  # nobody waited for ever
    with Session(engine) as session:
        assert session.scalar(select(MatchRun.done)) == sum(written)
    engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Iterator[str]:
    with sqlite_database(tmp_path, "written") as url:
        yield url


def test_writers_at_once_lose_nothing(file: str) -> None:
    _write_at_once(file, 3)


@pytest.mark.long
def test_writers_for_a_minute_lose_nothing(file: str) -> None:
    _write_at_once(file, 60)
