"""Visitors who send slowly, or never finish, hold no thread; what they sent arrives whole, or they read why not."""

from __future__ import annotations

import os
import socket
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest
from gunicorn.http.errors import InvalidHeader, InvalidRequestLine, LimitRequestHeaders, LimitRequestLine
from gunicorn.http.unreader import Unreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from tests.webapp.lines import GET, Line, line_to_a_worker
from webapp import LARGEST_BODY, arriving, patience
from webapp.arriving import IN_MEMORY, LONGEST_WAIT, Arriving

POST = b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n"
LONG = POST.replace(b"3", b"300000")
THIRDS = b"x" * 100_000, b"y" * 100_000, b"z" * 100_000


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """Yield a line to a worker whose threads are a list."""
    with line_to_a_worker(monkeypatch) as found:
        yield found


def _read(conn: TConn, size: int) -> bytes:
    read = b""
    while len(read) < size and (more := conn.sock.recv(size - len(read))):
        read += more
    return read


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([GET[:7], GET[7:], b"\r\n"], GET + b"\r\n"),
        ([POST, b"ab", b"c"], POST + b"abc"),
        ([POST + b"abc"], POST + b"abc"),
        ([LONG, *THIRDS], LONG + b"".join(THIRDS)),
        ([b"x" * IN_MEMORY], b"x" * IN_MEMORY),
        ([POST.replace(b"3", str(LARGEST_BODY + 1).encode())], POST.replace(b"3", str(LARGEST_BODY + 1).encode())),
    ],
)
def test_a_request_gets_a_thread_once_it_has_come_and_is_read_from_its_beginning(
    line: Line, parts: list[bytes], whole: bytes
) -> None:
    """Without an end of the head at its greatest, or with too long a body, gunicorn or the page refuses it."""
    conn = line.begin()
    line.send(*parts[:-1])
    assert line.given == []
    line.send(parts[-1])
    assert line.given == [conn]
    assert _read(conn, len(whole)) == whole
    assert not line.worker._coming


