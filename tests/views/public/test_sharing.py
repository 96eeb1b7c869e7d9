"""An open assignment to pass on: what its text says, what it never says, and where there is one."""

from __future__ import annotations

import struct
import zlib

import pytest
from sqlalchemy import String, Text

from tests.browser import Visitor
from tests.factories import AnySession, make_assignment, make_host
from webapp import vocabulary
from webapp.config import LANGUAGES
from webapp.models import Assignment, Host, MoneyLine, Vio
from webapp.models.base import OneLine
from webapp.share_words import LONGEST

PERSON = "Wanjiru Otieno"
PUBLIC = {"title", "state", "mode", "sector", "online_from", "online_to", "time_zone"}
CODES = {
    "experience_level",
    "contact_children",
    "contact_adults",
    "step_free",
    "country",
    "kind",
    "external_id",
    "host_training",
    "volunteer_training",
    "language",
}


def _plant(row: Assignment | Host | Vio) -> None:
    """Write a person's name into every field in which somebody writes words of their own."""
    for column in row.__table__.columns:
        is_text = isinstance(column.type, String | Text | OneLine) and column.name not in PUBLIC | CODES
        if is_text and not column.foreign_keys:
            setattr(row, column.name, PERSON)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_text_is_short_and_names_nobody(client: Visitor, session: AnySession, language: str) -> None:
    work = make_assignment(session, title="Nurse for the ward " * 9, water="running")
    work.money = [MoneyLine(payer="host", payee="volunteer", what=PERSON, amount=PERSON, when=PERSON)]
    for row in (work, work.host, work.vio):
        _plant(row)
    session.commit()
    page = client.get(f"/assignments/{work.id}/share?text={language}")
    text = page.text.split("<textarea", 1)[1].split("</textarea>", 1)[0].split(">", 1)[1]
    assert "Nurse for the ward" in text
    assert f"/assignments/{work.id}?lang={language}" in text
    assert len(text) <= LONGEST
    for path in ("share", "share/sheet"):
        assert PERSON.split()[0] not in client.get(f"/assignments/{work.id}/{path}?text={language}").text
    assert "<svg" in page.text


def test_only_what_is_open_can_be_passed_on(client: Visitor, session: AnySession) -> None:
    closed = make_assignment(session, state="closed")
    hidden = make_assignment(session, make_host(session, verified=False))
    session.commit()
    for work in (closed, hidden):
        for path in ("share", "share.png", "share/sheet"):
            client.get(f"/assignments/{work.id}/{path}", status=404)


def test_the_picture_is_a_file_that_holds_the_same_squares(client: Visitor, session: AnySession) -> None:
    work = make_assignment(session)
    session.commit()
    response = client.client.get(f"/assignments/{work.id}/share.png")
    assert response.mimetype == "image/png"
    data = response.data
    side, high = struct.unpack(">II", data[16:24])
    size = struct.unpack(">I", data[33:37])[0]
    lines = zlib.decompress(data[41 : 41 + size])
    width = (side + 7) // 8 + 1
    assert data.startswith(b"\x89PNG") and side == high and len(lines) == side * width
    quiet, corner = lines[:width], lines[36 * width : 37 * width]
    assert set(quiet[1:-1]) == {255}, "the border is white"
    assert corner[1:5] == b"\xff" * 4 and corner[5:11] == b"\x00" * 6, "then the dark square that cameras look for"


def test_what_is_not_asked_for_is_not_named_and_what_is_too_long_is_left_out(
    client: Visitor, session: AnySession
) -> None:
    bare = make_assignment(session, skills={}, languages={})
    many = make_assignment(session, languages=dict.fromkeys(vocabulary.reference().languages, "B1"))
    session.commit()
    text = client.get(f"/assignments/{bare.id}/share?text=en").text
    assert "Languages:" not in text and "Skills:" not in text
    text = client.get(f"/assignments/{many.id}/share?text=en").text
    assert "Languages:" not in text and "Skills:" in text and f"/assignments/{many.id}?lang=en" in text
