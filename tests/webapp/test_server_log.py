"""The web server's own log says nothing of visitors either: asked by hand, over a socket."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The settings of real use, with an application of one page that breaks, and no database for it.
SETTINGS = """
from webapp.serving import *
bind, workers, preload_app, post_fork = "127.0.0.1:0", 1, False, lambda server, worker: None
"""
APP = """
def app(environ, start):
    raise LookupError(environ["PATH_INFO"])
"""
MALFORMED = (
    b"GET /by-mail/the-secret HTTP/9.9\r\n\r\n",
    b"the-secret\r\n\r\n",
    b"GET / HTTP/1.1\r\nthe-secret of a header\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: the-secret\r\n\r\n",
    b"PROXY TCP4 198.51.100.7 the-secret 1 2\r\nGET / HTTP/1.1\r\n\r\n",
)
BREAKS = b"GET /by-mail/the-secret HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Yield gunicorn under the settings of real use, on a port that its first lines tell."""
    (tmp_path / "settings.py").write_text(SETTINGS)
    (tmp_path / "breaking.py").write_text(APP)
    command = [sys.executable, "-m", "gunicorn", "--config", "settings.py", "breaking:app"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{tmp_path}"}
    pipes = {"stderr": subprocess.PIPE, "text": True, "cwd": tmp_path, "env": environment}
    with subprocess.Popen(command, **pipes) as process:
        yield process
        process.kill()


def _ask(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(request)
        answer = b""
        while some := line.recv(4096):
            answer += some
        return answer


def test_of_malformed_requests_and_broken_pages_nobody_is_told_apart(server: subprocess.Popen[str]) -> None:
    assert server.stderr is not None
    port = next(int(found[1]) for one in server.stderr if (found := re.search(r"http://127.0.0.1:(\d+)", one)))
    for request in MALFORMED:
        assert b" 400 " in _ask(port, request) or b" 505 " in _ask(port, request)
    assert b" 500 " in _ask(port, BREAKS)
    server.send_signal(signal.SIGTERM)
    written = server.stderr.read()
    assert written.count("A request was malformed.") >= len(MALFORMED)
    assert "LookupError" in written and "breaking.py" in written
    assert not re.search("secret|127[.]0[.]0[.]1|198[.]51|by-mail", written), written
