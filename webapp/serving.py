"""How gunicorn serves the application; `./run` names this module as its configuration."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any

from prometheus_client import multiprocess

from webapp.db import SESSION_FACTORY
from webapp.patience import AT_ONCE_WITHIN, LINES
from webapp.server_log import ServerLog

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
workers = int(os.environ.get("WORKERS") or 2)
worker_class = "webapp.patience.PatientWorker"
threads = 4
# Between two pages a connection is kept, and costs no thread (webapp/patience.py): a new one takes a phone seconds.
# What somebody sends in the moment in which it ends is lost, so it does not end between two clicks.
keepalive = 15  # seconds
# The matching library takes seconds to import: once, before the workers are made, and never inside a request.
preload_app = True
# Its socket would lie in the home folder, which a service account may not have.
control_socket_disable = True
logger_class = ServerLog
timeout = 60  # seconds
graceful_timeout = 10  # seconds for requests under way at a stop
COUNTERS = ("counter", "histogram")  # the kinds in webapp/logs.py, as prometheus_client names their files
# Python looks for what is unreachable after so many new objects. A long page makes some ten thousand, and most of them
# go by themselves: with its usual 700 it looked for them a dozen times on the way.
NEW_OBJECTS = 20_000
ROOM = 1 << 16  # bytes, as many as it gives each file; all pages, methods and statuses fill a third


def when_ready(_server: Any) -> None:
    """Leave alone what is there before the workers are made: looking through it stops a worker for a third of a second.

    It stays as long as they do, and untouched its memory remains common to them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)


def post_fork(_server: Any, worker: Any) -> None:
    """Let each worker open connections of its own: two processes on one connection would garble both."""
    engine = SESSION_FACTORY.kw["bind"]
    engine.dispose(close=False)
    if engine.dialect.name == "sqlite":
        worker.at_once = AT_ONCE_WITHIN
    keep_room(os.environ.get("PROMETHEUS_MULTIPROC_DIR", ""), os.getpid())


def keep_room(folder: str, pid: int) -> None:
    """Take the room for a worker's counters before it counts.

    They are mapped into memory: a counter that finds the disk full would end the worker, and whatever it is answering.
    """
    for kind in COUNTERS if folder else ():
        path = Path(folder) / f"{kind}_{pid}.db"
        try:
            path.write_bytes(bytes(ROOM))
        except OSError:  # a worker that starts when the disk is full already counts as far as it comes
            path.unlink(missing_ok=True)


def child_exit(_server: Any, worker: Any) -> None:
    """Keep what a worker that ended had counted, and forget what it was doing."""
    LINES.leave(worker.place)
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):  # `./run` names it
        multiprocess.mark_process_dead(worker.pid)
