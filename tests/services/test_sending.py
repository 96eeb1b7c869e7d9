"""Sending what waits in the outbox: one at a time, each by one worker, and none in the way of the others."""

from __future__ import annotations

import datetime as dt
import itertools
import ssl
from pathlib import Path

import pytest
import time_machine
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from prometheus_client import REGISTRY
from sqlalchemy import Engine, select

from tests.postmen import A_CLAIM, MailServer, Post, Taken, write
from webapp import clock
from webapp.db import own_session
from webapp.models import Mail
from webapp.services import letters

COUNTER = "caravanserai_letters_repeated_total"


def _kept() -> list[Mail]:
    with own_session() as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def test_a_letter_that_cannot_be_written_keeps_no_other_from_its_turn(
    own_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    write(0)
    write(1)

    def deliver(letter: Mail) -> None:
        if letter.subject == "Letter 0":
            raise ValueError(letter.to)

    assert letters.send_waiting(own_session, deliver) == 1
    first, second = _kept()
    assert (first.sent_at, first.attempts, first.claimed_at, first.repeats) == (None, 1, None, 0)
    assert second.sent_at is not None
    assert "ValueError" in caplog.text
    assert first.to not in caplog.text, "a log names no person"


def test_a_letter_that_is_refused_is_tried_again_for_two_days_with_longer_and_longer_rests(own_engine: Engine) -> None:
    tried: list[dt.datetime] = []

    def refuse(_letter: Mail) -> None:
        tried.append(clock.now())
        raise OSError

    write(0)
    with time_machine.travel(clock.now(), tick=False) as travel:
        for number in range(1, letters.MOST_ATTEMPTS + 2):
            letters.send_waiting(own_session, refuse)
            travel.shift(letters.rest_after(number) - dt.timedelta(seconds=1))
            letters.send_waiting(own_session, refuse)
            travel.shift(dt.timedelta(seconds=1))
    rests = [(after - before) // dt.timedelta(minutes=1) for before, after in itertools.pairwise(tried)]
    assert rests == [1, 2, 4, 8, 16, 32, 64, 128, 256, *[360] * 6]


def test_a_letter_goes_once_the_server_is_back(own_engine: Engine) -> None:
    write(0)
    had: list[Mail] = []
    assert letters.send_waiting(own_session, lambda _letter: 1 / 0) == 0
    assert letters.send_waiting(own_session, had.append) == 0, "it rests"
    with time_machine.travel(clock.now() + letters.rest_after(1)):
        assert letters.send_waiting(own_session, had.append) == 1


def test_two_workers_never_have_one_letter(own_engine: Engine) -> None:
    write(0)
    write(1)
    had: list[str] = []

    def deliver(letter: Mail) -> None:
        had.append(letter.subject)
        letters.send_waiting(own_session, lambda other: had.append(other.subject))

    assert letters.send_waiting(own_session, deliver) == 1
    assert had == ["Letter 0", "Letter 1"]


def test_without_an_answer_a_letter_rests_and_then_counts_as_a_repeat(own_engine: Engine) -> None:
    message_id = write(0)

    def break_off(letter: Mail) -> None:
        raise letters.Unanswered

    had: list[str] = []
    counted = REGISTRY.get_sample_value(COUNTER)
    assert letters.send_waiting(own_session, break_off) == 0
    assert letters.send_waiting(own_session, lambda letter: had.append(letter.message_id)) == 0
    with time_machine.travel(clock.now() + A_CLAIM):
        assert letters.send_waiting(own_session, lambda letter: had.append(letter.message_id)) == 1
    assert had == [message_id]
    assert [letter.repeats for letter in _kept()] == [1]
    assert REGISTRY.get_sample_value(COUNTER) == (counted or 0) + 1


def test_who_comes_back_late_leaves_the_claim_of_another_alone(own_engine: Engine) -> None:
    write(0)

    def sleep(letter: Mail) -> None:
        with time_machine.travel(clock.now() + A_CLAIM):
            letters.send_waiting(own_session, go_on)
        raise OSError

    def go_on(letter: Mail) -> None:
        raise letters.Unanswered

    letters.send_waiting(own_session, sleep)
    (letter,) = _kept()
    assert letter.claimed_at is not None
    assert (letter.repeats, letter.sent_at) == (1, None)


def _certificate(folder: Path) -> ssl.SSLContext:
    """Return what a server shows that signed its own certificate."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + dt.timedelta(days=1))
    lines = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(lines + key.private_bytes(serialization.Encoding.PEM, *plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context


def test_a_server_that_offers_starttls_hears_password_and_letter_under_it(own_engine: Engine, tmp_path: Path) -> None:
    heard: list[bytes] = []

    def let_in(server: object, session: object, envelope: object, mechanism: str, login: object) -> AuthResult:
        heard.append(login.password)  # type: ignore[attr-defined]
        return AuthResult(success=True)

    options = {"tls_context": _certificate(tmp_path), "authenticator": let_in}
    server = MailServer(Taken(), require_starttls=True, auth_required=True, **options)
    server.start()
    url = server.url.replace("smtp://", "smtp://office:p%40ss@")
    write(0)
    assert Post(own_engine.url.render_as_string(hide_password=False), tmp_path, url).send() == 1
    server.stop()
    assert heard == [b"p@ss"]
    assert [letter["Subject"] for letter in server.handler.letters] == ["Letter 0"]
