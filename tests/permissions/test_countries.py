"""A coordinator to whom countries are delegated reads and does what lies there, and meets nothing else of the VIO."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask

from tests.factories import AnySession
from tests.permissions.countries import NOT_HERE, Countries, make_countries, shown
from tests.permissions.test_matrix import _walk
from tests.permissions.worlds import Browser, Person, of_countries
from tests.test_who_sees_whom import _paths, _rules, _text, mark


@pytest.fixture
def made(session: AnySession, app: Flask) -> Countries:
    """Return the scene, stored."""
    made = make_countries(session, app)
    session.commit()
    return made


def _people(made: Countries) -> list[Person]:
    return of_countries(made, {}, set())


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_rows_of_other_countries_answer_as_if_they_did_not_exist(
    app: Flask, session: AnySession, made: Countries
) -> None:
    """Every route and method, with a number of each kind that is not delegated."""
    some, _whole = _people(made)
    cases = Counter[str]()
    assert _walk(app, session, some, 1, cases, is_first=False) == []
    assert sum(cases.values()) > 500


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_is_delegated_is_read_and_nothing_else(app: Flask, session: AnySession, made: Countries) -> None:
    some, whole = _people(made)
    read = {}
    for person in (some, whole):
        browser = Browser(app, session, person)
        rules = [rule for rule in _rules(app, "GET") if person.opens(rule.endpoint)]
        paths = [path for rule in rules for path in _paths(app, rule, made.ids, most=20)]
        answers = [(path, browser.ask("GET", path)) for path in paths]
        assert [path for path, answer in answers if answer.status_code >= 500] == []
        read[person.name] = "".join(_text(answer) for _path, answer in answers).casefold()
    assert {words for words in some.marks if words in read[some.name]} == set()
    assert {words for words in shown() if words not in read[some.name]} == set()
    written = {mark(kind, tag) for kind in ("WORK", "HOST") for tag in NOT_HERE}
    assert {words for words in written if words not in read[whole.name]} == set(), "the test looks for what is nowhere"
