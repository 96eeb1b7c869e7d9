"""Processes that write letters and send them, to be killed, and a mail server that keeps what it is handed."""

from __future__ import annotations

import multiprocessing
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.databases import settings
from webapp import clock
from webapp.db import bind, data_key_in_use, keep_key, make_engine, own_session
from webapp.mail import deliverer
from webapp.models import Mail
from webapp.services import letters

# A process that is there in a moment, as what it needs was read once, and that shares no connection with the tests.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.postmen"])
A_CLAIM = letters.CLAIM_HOLDS + timedelta(seconds=1)
LAST_LINE = "The last line."


@dataclass(frozen=True)
class Post:
    """Where letters lie, and how they leave."""

    database_url: str
    folder: Path
    mail_url: str = "folder:"

    def send(self, claims: int = 0) -> int:
        """Send what waits, as it will be done when so many claims have run out; return how many went."""
        config = replace(settings("test", self.folder, self.database_url), mail_url=self.mail_url)
        with time_machine.travel(clock.now() + claims * A_CLAIM):
            return letters.send_waiting(own_session, deliverer(config))

    def worker(self, claims: int = 0) -> ForkServerProcess:
        """Start a process that sends what waits, again and again; return once it has begun."""
        return started(_send_on, self, claims)


def _send_on(ready: Connection, post: Post, claims: int) -> None:
    bind(make_engine(post.database_url))
    ready.send(True)
    while True:
        post.send(claims)
        time.sleep(0.005)


def writer(database_url: str, stop: Event) -> ForkServerProcess:
    """Start a process that writes numbered letters until it is told to stop."""
    return started(_write_on, database_url, stop)


def _write_on(ready: Connection, database_url: str, stop: Event) -> None:
    bind(make_engine(database_url))
    ready.send(True)
    number = 0
    while not stop.wait(0.02):
        write(number)
        number += 1


def write(number: int) -> str:
    """Write a letter that is long enough to be caught half-way; return its Message-ID."""
    letter = Mail(
        to="reader@people.example",
        subject=f"Letter {number}",
        body="\n".join(["A line among many."] * 2000 + [LAST_LINE]),
        message_id=f"{secrets.token_hex(16)}@caravanserai",
        created_at=clock.now(),
    )
    with own_session() as session:
        session.add(letter)
    return letter.message_id


def started(work: Callable[..., None], *arguments: Any) -> ForkServerProcess:
    """Start a process that does some work, and return once it says that it is ready."""
    here, there = PROCESSES.Pipe(duplex=False)
    given = (data_key_in_use(), work, there, *arguments)
    process = PROCESSES.Process(target=_work_with, args=given, daemon=True)
    process.start()
    assert here.poll(60), "the process did not begin"
    return process


def _work_with(data_key: str, work: Callable[..., None], ready: Connection, *arguments: Any) -> None:
    keep_key(data_key)
    work(ready, *arguments)


@dataclass
class Taken:
    """What the mail server took, in order; `then` is done with each letter before the sender hears that it was."""

    letters: list[EmailMessage] = field(default_factory=list)
    then: Callable[[], None] | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the letter, and say so."""
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.then is not None:
            self.then()
        return "250 Taken"


class MailServer(Controller):
    """The server in a thread of this process, on a port that the machine gives it."""

    def __init__(self, taken: Taken, **options: Any) -> None:
        super().__init__(taken, hostname="127.0.0.1", port=0, **options)

    @property
    def url(self) -> str:
        """Return what MAIL_URL says to send by it."""
        return f"smtp://127.0.0.1:{self.port}?from=office@vio.example"

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # before it is first called, at the port we asked for
        super()._trigger_server()
