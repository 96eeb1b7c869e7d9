"""The readings of an agreement say the same terms, every one of them, and what is missing stays missing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

from tests.services.test_agreements import any_assignment
from webapp.agreement_sayings import PARTS, SAYINGS, SIDES
from webapp.agreement_words import (
    NEUTRAL,
    TO_HOST,
    TO_VOLUNTEER,
    VISITORS,
    Told,
    changes_of,
    not_agreed,
    parts_told,
)
from webapp.models import Assignment
from webapp.services.agreement_terms import Term, terms_of

READINGS = (TO_VOLUNTEER, TO_HOST, NEUTRAL)
PLACES = re.compile(r"%\((\w+)\)s")


def _told(terms: list[Term], reading: str, language: str = "en") -> list[Told]:
    return [term for part in parts_told(terms, reading, language) for term in part.terms]


@pytest.mark.parametrize("code", SAYINGS)
def test_every_reading_of_a_term_has_the_same_values(code: str) -> None:
    saying = SAYINGS[code]
    values = [sorted(PLACES.findall(getattr(saying, reading).text)) for reading in READINGS]
    assert values[0] == values[1] == values[2]
    ends = {getattr(saying, reading).text.endswith(":") for reading in READINGS}
    assert len(ends) == 1, "in one reading the host's words follow, in another not"


def test_the_host_is_never_called_you_by_mistake() -> None:
    for code, saying in SAYINGS.items():
        assert not re.search(r"\b[Yy]our?\b", saying.neutral.text), code


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(work=any_assignment())
def test_readings_say_the_same_terms_and_all_of_them(app: Flask, work: Assignment) -> None:
    terms = terms_of(work)
    with app.test_request_context():
        told = {reading: _told(terms, reading) for reading in READINGS}
        names = {name for _code, name in not_agreed(terms)}
    assert {term.part for term in terms} <= set(PARTS)
    assert {term.side for term in terms} <= set(SIDES)
    for reading in READINGS:
        assert [one.code for one in told[reading]] == [term.code for term in terms]
        for term, one in zip(terms, told[reading], strict=True):
            assert one.said == told[NEUTRAL][terms.index(term)].said or term.code == "payment"
            assert "%(" not in one.sentence
            assert (one.label in names) >= bool(term.missing)
            assert one.is_by_hand or one.is_open or one.sentence
            if term.values and not term.missing:
                assert not one.is_open
                assert one.said or one.items or not one.sentence.endswith(":")


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(work=any_assignment())
def test_every_stated_line_stands_in_every_reading(app: Flask, work: Assignment) -> None:
    terms = terms_of(work)
    with app.test_request_context(headers={"Accept-Language": "ar"}):
        for reading in READINGS:
            said = [line for one in _told(terms, reading, "ar") for line in one.said]
            assert all(line in said for term in terms for line in term.values.get("lines") or [])


def _term(code: str, **values: Any) -> Term:
    return Term("money", "host", code, values)


def test_what_is_partly_said_names_what_is_not(app: Flask) -> None:
    terms = [
        _term("payment", payer="host", payee="volunteer", what="room", amount=None),
        _term("online_hours", start="08:00", end=None, zone="Africa/Nairobi"),
        _term("hours", hours=None),
    ]
    with app.test_request_context():
        paid, online, hours = _told(terms, TO_HOST)
    assert (paid.sentence, paid.said, paid.lacks) == (
        "The volunteer will receive from your organization:",
        ["room"],
        ["how much"],
    )
    assert "08:00 to not agreed yet" in online.sentence
    assert [one.is_open for one in (paid, online, hours)] == [False, False, True]


def test_a_visitor_reads_no_name_and_no_free_answer_on_neighbours(app: Flask) -> None:
    terms = [Term("people", "host", code, {"lines": ["Ada"]}) for code in ("supervisor", "counterpart", "handover")]
    with app.test_request_context():
        told = _told([*terms, Term("safety", "host", "safety_person", {"lines": None})], VISITORS)
    assert [one.code for one in told] == ["supervisor", "counterpart", "safety_person"]
    assert "Ada" not in str(told)
    assert told[-1].is_open


def test_difference_is_told_term_by_term_with_every_payment(app: Flask) -> None:
    room = _term("payment", payer="host", payee="volunteer", what="room", amount="free")
    food = _term("payment", payer="host", payee="volunteer", what="food", amount="2 a day", when="Mondays")
    with app.test_request_context():
        changes = changes_of(
            [room, _term("hours", hours=20), _term("respect")],
            [room, food, _term("hours", hours=None), _term("respect")],
            NEUTRAL,
            "en",
        )
    assert [one.label for one in changes] == ["Paid to the volunteer", "Hours a week"]
    assert "food, 2 a day (Mondays)" in changes[0].after
    assert "food" not in changes[0].before
    assert changes[1].after == "not agreed yet"
