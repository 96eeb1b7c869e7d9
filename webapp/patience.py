"""A worker of gunicorn that gives no thread to a visitor who has not finished what they send.

gunicorn's own reads in a thread from the first byte on, so a few visitors who never finish hold all threads. Here a
request is read as it comes (webapp/arriving.py), and gets a thread once it is whole.

Whichever worker woke first would also take all who come at once, and keep them as long as their lines stay open, while
another has nothing to do. So one that has taken somebody looks for the next a little later, the more it has in hand,
and later still, the more lines it holds than the worker that holds fewest (webapp/line_counts.py).

Threads of one process take turns at every statement to the database, and each turn costs: four pages at once take a
fifth more than one after the other, and the last one much longer. So few requests begin at once, in the order in which
they came. One that takes long holds up nobody: the next one begins beside it, as far as there are threads.
"""

from __future__ import annotations

import errno
import socket
import time
from collections import deque
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from webapp import LARGEST_BODY
from webapp.arriving import Arriving
from webapp.headers import ALWAYS
from webapp.line_counts import CLOSED, LineCounts

MOST_AHEAD = 256 * 1024 * 1024  # bytes of all that one worker keeps of requests that are not whole
LOOK_AGAIN = 0.5  # seconds between two looks at who has had their time
# Less than an answer takes: whoever waits so long at the door of busy workers would have waited as long inside.
LATER_EACH = 0.001  # seconds that a worker looks later for the next visitor, for each request that it has in hand
LATER_LINE = 0.003  # seconds that it looks later still, for each line that it holds more than another
LATEST = 0.01  # seconds that it looks later at most, for either, so that nobody is left at the door
NO_MORE = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
AT_ONCE = 2  # short requests under way: while one waits for its database, the other goes on
# Where the database answers within the process nobody waits for it, and two would only take turns at each statement.
AT_ONCE_WITHIN = 1
SHORT = 0.1  # seconds; what is under way for longer no longer counts as short
TOO_SLOW = (
    "The line was too slow: what you sent did not arrive whole. Go back and send it again, or send a smaller file."
)
NO_ROOM = "There is no room just now for what you sent. Nothing was changed. Go back and send it again in some minutes."
NO_LENGTH = "Say how long it is what you send."
UNREADABLE = "What was sent here cannot be read. Go back and open the page anew."
TOO_LONG = "The address or the cookies that were sent are too long. Delete the cookies of this site, then open it anew."
BROKEN = "Something went wrong on our side. Go back and try again in some minutes."

LINES = LineCounts()  # gunicorn reads this module before it makes its workers
OF_STATUS = {HTTPStatus.REQUEST_URI_TOO_LONG: TOO_LONG, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: TOO_LONG}


