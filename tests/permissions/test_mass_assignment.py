"""What a form does not offer changes nothing, though it is named like a column: role, state, owner, date, result."""

from __future__ import annotations

import hashlib
import itertools
import random
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Boolean, CheckConstraint, DateTime, Engine, event
from sqlalchemy.types import TypeDecorator

from tests.factories import AnySession
from tests.permissions.filled_forms import Filled, forms_of
from tests.permissions.worlds import Browser, Person, path_of, people_of_all_worlds
from webapp import clock, permissions
from webapp.models import Base

# One account of each role, which between them send every form; the others meet more kinds of rows.
ONE_EACH = (
    "visitor",
    "administrator",
    "coordinator own",
    "host own",
    "volunteer a3",
    "safe focal_point second",
    "safe supporter",
)
MORE = (
    "coordinator partner",
    "host beside",
    "safe focal_point named",
    "safe coordinator",
    "safe volunteer",
    "afterwards coordinator of mentor",
    "afterwards volunteer mentor",
    "afterwards volunteer newcomer",
)
ALWAYS = {"role": "administrator", "is_staff": "1", "is_admin": "1", "result": "cleared", "status": "approved"}
Writes = list[tuple[str, Any]]


def _guarded() -> dict[str, str]:
    """Return the names of columns that no form may set by chance, each with a value that would do harm."""
    found = dict(ALWAYS)
    for table in Base.metadata.tables.values():
        for column in table.columns:
            kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
            if column.primary_key or column.foreign_keys or isinstance(kind, Boolean):
                found.setdefault(column.name, "1")
            elif isinstance(kind, DateTime):
                found.setdefault(column.name, "2020-01-01 00:00:00")
            elif words := _words_of(table, column.name):
                found.setdefault(column.name, words[-1])
    return found


def _words_of(table: Any, name: str) -> list[str]:
    """Return the words that a column may hold, where the database says which."""
    rules = (str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint))
    return [word for rule in rules if f"{name} IN (" in rule for word in re.findall("'([^']+)'", rule)]


@contextmanager
def _written(engine: Engine) -> Iterator[Writes]:
    """Yield what is written to the database within: each statement with its values."""
    writes: Writes = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            writes.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    yield writes
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def foreseeable(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Yield what starts chance anew from a word, so that the same request twice writes the same."""
    state: list[Any] = ["first", itertools.count()]

    def chance(size: int) -> bytes:
        return hashlib.shake_256(f"{state[0]} {next(state[1])}".encode()).digest(size)

    def anew(word: str) -> None:
        state[:] = [word, itertools.count()]

    monkeypatch.setattr("os.urandom", chance)
    monkeypatch.setattr(random, "_urandom", chance)
    with time_machine.travel(clock.now(), tick=False):
        yield anew


def _forms(app: Flask, person: Person, browser: Browser) -> dict[str, Filled]:
    """Return the forms that the account can send, by endpoint: of its pages, else an empty one."""
    near = {name: ids[0] for name, ids in person.near.items() if ids}
    found: dict[str, Filled] = {}
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and person.role in permissions.roles_of(rule.endpoint):
            found[rule.endpoint] = Filled(rule.endpoint, path_of(app, rule, near), {}, set())
    for form in forms_of(app, browser, person):
        if len(form.names) > len(found[form.endpoint].names):
            found[form.endpoint] = form
    return found


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # how a form is read is the same on both databases
@pytest.mark.parametrize("who", [ONE_EACH, pytest.param(ONE_EACH + MORE, marks=pytest.mark.long)], ids=["few", "all"])
def test_fields_that_a_form_does_not_offer_change_nothing(
    app: Flask,
    engine: Engine,
    session: AnySession,
    who: tuple[str, ...],
    foreseeable: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    guarded, people = _guarded(), people_of_all_worlds(app, session)
    assert {"role", "vio_id", "user_id", "state", "status", "result", "id", "active", "confirmed_at"} <= set(guarded)
    tried: dict[str, bool] = {}
    faults = []
    for person in (one for one in people if one.name in who):
        browser = Browser(app, session, person)
        for endpoint, form in _forms(app, person, browser).items():
            if tried.get(endpoint):
                continue  # somebody's was kept
            more = {name: value for name, value in guarded.items() if name not in form.names | set(form.data)}
            results = []
            for data in (form.data, {**form.data, **more}):
                foreseeable(f"{person.name} {endpoint}")
                with _written(engine) as writes:
                    answer = browser.ask("POST", form.path, data)
                results.append((answer.status_code, writes))
            (status, plain), (_, with_more) = results
            tried[endpoint] = tried.get(endpoint, False) or (status < 400 and bool(plain))
            if results[0] != results[1]:
                changed = [one for one in with_more if one not in plain][:2]
                faults.append(f"{person.name} {form.path}: {status} {results[1][0]} {changed}")
    with capsys.disabled():
        sys.stdout.write(f"\n{len(tried)} forms with {len(guarded)} names each, {sum(tried.values())} of them kept\n")
    assert faults == []
    assert set(tried) == _posted(app)
    assert sum(tried.values()) >= len(tried) // 3, "hardly a form was kept: the test looks at nothing"


def _posted(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
