"""The process of the jobs as `./run` starts it, to be killed, and a process that writes letters and wakes it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from pathlib import Path

from sqlalchemy import func, select, update

from tests.postmen import A_CLAIM, started, write
from webapp import clock
from webapp.config import ROOT
from webapp.db import bind, make_engine, own_session
from webapp.models import Mail

COMMAND = (sys.executable, "-m", "huey.bin.huey_consumer", "webapp.jobs.huey", "--quiet")
PATIENCE = timedelta(minutes=3)  # to start it means to read all of the service, beside other tests


@dataclass(frozen=True)
class Jobs:
    """An installation in which letters become files."""

    database_url: str
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """Return what an installation of its own is told."""
        keys = {"SECRET_KEY": "only-for-tests", "DATA_KEY": "only-for-tests-too", "MAIL_URL": "folder:"}
        where = {"DATABASE_URL": self.database_url, "DATA_DIR": str(self.folder)}
        return {"CARAVANSERAI_MODE": "demo", "BASE_URL": "http://localhost", **keys, **where}

    def start(self) -> subprocess.Popen[bytes]:
        """Start the process; return once it has sent a letter, when it is in the middle of its work."""
        before, process = sent(), self.begin()
        end = time.monotonic() + PATIENCE.total_seconds()
        while sent() == before:
            assert process.poll() is None and time.monotonic() < end, "the jobs did not begin"
            time.sleep(0.02)
        return process

    def begin(self) -> subprocess.Popen[bytes]:
        """Start the process, and wait for nothing."""
        return subprocess.Popen(COMMAND, cwd=ROOT, env={**os.environ, **self.environment})  # noqa: S603

    def writer(self, stop: Event) -> ForkServerProcess:
        """Start a process that writes numbered letters, and wakes the jobs after each as a page does."""
        return started(_write_and_wake, self, stop)


def _write_and_wake(ready: Connection, jobs: Jobs, stop: Event) -> None:
    os.environ.update(jobs.environment)  # before what reads it once
    from webapp.jobs import wake

    bind(make_engine(jobs.database_url))
    ready.send(True)
    number = 0
    while not stop.wait(0.1):
        write(number)
        wake()
        number += 1


def sent() -> int:
    """Return how many letters went."""
    with own_session() as session:
        return session.scalar(select(func.count(Mail.id)).where(Mail.sent_at.is_not(None))) or 0


def let_claims_run_out() -> None:
    """Make it so as if the time of a claim had passed since the last worker was killed."""
    with own_session() as session:
        claimed = update(Mail).where(Mail.claimed_at.is_not(None), Mail.sent_at.is_(None))
        session.execute(claimed.values(claimed_at=clock.now() - A_CLAIM))
