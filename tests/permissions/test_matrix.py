"""Every route, every role, own, partner and other VIO, each method: what the table says and nothing else."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.factories import AnySession
from tests.permissions.worlds import (
    NOWHERE,
    OPEN_TO_STRANGERS,
    Browser,
    Person,
    is_bound,
    path_of,
    people_of_all_worlds,
    sameness,
)
from tests.test_who_sees_whom import _text
from webapp import permissions
from webapp.permissions import ANONYMOUS

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Nobody's rows can be meant, or the service is not asked.
APART = ("static", "security.static", "public.healthz", "public.metrics")
FEWEST = 5  # cases of a route


def _routes(app: Flask) -> list[tuple[str, Rule]]:
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
    return [
        (method, rule)
        for method in METHODS
        for rule in rules
        if method in (rule.methods or ()) and rule.endpoint not in APART
    ]


def _refused(person: Person, method: str, browser: Browser, path: str) -> Iterator[str]:
    """Yield a fault unless somebody whose role the table does not name is sent away."""
    answer = browser.ask(method, path)
    if person.role == ANONYMOUS and method == "GET":
        if answer.status_code != 302 or "/login" not in answer.headers["Location"]:
            yield f"{answer.status_code}, not sent to the log-in"
    elif answer.status_code != 403:
        yield f"{answer.status_code}, not 403"


def _strange(person: Person, method: str, browser: Browser, app: Flask, rule: Rule, most: int) -> Iterator[list[str]]:
    """Yield for each address with one foreign number the faults: it answers as the number of no row does."""
    near = {name: ids[0] for name, ids in person.near.items() if ids}
    for name in sorted(rule.arguments & set(person.foreign) - OPEN_TO_STRANGERS):
        nothing = browser.ask(method, path_of(app, rule, {**near, name: NOWHERE}))
        for number in person.foreign[name][:most]:
            path = path_of(app, rule, {**near, name: number})
            answer = browser.ask(method, path)
            faults = [f"{path} answers {answer.status_code}, not 404"] if answer.status_code != 404 else []
            faults += [f"{path} differs from the page of no row"] if sameness(answer) != sameness(nothing) else []
            yield faults + _leaks(person, _text(answer))


def _own(person: Person, method: str, browser: Browser, path: str) -> list[str]:
    answer = browser.ask(method, path)
    faults = (
        [f"{path} answers {answer.status_code}"]
        if answer.status_code in (401, 403) or answer.status_code >= 500
        else []
    )
    return faults + _leaks(person, _text(answer))


def _leaks(person: Person, text: str) -> list[str]:
    folded = text.casefold()
    return [f"shows {words}" for words in person.marks if words in folded]


def _walk(app: Flask, session: AnySession, person: Person, most: int, cases: Counter[str], is_first: bool) -> list[str]:
    """Ask for every route; the first of a role also for those of other roles."""
    browser, faults = Browser(app, session, person), []
    for method, rule in _routes(app):
        found: list[str] = []
        near = {name: ids[0] for name, ids in person.near.items() if ids}
        if not person.opens(rule.endpoint):
            if not (is_first or person.is_delegated):
                continue
            found += _refused(person, method, browser, path_of(app, rule, near))
        else:
            found += _own(person, method, browser, path_of(app, rule, near))
            if is_bound(rule, person.role):
                for one in _strange(person, method, browser, app, rule, most):
                    found += one
                    cases[rule.rule] += 1
        cases[rule.rule] += 1
        faults += [f"{person.name} {method} {rule.rule}: {fault}" for fault in found]
    return faults


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_route_answers_every_account_as_the_table_says(
    app: Flask, session: AnySession, capsys: pytest.CaptureFixture[str]
) -> None:
    _check(app, session, capsys, most=1, is_full=False)


@pytest.mark.long
def test_every_route_answers_the_accounts_of_all_scenes_about_all_foreign_rows(
    app: Flask, session: AnySession, capsys: pytest.CaptureFixture[str]
) -> None:
    _check(app, session, capsys, most=40, is_full=True)


def _check(app: Flask, session: AnySession, capsys: pytest.CaptureFixture[str], most: int, is_full: bool) -> None:
    people, cases = people_of_all_worlds(app, session), Counter[str]()
    people = people if is_full else [one for one in people if one.is_of_first_world]
    first = {one.role: one for one in reversed(people)}
    assert set(first) == set(permissions.table().roles)
    faults = [fault for one in people for fault in _walk(app, session, one, most, cases, one is first[one.role])]
    with capsys.disabled():
        sys.stdout.write(f"\n{sum(cases.values())} cases on {len(cases)} routes for {len(people)} accounts\n")
    assert faults == []
    assert min(cases.values()) >= FEWEST