class PatientWorker(ThreadWorker):
    """As gunicorn's worker with threads, but for what is said above."""

    at_once = AT_ONCE

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._coming: set[TConn] = set()
        self._next_look = 0.0
        self._waiting: deque[TConn] = deque()  # whose requests are whole, and wait for their turn
        self._began: dict[TConn, float] = {}  # whose requests a thread answers, and since when
        self._takes_from = 0.0  # the moment from which the next visitor is looked for
        self.place = LINES.join()

    def set_accept_enabled(self, enabled: bool) -> None:
        """Look for new visitors, but not as long as they are left to the other workers."""
        super().set_accept_enabled(enabled and time.monotonic() >= self._takes_from)

    def accept(self, listener: socket.socket) -> None:
        """Take up a visitor, and leave the next ones to the other workers for as long as is said above."""
        before = self.nr_conns
        try:
            super().accept(listener)
        except OSError as wrong:
            if wrong.errno not in NO_MORE:
                raise
            self.log.warning("no room for another visitor: %s", wrong)  # those who are in have to be answered
            self._takes_from = time.monotonic() + LOOK_AGAIN
            self.set_accept_enabled(True)
        if self.nr_conns > before:  # else another worker was quicker
            self._tell_lines()
            self._takes_from = time.monotonic() + self._later()
            self.set_accept_enabled(True)

    def finish_request(self, conn: TConn, fs: Any) -> None:
        """Go on with a line whose request was answered."""
        self._began.pop(conn, None)
        super().finish_request(conn, fs)
        self._begin()

    def enqueue_req(self, conn: TConn) -> None:
        """Hand a connection to a thread if its request has come, else wait for the rest."""
        if isinstance(conn.sock, Arriving):
            conn.sock.begin_next(conn.parser.unreader.take_buffered())
        else:
            conn.sock = Arriving(conn.sock, LARGEST_BODY)
        self._coming.add(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self._read, conn))
        self._read(conn)

    def handle(self, conn: TConn) -> Any:
        """Answer, and close in this thread: whoever keeps their end open would keep the loop of all others waiting.

        What came behind the request is seen in no socket: it goes where gunicorn looks for the beginning of the next.
        """
        result = super().handle(conn)
        if result is False:
            conn.close(graceful=True)
            conn.close = _is_closed
        elif ahead := conn.sock.behind():
            unreader = conn.parser.unreader
            unreader.unread(unreader.take_buffered() + ahead)
        return result

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer what is no request, or broke outside the service, without repeating what was sent."""
        super().handle_error(req, _InOwnWords(client), addr, exc)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """End as well what has not come in its time."""
        if self._coming:
            timeout = min(timeout, LOOK_AGAIN)
        if self._waiting:
            timeout = min(timeout, SHORT)
        if (later := self._takes_from - time.monotonic()) > 0:
            timeout = min(timeout, later)
        super().wait_for_and_dispatch_events(timeout)
        self._begin()
        self._tell_lines()
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + LOOK_AGAIN
        for conn in [conn for conn in self._coming if conn.sock.until < now]:
            if conn.sock.came:
                self._refuse(conn, HTTPStatus.REQUEST_TIMEOUT, TOO_SLOW)
            else:  # a browser opens lines in advance, and is told nothing on them
                self._let_go(conn)

    def _later(self) -> float:
        in_hand = len(self._coming) + len(self._waiting) + len(self._began)
        return min(LATEST, LATER_EACH * in_hand) + min(LATEST, LATER_LINE * LINES.more_than_least(self.place))

    def _tell_lines(self) -> None:
        LINES.tell(self.place, self.nr_conns if self.alive else CLOSED)

    def _give(self, conn: TConn) -> None:
        self._waiting.append(conn)
        self._begin()

    def _begin(self) -> None:
        """Let those whose turn it is have a thread."""
        now = time.monotonic()
        short = sum(now - began < SHORT for began in self._began.values())
        while self._waiting and short < self.at_once and len(self._began) < self.cfg.threads:
            conn = self._waiting.popleft()
            self._began[conn] = now
            short += 1
            super().enqueue_req(conn)

    def _read(self, conn: TConn, _sock: object = None) -> None:
        try:
            is_there = conn.sock.look()
            if conn.sock.is_whole:
                conn.sock.open()
        except OSError:
            self._refuse(conn, HTTPStatus.SERVICE_UNAVAILABLE, NO_ROOM)
            return
        if conn.sock.is_in_chunks:
            self._refuse(conn, HTTPStatus.LENGTH_REQUIRED, NO_LENGTH)
        elif conn.sock.is_whole:
            self._wait_no_more(conn)
            conn.data_ready = True
            self._give(conn)
        elif not is_there:
            self._let_go(conn)
        elif sum(one.sock.came for one in self._coming) > MOST_AHEAD:
            self._refuse(conn, HTTPStatus.SERVICE_UNAVAILABLE, NO_ROOM)

    def _refuse(self, conn: TConn, status: HTTPStatus, words: str) -> None:
        """Say why, as far as the visitor can hear it, and let go."""
        with suppress(OSError):
            conn.sock.send(_answer(status, words), socket.MSG_DONTWAIT)
        self._let_go(conn)

    def _let_go(self, conn: TConn) -> None:
        self._wait_no_more(conn)
        self.nr_conns -= 1
        conn.close()

    def _wait_no_more(self, conn: TConn) -> None:
        self._coming.discard(conn)
        self.poller.unregister(conn.sock)


class _InOwnWords:
    """A visitor's line on which gunicorn writes an answer of its own: only its status goes out, with our words."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def sendall(self, answer: bytes) -> None:
        """Send ours in its place."""
        status = HTTPStatus(int(answer.split(b" ", 2)[1]))
        words = OF_STATUS.get(status, BROKEN if status >= HTTPStatus.INTERNAL_SERVER_ERROR else UNREADABLE)
        self._sock.sendall(_answer(status, words))


def _answer(status: HTTPStatus, words: str) -> bytes:
    more = {"Connection": "close", "Content-Type": "text/plain", "Content-Length": str(len(words))}
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        *(f"{name}: {value}" for name, value in (ALWAYS | more).items()),
    ]
    return "\r\n".join((*lines, "", words)).encode("ascii")


def _is_closed(graceful: bool = False) -> None:
    """Stand in for closing what is closed."""