def _answered(line: Line, conn: TConn, ahead: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the thread of a connection end, whose line stays open, and which had read `ahead` of the next request."""
    monkeypatch.setattr(ThreadWorker, "handle", lambda *_given: True)
    conn.sock.setblocking(True)  # as a thread does
    line.worker.alive, line.worker.keepalived_conns = True, deque()
    conn.parser = SimpleNamespace(unreader=Unreader())
    conn.parser.unreader.unread(ahead)
    done: Any = SimpleNamespace(cancelled=lambda: False, result=lambda: line.worker.handle(conn))
    line.worker.finish_request(conn, done)


def test_the_next_request_on_the_line_begins_with_what_came_behind_the_one_before(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    conn = line.begin()
    line.send(POST + b"abc" + GET)
    assert _read(conn, len(POST) + 3) == POST + b"abc"
    _answered(line, conn, b"", monkeypatch)
    assert line.given == [conn]
    line.send(b"\r\n")
    assert line.given == [conn, conn]
    assert _read(conn, len(GET) + 2) == GET + b"\r\n"


def test_whose_next_request_a_thread_has_begun_to_read_holds_no_thread_until_it_is_whole(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line with one request and the first letters of another held a thread for as long as it stayed open."""
    conn = line.begin()
    line.send(POST + b"abc" + GET)
    assert _read(conn, len(POST) + 10) == POST + b"abc" + GET[:7]
    _answered(line, conn, GET[:7], monkeypatch)
    assert line.given == [conn]
    line.send(b"\r\n")
    assert line.given == [conn, conn]
    assert _read(conn, len(GET) + 2) == GET + b"\r\n"


def test_who_goes_before_they_are_told_to_go_on_ends_no_worker(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    conn = line.begin()
    line.send(POST + b"abc" + POST.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"))
    assert _read(conn, len(POST) + 3) == POST + b"abc"
    line.theirs.close()
    _answered(line, conn, b"", monkeypatch)
    assert (line.given, line.worker._coming, line.worker.nr_conns) == ([conn], set(), 0)


def test_who_waits_for_a_word_before_the_body_gets_it(line: Line) -> None:
    line.begin()
    line.send(POST.replace(b"POST / HTTP/1.1", b"POST / HTTP/1.1\r\nExpect: 100-continue"))
    assert line.theirs.recv(100) == arriving.GO_ON
    line.send(b"abc")
    assert len(line.given) == 1


@pytest.mark.parametrize("sent", [b"", GET, LONG + b"x"])
def test_who_goes_before_the_end_is_let_go(line: Line, sent: bytes) -> None:
    line.begin()
    line.send(sent or GET[:1])
    line.theirs.shutdown(socket.SHUT_WR)
    line.worker.wait_for_and_dispatch_events(1.0)
    assert (line.given, line.worker._coming, line.worker.nr_conns) == ([], set(), 0)


@pytest.mark.parametrize(
    ("sent", "seconds", "status"),
    [
        (GET, LONGEST_WAIT - 1, None),
        (GET, LONGEST_WAIT + 1, b"408"),
        (LONG + b"x", LONGEST_WAIT + 250, None),
        (LONG + b"x", LONGEST_WAIT + 300, b"408"),
        (GET + b"Transfer-Encoding: chunked\r\n\r\n", 0, b"411"),
    ],
)
def test_what_has_not_come_in_its_time_is_refused_in_words(
    line: Line, monkeypatch: pytest.MonkeyPatch, sent: bytes, seconds: float, status: bytes | None
) -> None:
    line.begin()
    line.send(sent)
    now = arriving.time.monotonic() + seconds
    monkeypatch.setattr(patience, "time", SimpleNamespace(monotonic=lambda: now))
    line.worker.wait_for_and_dispatch_events(0)
    if status is None:
        assert len(line.worker._coming) == 1
    else:
        assert line.told().split()[1] == status
        assert line.worker.nr_conns == 0


@pytest.mark.parametrize("why", ["too much is kept", "the disk is full", "the disk is full at the end"])
def test_where_there_is_no_room_it_is_said(line: Line, monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, os.strerror(28))

    conn = line.begin()
    if why == "the disk is full":
        monkeypatch.setattr(Arriving, "_keep", full)
    elif why == "the disk is full at the end":  # the last letters are written only now
        monkeypatch.setattr(Arriving, "open", full)
    else:
        monkeypatch.setattr(patience, "MOST_AHEAD", 1)
    line.send(LONG, *(THIRDS if "end" in why else ()))
    assert b"503" in line.told()
    assert line.worker.nr_conns == 0
    assert conn.sock.fileno() == -1


@pytest.mark.parametrize("takes", [True, False])
def test_who_takes_nothing_of_the_answer_holds_no_thread_for_ever(
    line: Line, monkeypatch: pytest.MonkeyPatch, takes: bool
) -> None:
    monkeypatch.setattr(arriving, "LONGEST_UNTAKEN", 0.5)
    conn, answer = line.begin(), b"x" * 5_000_000
    conn.sock.setblocking(True)
    with ThreadPoolExecutor(1) as thread:
        sent = thread.submit(conn.sock.sendall, answer)
        if takes:
            assert len(line.theirs.recv(len(answer), socket.MSG_WAITALL)) == len(answer)
            sent.result(10)
        else:
            with pytest.raises(ConnectionResetError):
                sent.result(10)


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        (InvalidRequestLine("GET /by-mail/secret"), b"400 Bad Request"),
        (InvalidHeader("X-Secret: secret"), b"400 Bad Request"),
        (LimitRequestHeaders("secret"), b"431 Request Header Fields Too Large"),
        (LimitRequestLine(9, 8), b"414 "),
        (RuntimeError("secret"), b"500 Internal Server Error"),
    ],
)
def test_an_answer_of_the_server_itself_is_as_safe_as_ours_and_repeats_nothing(
    line: Line, wrong: Exception, status: bytes
) -> None:
    line.worker.log = MagicMock()
    line.worker.handle_error(None, line.ours, ("192.0.2.1", 1), wrong)
    line.ours.close()
    told = line.told()
    assert told.startswith(b"HTTP/1.1 " + status)
    assert b"\r\nContent-Security-Policy: default-src 'none'" in told
    assert b"\r\nX-Content-Type-Options: nosniff\r\n" in told
    assert b"secret" not in told and b"<html>" not in told
