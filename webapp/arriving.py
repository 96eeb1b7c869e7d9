"""A visitor's line whose request is read as it comes, without a thread: kept in memory, what is long in a file.

Its answer has a thread, which waits for who takes some of it, and not for who takes nothing.
"""

from __future__ import annotations

import errno
import os
import re
import socket
import time
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import Any

IN_MEMORY = 64 * 1024  # bytes of a request; no head may be longer
A_TURN = 256 * 1024  # bytes that are read of one visitor before others have their turn
LONGEST_WAIT = 10  # seconds for a head and what is short
SLOWEST = 1024  # bytes a second that a long body may need beside
LONGEST_BODY = 20 * 60  # seconds that it may need at most
LONGEST_UNTAKEN = 30  # seconds that a visitor may take nothing of the answer
HEAD_END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})", re.IGNORECASE)
IN_CHUNKS = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
WAITS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class Arriving(socket.socket):
    """Takes the place of a plain socket; `recv` gives what was read ahead first, of bodies up to `most` bytes."""

    def __init__(self, plain: socket.socket, most: int) -> None:
        super().__init__(plain.family, plain.type, plain.proto, fileno=plain.detach())
        self._most = most
        self._begin()

    def _begin(self) -> None:
        self._kept = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115, closed with the line
        self._head = b""
        self._began = time.monotonic()
        self.came = 0  # bytes of the request that are here
        self._goal: int | None = None  # bytes with which it is whole, once its head has come
        self.is_in_chunks = False  # says no length: where it ends is not known here
        self._ahead = b""  # came with the request before

    def begin_next(self, ahead: bytes) -> None:
        """Forget the request before; what came behind it is the beginning of the next one."""
        self._kept.close()
        self.setblocking(False)  # who waits now is the loop of all
        self._begin()
        self._ahead = ahead

    def behind(self) -> bytes:
        """Return what came behind the request that was read."""
        return self._kept.read()

    @property
    def is_whole(self) -> bool:
        """Whether a thread that reads the request will wait for nobody."""
        return self._goal is not None and self.came >= self._goal

    @property
    def until(self) -> float:
        """The moment (of the monotonic clock) until which it may come."""
        return self._began + LONGEST_WAIT + min(LONGEST_BODY, (self._goal or 0) / SLOWEST)

    def look(self) -> bool:
        """Read what is here, and wait for nothing; return whether the visitor is still there.

        Raises OSError where there is no room to keep it.
        """
        if self._ahead:
            ahead, self._ahead = self._ahead, b""
            self._keep(ahead)
        for _turn in range(A_TURN // IN_MEMORY):
            try:
                data = b"" if self.is_whole else super().recv(IN_MEMORY, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return True
            except OSError:
                return False
            if not data:
                return self.is_whole
            self._keep(data)
        return True

    def open(self) -> None:
        """Let it be read from its beginning; OSError where the last of it finds no room."""
        self._kept.seek(0)

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Return what came ahead, then what comes."""
        return self._kept.read(size) or super().recv(size, flags)

    def setblocking(self, flag: bool) -> None:
        """Let a thread wait for the visitor, but not for ever."""
        self.settimeout(LONGEST_UNTAKEN if flag else 0)

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Send all, as long as some of it is taken again and again; who takes nothing counts as gone."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self.send(rest, flags) :]
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET)) from None

    def close(self) -> None:
        """Close the line, and throw away what nobody read."""
        with suppress(OSError):  # it would still write what finds no room
            self._kept.close()
        super().close()

    def _keep(self, data: bytes) -> None:
        self._kept.write(data)
        self.came += len(data)
        if self._goal is None:
            self._head += data
            self._read_head()

    def _read_head(self) -> None:
        head, end, _body = self._head.partition(HEAD_END)
        if not end and len(head) < IN_MEMORY:
            return
        length = LENGTH.search(head)
        body = int(length[1]) if length and end else 0
        self.is_in_chunks = IN_CHUNKS.search(head) is not None
        self._goal = len(head) + len(end) + (body if body <= self._most else 0)  # too much is refused by its head alone
        self._head = b""
        if not self.is_whole and WAITS.search(head):
            with suppress(OSError):  # who has gone is found out by the next look
                self.send(GO_ON, socket.MSG_DONTWAIT)
