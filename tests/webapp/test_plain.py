"""Names and titles are one plain line, whatever way they come in."""

from __future__ import annotations

import hashlib

import pytest

from tests.factories import AnySession, make_volunteer
from webapp.plain import one_line
from webapp.services.match_review import person_code


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Awa\tNdiaye ", "Awa Ndiaye"),
        ("A\r\nBcc: z@z.example", "A Bcc: z@z.example"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u200b \ufeff", ""),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Zoe\u0308", "Zoë"),
        ("欧阳雨桐", "欧阳雨桐"),
    ],
)
def test_a_name_is_one_plain_line(given: str, kept: str) -> None:
    assert one_line(given) == kept
    assert one_line(kept) == kept


def test_the_database_keeps_names_plain(session: AnySession) -> None:
    volunteer = make_volunteer(session, full_name="Awa\r\nNdiaye\u202e", call_me="\u200bAwa")
    session.expire(volunteer)
    assert (volunteer.full_name, volunteer.call_me) == ("Awa Ndiaye", "Awa")


def test_codes_of_nameless_people_differ_by_assignment_and_cannot_be_worked_out() -> None:
    codes = {person_code(assignment, volunteer) for assignment in range(1, 20) for volunteer in range(1, 20)}
    # Six signs can be the same by chance: of 361 once in 260 runs.
    assert len(codes) >= 19 * 19 - 3
    assert person_code(1, 2) != hashlib.sha256(b"1:2").hexdigest()[:6].upper()
