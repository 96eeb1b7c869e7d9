"""Messages of a placement as its people read and write them."""

from __future__ import annotations

import pytest

from tests.views.together.conftest import Stay
from webapp.models import Message

HOSTILE = "<script>alert('x')</script> <b>bold</b> & \u202eevil"


def test_what_is_new_is_marked_until_it_was_read(stay: Stay) -> None:
    page = stay.open("volunteer", "/messages")
    page = stay.volunteer.submit(page, text="When does the bus go?\n\nAnd from where?")
    assert "When does the bus go?" in page.text
    assert "1 new" not in stay.open("volunteer", "").text
    for who in ("host", "receiving", "sending"):
        assert "1 new" in stay.open(who, "").text
        page = stay.open(who, "/messages")
        assert ">new" in page.text.replace("</svg>new", ">new")
        assert "1 new" not in stay.open(who, "").text


def test_names_of_the_senders_stand_with_their_organization(stay: Stay) -> None:
    for who in ("host", "receiving"):
        stay_visitor = getattr(stay, who)
        stay_visitor.submit(stay.open(who, "/messages"), text=f"Welcome from the {who}.")
    text = stay.open("volunteer", "/messages").text
    assert "Clinique du Lac" in text and stay.placement.receiving_vio.name in text


def test_a_message_is_text_and_nothing_else(stay: Stay) -> None:
    stay.host.submit(stay.open("host", "/messages"), text=HOSTILE)
    page = stay.open("volunteer", "/messages")
    assert "<script>alert" not in page.text and "<b>bold" not in page.text
    assert "&lt;b&gt;bold" in page.text


@pytest.mark.parametrize("odd", ["", "  \r\n ", "x" * 2001])
def test_odd_input_sends_nothing(stay: Stay, odd: str) -> None:
    page = stay.volunteer.submit(stay.open("volunteer", "/messages"), status=422, text=odd)
    assert "Please look at this again" in page.text
    assert stay.session.query(Message).count() == 0


def test_arabic_reads_from_the_right_and_blind_mode_hides_names(stay: Stay) -> None:
    stay.volunteer.submit(stay.open("volunteer", "/messages"), text="مرحبا")
    assert stay.open("volunteer", "/messages?lang=ar").markup.root["dir"] == "rtl"
    assert "مرحبا" not in stay.open("receiving", "/messages?blind=1").text
