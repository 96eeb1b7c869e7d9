"""Whom a worker takes up, and in which order those whose requests are whole have a thread."""

from __future__ import annotations

import errno
import socket
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest
from gunicorn.workers.gthread import TConn, ThreadWorker

from tests.webapp.lines import GET, THREADS, Line, line_to_a_worker
from webapp import patience
from webapp.patience import AT_ONCE, AT_ONCE_WITHIN, LINES, SHORT


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """Yield a line to a worker whose threads are a list."""
    with line_to_a_worker(monkeypatch) as found:
        yield found


def _end(line: Line, conn: TConn) -> None:
    """Let the thread of a connection end, as it does when the line is closed after the answer."""
    done: Any = SimpleNamespace(cancelled=lambda: True)
    line.worker.finish_request(conn, done)


@pytest.fixture
def door(line: Line) -> Iterator[socket.socket]:
    """Yield where new visitors come to the worker of the line."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        line.worker.sockets = [door]
        yield door
        line.worker.set_accept_enabled(False)
        for conn in (*line.given, *line.worker._waiting):
            conn.close()


def _come(door: socket.socket, number: int) -> list[socket.socket]:
    """Let visitors come whose whole request is there when they are taken up, and return their ends."""
    visitors = [socket.create_connection(door.getsockname()) for _ in range(number)]
    for visitor in visitors:
        visitor.sendall(GET + b"\r\n")
    return visitors


def _turn(worker: Any, times: int) -> None:
    """Let the loop of the worker turn, as gunicorn's does: what was switched off is asked for again."""
    for _time in range(times):
        worker.set_accept_enabled(True)
        worker.wait_for_and_dispatch_events(0.01)


def test_a_worker_that_has_something_in_hand_leaves_the_next_visitor_to_others(
    line: Line, door: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "LATER_EACH", 60.0)
    monkeypatch.setattr(patience, "LATEST", 60.0)
    visitors = _come(door, 3)
    _turn(line.worker, 5)
    assert len(line.given) == 1
    door.accept()[0].close()  # another worker finds at the door who was left there
    line.worker._takes_from = 0.0
    _end(line, line.given[0])
    _turn(line.worker, 1)
    assert len(line.given) == 2
    for visitor in visitors:
        visitor.close()


@pytest.mark.parametrize(("others", "waits"), [([], False), ([2], False), ([1, 5], True), ([0], True)])
def test_who_holds_more_lines_than_another_worker_leaves_the_next_visitor_to_it(
    line: Line, door: socket.socket, monkeypatch: pytest.MonkeyPatch, others: list[int], waits: bool
) -> None:
    """The line of `line` is the first that the worker holds, and the visitor's the second."""
    monkeypatch.setattr(patience, "LATER_EACH", 0.0)
    monkeypatch.setattr(patience, "LATER_LINE", 60.0)
    monkeypatch.setattr(patience, "LATEST", 60.0)
    places = [LINES.join() for _ in others]
    for place, lines in zip(places, others, strict=True):
        LINES.tell(place, lines)
    visitors = _come(door, 2)
    _turn(line.worker, 5)
    for place in places:
        LINES.leave(place)
    assert line.worker.nr_conns == 3 - waits
    for visitor in visitors:
        visitor.close()


def test_a_worker_that_ends_is_left_nobody(line: Line) -> None:
    line.worker.wait_for_and_dispatch_events(0)
    place = LINES.join()
    LINES.tell(place, 3)
    assert LINES.more_than_least(place) == 2
    line.worker.alive = False
    line.worker.wait_for_and_dispatch_events(0)
    assert LINES.more_than_least(place) == 0
    LINES.leave(place)


def test_nobody_is_left_at_the_door(line: Line, door: socket.socket) -> None:
    """With all that it has in hand, the worker takes up one after the other, each after a moment at most."""
    line.worker._waiting.extend([MagicMock()] * 1000)
    began = time.monotonic()
    visitors = _come(door, 4)
    while line.worker.nr_conns <= len(visitors) and time.monotonic() < began + 30:  # the line of `line` is the first
        _turn(line.worker, 1)
    assert line.worker.nr_conns == len(visitors) + 1
    for visitor in visitors:
        visitor.close()


def test_whom_another_worker_took_up_costs_no_turn(line: Line, door: socket.socket) -> None:
    line.worker._waiting.extend([MagicMock()] * 1000)
    door.setblocking(False)
    line.worker.accept(door)
    assert line.worker._takes_from == 0.0


def test_a_worker_that_can_open_no_more_files_ends_nobody_and_looks_again(
    line: Line, door: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    line.worker.log = MagicMock()
    visitors = _come(door, 1)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(ThreadWorker, "accept", full)
        _turn(line.worker, 2)
    assert line.worker.log.warning.call_count == 1
    assert time.monotonic() < line.worker._takes_from < time.monotonic() + 1
    line.worker._takes_from = 0.0
    _turn(line.worker, 1)
    assert len(line.given) == 1
    visitors[0].close()


def _ask(line: Line, number: int) -> list[Any]:
    """Let as many requests wait for their turn, and return their connections."""
    conns = [MagicMock() for _ in range(number)]
    for conn in conns:
        line.worker._give(conn)
    return conns


@pytest.mark.parametrize("at_once", [AT_ONCE, AT_ONCE_WITHIN])
def test_few_requests_begin_at_once_and_the_others_in_the_order_in_which_they_came(line: Line, at_once: int) -> None:
    line.worker.at_once = at_once
    conns = _ask(line, at_once + 3)
    assert line.given == conns[:at_once]
    for number in range(3):
        _end(line, conns[number])
        assert line.given == conns[: at_once + number + 1]


def test_what_takes_long_holds_up_nobody_as_far_as_there_are_threads(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    conns = _ask(line, THREADS + 2)
    now = time.monotonic()
    for _time in range(THREADS):
        now += SHORT
        monkeypatch.setattr(patience, "time", SimpleNamespace(monotonic=lambda now=now: now))
        line.worker.wait_for_and_dispatch_events(0)
    assert line.given == conns[:THREADS]
    _end(line, conns[0])
    assert line.given == conns[: THREADS + 1]
