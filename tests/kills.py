"""Processes that are killed at a random moment of their work, again and again, and what must be whole afterwards."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy import Engine

from data.bench.memory import family
from tests.scripts import Script
from webapp.db import begin_one_sight, own_session
from webapp.services import audit_check

QUICKLY = 10.0  # seconds within which whatever was killed is at work again


class Worker:
    """A script that says `ready` when its work begins and `done` when it is stored."""

    def __init__(self, script: str, *words: str) -> None:
        self._process = Script(script, *words)
        assert self._process.stdout.readline() == "ready\n"
        self._began = time.monotonic()

    def finish(self) -> float:
        """Let it end; return the seconds of its work."""
        assert self._process.end() == ("done\n", 0)
        return time.monotonic() - self._began

    def kill(self, seconds: float) -> bool:
        """Kill it so long after it began; return whether it had finished."""
        time.sleep(max(0.0, self._began + seconds - time.monotonic()))
        self._process.kill()
        return "done" in self._process.end()[0]


def kill_all(*parents: int) -> None:
    """Kill processes with all that they started."""
    for pid in list(family(parents)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def moments(number: int, whole: float) -> Iterator[float]:
    """Yield moments spread over the whole of the work and a little beyond, the same shares each time."""
    draw = random.Random(number)
    for _ in range(number):
        yield draw.uniform(0.0, 1.1) * whole


def check_whole(engine: Engine) -> None:
    """Fail unless the database is sound and the audit trail leads from its first event to its last."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    with own_session() as session:
        begin_one_sight(session)
        broken = audit_check.verify(session).broken
    assert not broken, broken
