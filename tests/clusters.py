"""A cluster of dask.distributed on this machine: a scheduler and workers, each a process that can be killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from tests.postgres import end_with_us
from webapp.config import ROOT

PATIENCE = 90  # seconds that a loaded machine may take to start a process


class Cluster:
    """Processes as `dask scheduler` and `dask worker` start them; `by` are words before a command (tests/hosts.py)."""

    def __init__(self, folder: Path, host: str = "127.0.0.1", by: Sequence[str] = ()) -> None:
        self._file, self._folder = folder / "scheduler.json", folder
        words = ("--host", host, "--port", "0", "--scheduler-file", str(self._file))
        self.scheduler = self.start("scheduler", words, by)
        self.workers: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Cluster:
        """Return it once the scheduler answers."""
        return self

    def __exit__(self, _kind: type | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        """Kill what still runs."""
        for process in (*self.workers.values(), self.scheduler):
            process.kill()
            process.wait()

    @property
    def address(self) -> str:
        """Return the address of the scheduler, once it has one."""
        end = time.monotonic() + PATIENCE
        while True:
            with suppress(OSError, ValueError):
                return str(json.loads(self._file.read_text(encoding="utf-8"))["address"])
            assert self.scheduler.poll() is None and time.monotonic() < end, "the scheduler did not start"
            time.sleep(0.05)

    def add(self, name: str, by: Sequence[str] = ()) -> None:
        """Start a worker."""
        words = ("--no-nanny", "--nthreads", "1", "--name", name, "--local-directory", str(self._folder / name))
        self.workers[name] = self.start("worker", (self.address, *words), by)

    def start(self, kind: str, words: Sequence[str], by: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start a process of dask, which ends with this one."""
        command = [*by, sys.executable, "-m", "dask", kind, *words, "--no-dashboard"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        with (self._folder / f"{kind}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                command, env=environment, stdout=log, stderr=log, preexec_fn=end_with_us()
            )
