"""A person's line holds all that was stored."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Reference, parse_volunteers
from matching.engine.people import from_lines, to_line
from matching.records import Hours, Licence, Volunteer
from matching.text import Link
from tests.matching.frames import frame
from tests.matching.strategies import VOLUNTEERS

LINKS = {"AGR-01": Link("AGR-01", 0.1 + 0.2, 'pruning "olives", \ud83d')}


@settings(max_examples=60, deadline=None)
@given(people=st.lists(VOLUNTEERS, min_size=1, max_size=5))
def test_people_come_back_as_they_were(people: list[dict[str, str]]) -> None:
    numbered = [{**row, "id": f"v{number}"} for number, row in enumerate(people)]
    stored = parse_volunteers(frame(*numbered), Reference.load())
    found = from_lines(to_line(one, LINKS) for one in stored)
    assert found == [(one, LINKS) for one in stored]
    assert all(isinstance(hash(one), int) for one, _ in found)  # no list is left anywhere


def test_nought_and_blank_stay_what_they_are() -> None:
    one = Volunteer("v", stay_min_weeks=0, online_hours=0, hours=Hours(0, 0, "Asia/Almaty"), noted="00ff")
    held = replace(one, licences=(Licence("AGR-01", "KZ"), Licence("AGR-01", "KZ", date(2027, 1, 31))))
    nobody = Volunteer("")
    assert from_lines(to_line(someone, {}) for someone in (one, held, nobody)) == [(one, {}), (held, {}), (nobody, {})]
    assert all(getattr(nobody, field.name) in ("", (), None, False) for field in fields(nobody))
