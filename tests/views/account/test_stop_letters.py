"""The link under a letter: works without signing in, again and again, and can do nothing else."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.browser import Visitor, forged
from tests.factories import AnySession, make_user
from webapp.models import User
from webapp.services import letter_choices
from webapp.services.address_choices import mark_of
from webapp.services.letter_kinds import ACCOUNT, LATE, LESSONS
from webapp.stop_links import stop_link

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def _path(app: Flask, account: User, kind: str = LESSONS) -> str:
    return stop_link(app.extensions["config"], account.id, kind).removeprefix("http://localhost")


def test_looking_changes_nothing_and_the_button_stops_and_takes_back(
    session: AnySession, client: Visitor, app: Flask
) -> None:
    account = make_user(session, "volunteer")
    session.commit()
    path = _path(app, account)
    for _round in range(2):  # the link works again
        page = client.get(path)
        assert account.email not in page.text
        assert page.response.headers["Cache-Control"] == "no-store"
        assert not letter_choices.is_off(session, account.id, LESSONS)
        page = client.submit(page, action="choice", button="Stop these letters")
        assert "no more letters" in page.text
        assert letter_choices.is_off(session, account.id, LESSONS)
        client.submit(page, action="choice", button="again")
    assert not letter_choices.is_off(session, account.id, LESSONS)


def test_a_mail_program_stops_them_with_one_click(session: AnySession, client: Visitor, app: Flask) -> None:
    account = make_user(session, "volunteer")
    session.commit()
    path = _path(app, account)
    for _time in range(2):
        assert client.client.post(path, data=ONE_CLICK).status_code == 200
    assert letter_choices.is_off(session, account.id, LESSONS)


def test_only_the_one_click_goes_without_the_token_of_a_page(session: AnySession, client: Visitor, app: Flask) -> None:
    account = make_user(session, "volunteer")
    session.commit()
    path = _path(app, account)
    assert client.client.post(path, data={"choice": "off"}).status_code == 400
    assert client.client.post(f"{path}/choice", data={"choice": "off"}).status_code == 400
    assert not letter_choices.is_off(session, account.id, LESSONS)


@pytest.mark.parametrize("kind", [ACCOUNT, LATE, "nonsense"])
def test_no_link_stops_what_has_to_go_or_goes_to_others(
    session: AnySession, client: Visitor, app: Flask, kind: str
) -> None:
    account = make_user(session, "volunteer")
    session.commit()
    client.get(_path(app, account, kind), status=404)
    assert client.client.post(_path(app, account, kind), data=ONE_CLICK).status_code == 404


def test_a_link_cannot_be_made_up_and_ends_with_its_account(session: AnySession, client: Visitor, app: Flask) -> None:
    account = make_user(session, "volunteer")
    session.commit()
    path = _path(app, account)
    client.get(path)
    for wrong in (forged(path), "/letters/stop/nonsense"):
        client.get(wrong, status=404)
    account.active = False
    session.commit()
    client.get(path, status=404)


def test_no_link_of_an_address_stops_what_has_to_go(client: Visitor, app: Flask) -> None:
    for kind in (ACCOUNT, "nonsense"):
        path = stop_link(app.extensions["config"], mark_of("a@people.example"), kind).removeprefix("http://localhost")
        client.get(path, status=404)
        assert client.client.post(path, data=ONE_CLICK).status_code == 404
