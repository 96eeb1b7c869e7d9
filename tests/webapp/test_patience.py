"""When a request has come far enough for a thread to read it."""

from __future__ import annotations

import socket
import time
from collections import deque
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from webapp.patience import LONGER, SEEN, PatientWorker, _is_long, _is_whole

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n"


@pytest.mark.parametrize(
    ("seen", "is_whole", "is_long"),
    [
        (GET, False, False),
        (GET + b"\r\n", True, False),
        (POST + b"ab", False, False),
        (POST + b"abc", True, False),
        (POST.replace(b"3", b"300000"), False, True),
        (GET + b"transfer-encoding: chunked\r\n\r\n", False, True),
        (GET + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n", False, True),
        (b"x" * SEEN, True, False),
    ],
)
def test_a_request_waits_until_it_has_come(seen: bytes, is_whole: bool, is_long: bool) -> None:
    assert (_is_whole(seen), _is_long(seen)) == (is_whole, is_long)


@pytest.mark.parametrize(("late", "is_closed"), [(0, False), (LONGER / 2, False), (LONGER + 1, True)])
def test_who_waits_for_a_thread_with_something_long_is_let_go_in_the_end(late: float, is_closed: bool) -> None:
    """Else a thousand such visitors would be all that a worker takes, for ever."""
    worker: Any = PatientWorker.__new__(PatientWorker)
    worker.cfg, worker.nr_conns, worker._coming, worker._long = SimpleNamespace(threads=2), 1, deque(), {object(): 0.0}
    closed: list[bool] = []
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(POST.replace(b"3", b"300000"))
        conn: Any = SimpleNamespace(initialized=False, sock=ours, close=lambda: closed.append(True))
        worker._look(conn, time.monotonic() - late)
    assert (bool(closed), worker.nr_conns, len(worker._coming)) == (is_closed, int(not is_closed), int(not is_closed))


@pytest.mark.parametrize(("left", "is_ended"), [(60, False), (-1, True)])
def test_what_drips_in_for_ever_is_ended(left: float, is_ended: bool) -> None:
    """Else two visitors would keep the threads that long requests may have."""
    worker: Any = PatientWorker.__new__(PatientWorker)
    worker.poller, worker._coming, worker._next_look = SimpleNamespace(select=lambda _timeout: []), deque(), 0.0
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        conn = Mock(sock=ours)
        worker._long = {conn: time.monotonic() + left}
        worker.wait_for_and_dispatch_events(1.0)
        if is_ended:
            assert ours.recv(1) == b""
        else:
            with pytest.raises(BlockingIOError):
                ours.recv(1)
    assert bool(worker._long) is not is_ended
