"""Guessing at passwords in real use: it costs the same for everybody, and says nothing of who has an account."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from statistics import median

import pytest
from flask import Flask
from flask_security import hash_password
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Page, Visitor
from tests.factories import PASSWORD, make_host, make_host_user, make_user
from tests.test_second_factor import with_real_hash

NOBODY = "nobody@people.example"
LONG = "a quite long passphrase that nobody else puts together, not even by chance or when drunk on a Friday night"


@pytest.fixture
def guess(real: Flask) -> Callable[[str, str], Page]:
    """Return a way to guess at an account, each time from another browser."""

    def send(email: str, password: str) -> Page:
        visitor = Visitor(real.test_client())
        return visitor.submit(visitor.get("/login"), email=email, password=password)

    return send


def test_a_guess_takes_as_long_whether_the_account_exists_or_not(
    real: Flask, session: OrmSession, guess: Callable[[str, str], Page]
) -> None:
    known = with_real_hash(real, session, make_user(session, "coordinator")).email
    guess(known, "to warm up")
    taken: dict[str, list[float]] = {known: [], NOBODY: []}
    for _turn in range(5):
        for email, times in taken.items():
            began = time.process_time()
            guess(email, "wrong")
            times.append(time.process_time() - began)
    quick, slow = sorted(median(times) for times in taken.values())
    assert slow / quick < 2


def test_an_unknown_address_is_answered_as_a_wrong_password_is(
    real: Flask, session: OrmSession, guess: Callable[[str, str], Page]
) -> None:
    known = with_real_hash(real, session, make_user(session, "coordinator")).email
    answers = {
        re.sub(rf'{re.escape(email)}|value="[^"]*"', "", guess(email, "wrong").text) for email in (known, NOBODY)
    }
    assert len(answers) == 1


def test_what_is_longer_than_any_password_is_hashed_for_nobody(
    real: Flask, session: OrmSession, guess: Callable[[str, str], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = with_real_hash(real, session, make_user(session, "coordinator")).email
    monkeypatch.setattr("flask_security.utils.get_hmac", lambda _password: pytest.fail("it was hashed"))
    for email in (known, NOBODY):
        assert guess(email, "x" * 129).markup.account == ""


def test_passwords_are_kept_as_argon2id_with_enough_work(real: Flask) -> None:
    with real.app_context():
        kept = hash_password(PASSWORD)
    found = re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$", kept)
    assert found
    assert int(found[1]) >= 19 * 1024
    assert int(found[2]) >= 2


@pytest.mark.parametrize(("length", "is_taken"), [(64, True), (80, True), (128, True), (129, False)])
def test_a_long_passphrase_is_taken_and_a_longer_one_refused_in_words(
    real: Flask, session: OrmSession, length: int, is_taken: bool
) -> None:
    user = with_real_hash(real, session, make_host_user(session, make_host(session)))
    visitor = Visitor(real.test_client())
    visitor.sign_in(user.email, PASSWORD)
    wish = (LONG * 2)[:length]
    page = visitor.submit(visitor.get("/change"), password=PASSWORD, new_password=wish, new_password_confirm=wish)
    assert ("at most 128 characters" in page.text) != is_taken
    fresh = Visitor(real.test_client())
    page = fresh.submit(fresh.get("/login"), email=user.email, password=wish)
    assert bool(page.markup.account) == is_taken


OUTSIDE = "https://elsewhere.example/"


def test_a_right_password_is_no_wrong_guess_wherever_its_link_would_lead(client: Visitor, session: OrmSession) -> None:
    user = make_user(session, "coordinator")
    session.commit()
    for _turn in range(9):  # one more than may be wrong
        page = client.submit(client.get(f"/login?next={OUTSIDE}"), email=user.email, password=PASSWORD)
        assert page.path == "/coordinator/"
        page = client.submit(client.get(f"/verify?next={OUTSIDE}"), password=PASSWORD)
        assert page.path == "/coordinator/"
        client.submit(page, action="/logout")
