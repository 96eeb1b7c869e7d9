"""An application behind gunicorn on a port of this machine, as `./run` starts the service."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping

from webapp import serving
from webapp.config import ROOT

PATIENCE = 600  # seconds until it answers: the first start reads the models
# As webapp/serving.py says, for an application that has no database of its own.
ALIKE = ("--worker-class", serving.worker_class, "--threads", str(serving.threads), "--preload")


@contextlib.contextmanager
def service(environment: Mapping[str, str]) -> Iterator[int]:
    """Yield the port on which the service answers with these settings."""
    with _gunicorn(["--config", "python:webapp.serving", "webapp.wsgi:app"], environment) as port:
        yield port


@contextlib.contextmanager
def empty_page() -> Iterator[int]:
    """Yield the port on which an empty Flask application answers, served alike."""
    workers = ("--workers", str(serving.workers), "--no-control-socket")
    with _gunicorn([*ALIKE, *workers, "data.bench.empty_page:app"], {}, by_option=True) as port:
        yield port


@contextlib.contextmanager
def _gunicorn(arguments: list[str], environment: Mapping[str, str], by_option: bool = False) -> Iterator[int]:
    port = _free_port()
    bound = ["--bind", f"127.0.0.1:{port}"] if by_option else []
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "gunicorn", "--log-level", "error", *bound, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment, "PORT": str(port), "HOST": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(30)


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
