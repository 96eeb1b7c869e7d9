"""The agreement of a placement, as its people read, sign and change it."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from tests.views.together.conftest import Stay
from webapp.models import Mail, Signature, Wording
from webapp.services import placements

WHY = "The bus comes later, so the day begins later."


def _sign(stay: Stay, who: str, name: str, language: str = "en") -> None:
    page = stay.open(who, f"/agreement?lang={language}")
    getattr(stay, who).submit(page, action="/sign", name=name)


def test_both_sign_and_keep_the_text_that_each_has_read(stay: Stay) -> None:
    page = stay.open("volunteer", "")
    page = stay.volunteer.get(page.link("Agreement"))
    assert "Ыйман Асанова" in page.text and "Clinique du Lac" in page.text
    page = stay.volunteer.submit(page, action="/sign", name="Ыйман Асанова")
    assert "You have signed" in page.text and 'name="name"' not in page.text
    _sign(stay, "host", "Amina Otieno", "fr")
    first, second = stay.session.scalars(select(Signature).order_by(Signature.id))
    assert (first.language, second.language) == ("en", "fr")
    assert "Nurse patients" in first.text and first.text != second.text
    for who, signature in (("volunteer", first), ("host", second)):
        copy = stay.open(who, "/agreement/1/copy")
        said = unescape(copy.text)
        assert all(line in said for line in signature.text.splitlines())
        assert first.fingerprint in copy.text and second.fingerprint in copy.text
    letters = [one.body for one in stay.session.scalars(select(Mail)) if first.text in one.body]
    assert any("Amina Otieno" in body for body in letters)
    for who in ("receiving", "sending"):
        page = stay.open(who, "/agreement")
        assert "Amina Otieno" in page.text and "What holds" in page.text
        assert 'name="name"' not in page.text


def test_one_signs_what_one_has_read(stay: Stay) -> None:
    page = stay.open("volunteer", "/agreement")
    stay.placement.volunteer.full_name = "Somebody Else"
    stay.session.commit()
    page = stay.volunteer.submit(page, status=422, action="/sign", name="Ыйман")
    assert "has changed since you opened it" in page.text
    page = stay.volunteer.submit(page, action="/sign", name="Ыйман")
    assert "You have signed" in page.text


def test_a_change_holds_once_both_have_signed_it(stay: Stay) -> None:
    _sign(stay, "volunteer", "Ыйман")
    _sign(stay, "host", "Amina")
    page = stay.open("host", "/agreement")
    page = stay.host.submit(page, own_rest="Sunday and Monday are free.", words=WHY)
    assert "Sunday and Monday are free." in page.text and WHY in page.text
    now = stay.session.scalars(select(Wording.state).order_by(Wording.number)).all()
    assert now == ["signed", "proposed"]
    _sign(stay, "host", "Amina")
    page = stay.open("volunteer", "/agreement")
    assert "Changed since what holds now" in page.text
    page = stay.volunteer.submit(page, action="/decline", reason="I work on Mondays already.")
    assert "What holds: version 1" in page.text and "I work on Mondays already." in page.text


def test_a_later_last_day_is_signed_before_the_office_extends(stay: Stay) -> None:
    page = stay.open("volunteer", "/agreement")
    assert 'name="ends_on"' not in page.text
    _sign(stay, "volunteer", "Ыйман")
    _sign(stay, "host", "Amina")
    stay.placement.state, stay.placement.started_at = "active", stay.placement.created_at
    stay.session.commit()
    later = stay.placement.ends_on + timedelta(30)
    page = stay.receiving.get(stay.path("coordinator", ""))
    page = stay.receiving.submit(page, status=422, action="/extend", ends_on=later.isoformat())
    assert "sign the later day first" in page.text
    page = stay.open("receiving", "/agreement")
    stay.receiving.submit(page, ends_on=later.isoformat(), words=WHY)
    _sign(stay, "volunteer", "Ыйман")
    _sign(stay, "host", "Amina")
    page = stay.receiving.get(stay.path("coordinator", ""))
    stay.receiving.submit(page, action="/extend", ends_on=later.isoformat())
    stay.session.expire_all()
    assert (stay.placement.state, stay.placement.ends_on) == ("extended", later)


@pytest.mark.parametrize(
    "odd",
    [
        {"name": ""},
        {"name": "   "},
        {"name": "x" * 201},
        {"name": "Y", "shown": ""},
        {"name": "Y", "shown": "0" * 64},
        {"name": "Y", "shown": "é" * 999},
    ],
)
def test_odd_input_signs_nothing(stay: Stay, odd: dict[str, str]) -> None:
    page = stay.open("volunteer", "/agreement")
    page = stay.volunteer.submit(page, status=422, action="/sign", **odd)
    assert "Please look at this again" in page.text
    assert stay.session.scalars(select(Signature)).all() == []


@pytest.mark.parametrize(
    "odd", [{"words": ""}, {"words": "short"}, {"words": "x" * 2001}, {"words": WHY}, {"own_rest": "x" * 1001}]
)
def test_odd_input_proposes_nothing(stay: Stay, odd: dict[str, str]) -> None:
    page = stay.open("host", "/agreement")
    given = {"words": WHY, **odd}
    page = stay.host.submit(page, status=422, **given)
    assert "Please look at this again" in page.text
    assert stay.session.scalars(select(Wording.number)).all() == [1]


def test_a_host_no_longer_reads_the_agreement_of_somebody_who_withdrew(stay: Stay) -> None:
    placements.withdraw(stay.session, stay.placement.volunteer.user, stay.placement)
    stay.placement.offer.application.state = "withdrawn"
    stay.session.commit()
    for rest in ("", "/agreement", "/agreement/1/copy"):
        stay.open("host", rest, status=404)


def test_names_are_hidden_in_blind_mode_and_arabic_reads_from_the_right(stay: Stay) -> None:
    for rest in ("/agreement", "/agreement/1/copy"):
        assert "Ыйман" not in stay.open("receiving", f"{rest}?blind=1").text
    page = stay.open("volunteer", "/agreement?lang=ar")
    assert page.markup.root["dir"] == "rtl"
