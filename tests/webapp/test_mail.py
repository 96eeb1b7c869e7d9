"""Letters on their way: to a real SMTP server on this machine, with names in any script."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from tests.browser import Visitor
from tests.databases import settings
from tests.factories import AnySession, make_user, make_vio
from webapp import clock
from webapp.config import Config
from webapp.mail import deliverer, message_of
from webapp.models import Mail
from webapp.services import letter_choices, letters
from webapp.services.letter_kinds import ACCOUNT, LESSONS
from webapp.services.letters import send_waiting, write_letter
from webapp.services.readers import with_account, without_account
from webapp.words import lazy

NAMES = {
    "cyrillic": "Ёлка и Кº",
    "chinese": "蒙内铁路办公室",
    "arabic": "مكتب المتطوعين",
    "signs": 'Quote "and" <comma>, Ltd.',
    "header": "A\r\nBcc: all@people.example",
    "thai": "ชื่อ",
    "long": "x" * 200,
}


class Box:
    """Keeps what comes in, and refuses the addresses that say so."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_RCPT(  # noqa: N802  (the server looks for this name)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if "refused" in address:
            return "550 Nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.messages.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default))
        return "250 OK"


@pytest.fixture
def box() -> Iterator[tuple[Box, Config]]:
    """Yield a mailbox, and the settings that lead to it."""
    kept = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    url = f"smtp://127.0.0.1:{port}?from=office@match.example"
    yield kept, replace(settings("test", Path()), mail_url=url, base_url="https://match.example")
    server.stop()


def _sessions(session: AnySession) -> Any:
    @contextmanager
    def one() -> Iterator[AnySession]:
        yield session
        session.flush()

    return one


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_headers_are_whole_with_names_in_any_script(session: AnySession, box: tuple[Box, Config], name: str) -> None:
    kept, config = box
    account = make_user(session, "volunteer", make_vio(session, name=name), locale="ar")
    write_letter(session, with_account(account), LESSONS, lazy("About %(name)s", name=name), lazy("%(n)s", n=name))
    session.expire_all()  # as another process reads it
    assert send_waiting(_sessions(session), deliverer(config)) == 1
    (message,) = kept.messages
    letter = session.query(Mail).one()
    assert message["To"].addresses[0].addr_spec == account.email
    assert message["From"].addresses[0].addr_spec == "office@match.example"
    assert message["From"].addresses[0].display_name == account.vio.name
    assert message["Subject"] == letter.subject
    assert message["Bcc"] is None
    assert message["Content-Language"] == "ar"
    assert not message.defects and not any(message[header].defects for header in ("From", "To", "Subject"))
    assert letter.body.strip() in message.get_content().replace("\r\n", "\n") or "\r" in name


def test_what_may_be_stopped_says_how_to_people_and_to_programs(
    session: AnySession, box: tuple[Box, Config], app: Flask, client: Visitor
) -> None:
    kept, config = box
    account = make_user(session, "volunteer")
    for kind in (LESSONS, ACCOUNT):
        write_letter(session, with_account(account), kind, lazy("A"), lazy("B"))
    send_waiting(_sessions(session), deliverer(config))
    session.commit()
    may_stop, has_to_go = kept.messages
    address = str(may_stop["List-Unsubscribe"]).strip("<>")
    assert address.startswith("https://match.example/letters/stop/")
    assert may_stop["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in may_stop.get_content() and "/account/letters" in may_stop.get_content()
    assert has_to_go["List-Unsubscribe"] is None and "/letters/stop/" not in has_to_go.get_content()
    path = address.removeprefix("https://match.example")
    assert client.client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert letter_choices.is_off(session, account.id, LESSONS)
    write_letter(session, with_account(account), LESSONS, lazy("C"), lazy("D"))
    assert send_waiting(_sessions(session), deliverer(config)) == 0


def test_who_has_no_account_reads_only_who_sent_it_and_can_stop_it_too(
    session: AnySession, box: tuple[Box, Config], client: Visitor
) -> None:
    kept, config = box
    vio = make_vio(session)
    reader = without_account("Referee@people.example", vio)
    for kind in (LESSONS, ACCOUNT):
        write_letter(session, reader, kind, lazy("A"), lazy("B"))
    send_waiting(_sessions(session), deliverer(config))
    session.commit()
    message, has_to_go = kept.messages
    assert vio.name in message.get_content()
    assert "/account/" not in message.get_content() and has_to_go["List-Unsubscribe"] is None
    address = str(message["List-Unsubscribe"]).strip("<>")
    assert address in message.get_content()
    path = address.removeprefix("https://match.example")
    page = client.get(path)
    assert "people.example" not in page.text and "under Letters" not in page.text
    assert client.client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    same = without_account("referee@people.example", vio)
    write_letter(session, same, LESSONS, lazy("C"), lazy("D"))
    write_letter(session, without_account("other@people.example", vio), LESSONS, lazy("E"), lazy("F"))
    session.commit()
    assert send_waiting(_sessions(session), deliverer(config)) == 1
    assert kept.messages[-1]["Subject"] == "E"
    client.submit(client.get(path), action="choice", button="again")
    write_letter(session, same, LESSONS, lazy("G"), lazy("H"))
    assert send_waiting(_sessions(session), deliverer(config)) == 1


@pytest.mark.parametrize("address", ["refused@people.example", "a\nBcc: b@people.example", ""])
def test_one_that_cannot_go_keeps_no_other_from_going(
    session: AnySession, box: tuple[Box, Config], address: str
) -> None:
    kept, config = box
    for to in (address, "good@people.example"):
        write_letter(session, without_account(to, None), ACCOUNT, lazy("A"), lazy("B"))
    assert send_waiting(_sessions(session), deliverer(config)) == 1
    assert [message["To"] for message in kept.messages] == ["good@people.example"]
    assert session.query(Mail).filter(*letters.WAITING).one().attempts == 1


def test_a_repeat_has_the_same_message_id(session: AnySession) -> None:
    config = settings("test", Path())
    letter = write_letter(session, without_account("a@people.example", None), ACCOUNT, lazy("A"), lazy("B"))
    assert message_of(config, letter)["Message-ID"] == message_of(config, letter)["Message-ID"]


def test_a_server_elsewhere_has_to_prove_who_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int, ssl.SSLContext]] = []

    def open_it(host: str, port: int, *, timeout: float, context: ssl.SSLContext) -> None:
        asked.append((host, port, context))
        raise OSError("away")

    monkeypatch.setattr("smtplib.SMTP_SSL", open_it)
    elsewhere = replace(settings("test", Path()), mail_url="smtps://mail.example?from=office@match.example")
    for config in (elsewhere, replace(elsewhere, mail_url="smtps://127.0.0.1:4650?from=office@match.example")):
        with pytest.raises(OSError, match="away"):
            deliverer(config)(
                Mail(to="a@people.example", subject="A", body="B", message_id="one", created_at=clock.now())
            )
    (far_host, far_port, far), (near_host, near_port, near) = asked
    assert (far_host, far_port, near_host, near_port) == ("mail.example", 465, "127.0.0.1", 4650)
    assert far.check_hostname and far.verify_mode == ssl.CERT_REQUIRED
    assert not near.check_hostname and near.verify_mode == ssl.CERT_NONE
