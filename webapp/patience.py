"""A worker of gunicorn that gives no thread to a visitor who has not finished what they send.

gunicorn's own reads in a thread from the first byte on, so a few visitors who never finish hold all threads. Here a
request waits without one until it has come; of those too long to wait for, half of the threads are left to others.
"""

from __future__ import annotations

import re
import socket
import struct
import time
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

SEEN = 64 * 1024  # bytes of a request that are looked at before a thread reads it
LONGEST_WAIT = 10  # seconds for a request to come
LONGER = 60  # seconds more for one too long to be waited for, until there is a thread for it
LOOK_AGAIN = 0.02  # seconds between two looks at requests that came in part
LONGEST_BODY = 20 * 60  # seconds for a long request to come: ten megabytes over the slowest of telephone lines
SILENCE = struct.pack("ll", 20, 0)  # seconds, as the system counts them, that a long body may pause
HEAD_END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})", re.IGNORECASE)
AT_ONCE = re.compile(rb"\r\n(expect|transfer-encoding):", re.IGNORECASE)  # says no length, or waits for our word


class PatientWorker(ThreadWorker):
    """As gunicorn's worker with threads, but for what is said above."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._coming: deque[tuple[float, TConn]] = deque()  # with the moment at which we give up
        self._next_look = 0.0
        self._long: dict[TConn, float] = {}  # read by a thread, until which moment at most

    def enqueue_req(self, conn: TConn) -> None:
        """Hand a connection to a thread if its request has come, else wait for the rest."""
        self._look(conn, time.monotonic() + LONGEST_WAIT)

    def handle(self, conn: TConn) -> Any:
        """Answer, and close in this thread: whoever keeps their end open would keep the loop of all others waiting."""
        result = super().handle(conn)
        if result is False:
            conn.close(graceful=True)
            conn.close = _is_closed
        return result

    def finish_request(self, conn: TConn, fs: Future[Any]) -> None:
        """Note that a long request is over."""
        self._long.pop(conn, None)
        super().finish_request(conn, fs)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Look again at what came in part, and end what drips in for ever."""
        super().wait_for_and_dispatch_events(min(timeout, LOOK_AGAIN) if self._coming else timeout)
        now = time.monotonic()
        if now < self._next_look:  # while many come, each of them would make us look at all of them
            return
        self._next_look = now + LOOK_AGAIN
        for _turn in range(len(self._coming)):
            until, conn = self._coming.popleft()
            self._look(conn, until)
        for conn in [conn for conn, until in self._long.items() if until < now]:
            del self._long[conn]
            with suppress(OSError):  # the visitor may have gone just now
                conn.sock.shutdown(socket.SHUT_RD)

    def _look(self, conn: TConn, until: float) -> None:
        if conn.initialized and conn.parser.unreader.buf.getvalue():
            super().enqueue_req(conn)  # what was read ahead is seen in no socket
            return
        try:
            seen = conn.sock.recv(SEEN, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            self._wait_for_first_byte(conn, until)
            return
        except OSError:
            seen = b""
        if not seen or _is_whole(seen):  # nothing: the visitor has gone, which gunicorn finds out by itself
            self._hand_over(conn)
        elif _is_long(seen) and len(self._long) < max(1, self.cfg.threads // 2):
            self._long[conn] = time.monotonic() + LONGEST_BODY
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, SILENCE)
            self._hand_over(conn)
        elif time.monotonic() < until + (LONGER if _is_long(seen) else 0):
            self._coming.append((until, conn))
        else:
            self.nr_conns -= 1
            conn.close()

    def _hand_over(self, conn: TConn) -> None:
        conn.data_ready = True
        super().enqueue_req(conn)

    def _wait_for_first_byte(self, conn: TConn, until: float) -> None:
        conn.sock.setblocking(False)
        conn.timeout = until
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))


def _is_closed(graceful: bool = False) -> None:
    """Stand in for closing what is closed."""


def _is_whole(seen: bytes) -> bool:
    """Whether a thread that reads the request will wait for nobody."""
    head, end, body = seen.partition(HEAD_END)
    if not end:
        return len(seen) >= SEEN  # longer than any head may be: gunicorn refuses it
    length = LENGTH.search(head)
    return (length is None or len(body) >= int(length[1])) and AT_ONCE.search(head) is None


def _is_long(seen: bytes) -> bool:
    """Whether the head has come, and the rest is too long to be waited for, or waits for us."""
    head, end, _body = seen.partition(HEAD_END)
    length = LENGTH.search(head)
    is_large = length is not None and len(head) + len(HEAD_END) + int(length[1]) > SEEN
    return bool(end) and (is_large or AT_ONCE.search(head) is not None)
