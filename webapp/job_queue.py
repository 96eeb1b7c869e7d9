"""The queue of background work: beside SQLite a file; on PostgreSQL one for all machines, worked off by one process.

Jobs look for what is due and write down that they did it. Two at the same moment would both find it due, so of all
consumers on one PostgreSQL one has the turn: it alone begins what a clock asks for, and takes tasks. The others stand
by, and one takes over within seconds of its end, however it ended.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from datetime import datetime

import psycopg
from huey import Huey, PostgresHuey, SqliteHuey
from huey.api import PeriodicTask, Task

from webapp.config import Config

NAME = "caravanserai"
# The numbers of locks in the database: any, as long as all versions use the same.
TURN, MAKING = 4_711_000_001, 4_711_000_002
STAND_BY = 1.0  # seconds between two tries to have the turn
AWAY = 5  # seconds until a server that does not answer counts as away
# A machine that lost its power says no good-bye: after about a minute without an answer the server gives its turn away.
GIVE_UP = "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"


class Turn:
    """The turn of this process: a lock that lasts as long as its connection, so that whoever dies gives it back."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: psycopg.Connection | None = None
        self._asking = threading.Lock()  # the scheduler and the worker are threads of one process

    def is_ours(self) -> bool:
        """Return whether we have it, after taking it where nobody has. psycopg.Error: the server is away."""
        with self._asking:
            try:
                return self._has_or_takes()
            except psycopg.Error:
                self.let_go()
                raise

    def let_go(self) -> None:
        """Give it back where we have it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _has_or_takes(self) -> bool:
        if self._connection is not None:
            self._connection.execute("SELECT 1")  # fails where the line broke, and with it our lock
            return True
        self._connection = psycopg.connect(self._dsn, autocommit=True, connect_timeout=AWAY)
        self._connection.execute(GIVE_UP)
        (taken,) = self._connection.execute("SELECT pg_try_advisory_lock(%s)", (TURN,)).fetchone() or (False,)
        if not taken:
            self.let_go()
        return bool(taken)


class SharedQueue(PostgresHuey):
    """A queue that every process fills, and that one at a time works off."""

    def __init__(self, name: str, dsn: str) -> None:
        # At the first start the service and its jobs make the queue's tables at the same moment, and one of the two
        # would fail: for PostgreSQL "if not exists" is no promise to those who come together.
        with psycopg.connect(dsn, connect_timeout=AWAY) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (MAKING,))
            super().__init__(name, dsn=dsn)
        self.turn = Turn(dsn)

    def read_periodic(self, timestamp: datetime | None) -> list[PeriodicTask]:
        """Return what a clock asks for now: nothing where another process sees to it, or the server is away."""
        with suppress(psycopg.Error):  # the thread that asks would end with it; the one that takes tasks says it
            if self.turn.is_ours():
                return super().read_periodic(timestamp)
        return []

    def dequeue(self) -> Task | None:
        """Return the next task; while another process has the turn, none after a moment."""
        if self.turn.is_ours():
            return super().dequeue()
        time.sleep(STAND_BY)
        return None


def queue_for(config: Config) -> Huey:
    """Return the queue that goes with the database; a file of its own beside SQLite's."""
    if config.database_url.startswith("postgresql"):
        # What SQLAlchemy adds, the driver does not know.
        return SharedQueue(NAME, config.database_url.replace("+psycopg", "", 1))
    return SqliteHuey(NAME, filename=str(config.data_dir / "queue.db"))
