"""Two hundred visitors who never finish what they send keep nobody else from an answer."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.bench import served
from data.bench.visitor import Visitor
from tests.databases import settings, sqlite_database

SLOW = 200
POST = b"POST /login HTTP/1.1\r\nHost: localhost\r\n"
HEADS = {
    "nothing": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: local",
    "a request and the first letters of another": b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGE",
    "half a form": POST + b"Content-Length: 1000\r\n\r\nx",
    "half a long file": POST + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000000\r\n\r\nx",
    "half a body without a length": POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
}
LOOKS = 10
SETTLED = 5  # seconds, until the slow ones of before are gone and the new ones are there
QUICKLY = 1.0  # seconds


@contextmanager
def _half_open(port: int, head: bytes) -> Iterator[None]:
    """Hold SLOW connections on which no more than the head of a request comes."""
    connections = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(SLOW)]
    for one in connections:
        one.sendall(head)
    try:
        yield
    finally:
        for one in connections:
            one.close()


def _prove(folder: Path, names: tuple[str, ...]) -> float:
    """Look at the health of the service while the slow ones wait; return the seconds of the slowest answer."""
    slowest = 0.0
    with (
        sqlite_database(folder, "slow") as url,
        served.service(served.environment(settings("demo", folder, url))) as service,
    ):
        while Visitor(service.port).get("/healthz").status != 200:
            time.sleep(0.1)
        for name in names:
            with _half_open(service.port, HEADS[name]):
                time.sleep(SETTLED)
                answers = [Visitor(service.port, patience=15).get("/healthz") for _look in range(LOOKS)]
            assert {one.status for one in answers} == {200}, name
            slowest = max(slowest, *(one.seconds for one in answers))
    return slowest


@pytest.mark.long
def test_slow_visitors_keep_nobody_waiting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slowest = _prove(tmp_path, tuple(HEADS))
    with capsys.disabled():
        sys.stdout.write(f"\nslowest answer {slowest:.3f} s\n")
    assert slowest < QUICKLY
