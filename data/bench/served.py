"""An application behind gunicorn on a port of this machine, as `./run` starts the service."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from webapp.config import ROOT, Config

PATIENCE = 600  # seconds until it answers: the first start reads the models


@dataclass(frozen=True)
class Served:
    """Where something answers, and the process whose workers answer."""

    port: int
    process: subprocess.Popen[bytes]


def environment(config: Config) -> dict[str, str]:
    """Return the variables with which another process has these settings."""
    return {
        "CARAVANSERAI_MODE": config.mode,
        "DATA_DIR": str(config.data_dir),
        "DATABASE_URL": config.database_url,
        "SECRET_KEY": config.secret_key,
        "DATA_KEY": config.data_key,
        "BASE_URL": config.base_url,
        "MAIL_URL": config.mail_url,
    }


@contextlib.contextmanager
def service(settings: Mapping[str, str], log: IO[bytes] | None = None) -> Iterator[Served]:
    """Yield where the service answers with these settings; `log` takes what it says on standard error."""
    counters = Path(settings["DATA_DIR"]) / "metrics"  # as `./run` does, so that workers count together
    counters.mkdir(parents=True, exist_ok=True)
    settings = {**settings, "PROMETHEUS_MULTIPROC_DIR": str(counters)}
    with _gunicorn("webapp.serving", "webapp.wsgi:app", settings, log) as here:
        yield here


@contextlib.contextmanager
def jobs(settings: Mapping[str, str], log: IO[bytes] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the process of the jobs with these settings, as `./run` starts it beside the service."""
    command = [sys.executable, "-m", "huey.bin.huey_consumer", "webapp.jobs.huey", "--quiet"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stderr=log)  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


@contextlib.contextmanager
def empty_page() -> Iterator[Served]:
    """Yield where an empty Flask application answers, served alike."""
    with _gunicorn("data.bench.empty_page", "data.bench.empty_page:app", {}) as here:
        yield here


@contextlib.contextmanager
def _gunicorn(
    how: str, application: str, settings: Mapping[str, str], log: IO[bytes] | None = None
) -> Iterator[Served]:
    port = _free_port()
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "gunicorn", "--log-level", "error", "--config", f"python:{how}", application],
        cwd=ROOT,
        env={**os.environ, **settings, "PORT": str(port), "HOST": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
        stderr=log,
    )
    try:
        _wait_for(port, process)
        yield Served(port, process)
    finally:
        process.terminate()
        process.wait(PATIENCE)  # gunicorn itself gives a request under way half a minute to end


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.2)
    raise RuntimeError("gunicorn does not answer")
