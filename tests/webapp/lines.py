"""A line to the worker of webapp/patience.py, for tests."""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from selectors import DefaultSelector
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.workers.gthread import TConn, ThreadWorker

from webapp.patience import LINES, PatientWorker

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
THREADS = 4


@dataclass
class Line:
    """A worker without threads, one connection to it, and the connections that it gave to a thread."""

    worker: Any
    ours: socket.socket
    theirs: socket.socket
    given: list[TConn] = field(default_factory=list)

    def begin(self) -> TConn:
        """Let the worker take the connection up."""
        config = SimpleNamespace(is_ssl=False)
        conn = TConn(config, self.ours, ("127.0.0.1", 1), ("127.0.0.1", 2))
        self.worker.enqueue_req(conn)
        self.ours = conn.sock
        return conn

    def send(self, *parts: bytes) -> None:
        """Send one part after the other, and let the worker look after each."""
        for part in parts:
            self.theirs.sendall(part)
            self.worker.wait_for_and_dispatch_events(1.0)

    def told(self) -> bytes:
        """Return what the visitor reads until the line is closed."""
        self.theirs.settimeout(5)
        return b"".join(iter(lambda: self.theirs.recv(1000), b""))


@contextmanager
def line_to_a_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """Give a line to a worker whose threads are a list."""
    worker: Any = PatientWorker.__new__(PatientWorker)
    worker.poller, worker.nr_conns, worker._coming, worker._next_look = DefaultSelector(), 1, set(), 0.0
    worker.sockets, worker._accepting, worker._takes_from = [], False, 0.0
    worker.alive, worker.place = True, LINES.join()
    worker.cfg, worker._waiting, worker._began = SimpleNamespace(is_ssl=False, threads=THREADS), deque(), {}
    ours, theirs = socket.socketpair()
    with theirs:
        found = Line(worker, ours, theirs)
        monkeypatch.setattr(ThreadWorker, "enqueue_req", lambda _worker, conn: found.given.append(conn))
        yield found
        found.ours.close()
    worker.poller.close()
    LINES.leave(worker.place)
