"""The scenes of the tests of sight side by side: what belongs to one is foreign to the accounts of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.factories import AnySession
from tests.permissions.countries import Countries, hidden, make_countries
from tests.test_afterwards_sight import make_afterwards
from tests.test_safety_sight import make_safe
from tests.test_who_sees_whom import MAY_SEE, OTHERS, _sign_in, _text, _token, _values, make_scene, mark
from webapp import permissions
from webapp.db import Session
from webapp.permissions import ANONYMOUS

NOWHERE = 987_654_321  # the number of no row
UNBOUND = {"any", "self", "link"}  # relations that ask nothing of a row
# Rows that strangers reach on purpose: an alumna whom any newcomer may ask.
OPEN_TO_STRANGERS = {"alumnus_id"}

Ids = dict[str, list[int]]


@dataclass
class Person:
    """An account, or nobody's: what is near to it, what is foreign, and whose marks it may meet."""

    name: str
    role: str
    email: str
    near: Ids
    foreign: Ids
    marks: set[str]  # that it may not meet
    is_of_first_world: bool = True
    is_delegated: bool = False

    def opens(self, endpoint: str) -> bool:
        """Whether the table opens a page to the account."""
        return permissions.opens(self.role, self.is_delegated, endpoint)


def people_of_all_worlds(app: Flask, session: AnySession) -> list[Person]:
    """Make the four scenes, and return their accounts."""
    scene, safe, afterwards = make_scene(session, app), make_safe(session), make_afterwards(session)
    made = make_countries(session, app)
    marks = {name: {kind: mark(kind, name) for kind in ("NAME", "MAIL", "TELE", "TEXT")} for name in scene.people}
    worlds = {"": (scene.accounts, scene.ids), "safe ": (safe.accounts, safe.ids)}
    worlds["afterwards "] = (afterwards.accounts, afterwards.ids)
    found = [Person("visitor", ANONYMOUS, "", {}, {}, _hidden(marks, {}))]
    for world, (accounts, ids) in worlds.items():
        elsewhere = _together(*(others for name, (_, others) in worlds.items() if name != world), made.ids)
        for name, account in accounts.items():
            foreign = _together(OTHERS[name](scene), elsewhere) if not world and name in OTHERS else elsewhere
            seen = MAY_SEE.get(name, {}) if not world else {}
            may_not = set() if account.role == "administrator" else _hidden(marks, seen)
            near = {key: [one for one in all_ids if one not in foreign.get(key, ())] for key, all_ids in ids.items()}
            found.append(Person(world + name, account.role, account.email, near, foreign, may_not, not world))
    found += of_countries(made, _together(*(ids for _accounts, ids in worlds.values())), _hidden(marks, {}))
    session.commit()
    return found


def of_countries(made: Countries, elsewhere: Ids, marks: set[str]) -> list[Person]:
    """Return a coordinator with a country, to whom the rest of the own VIO is foreign, and one of all of it.

    `elsewhere` and `marks` are those of the other scenes.
    """
    there, every = _together(made.there, elsewhere), _together(made.here, made.there)
    some, whole = (made.accounts[name] for name in ("coordinator delegated", "coordinator of all"))
    return [
        Person("countries some", some.role, some.email, made.here, there, marks | hidden(), False, True),
        Person("countries all", whole.role, whole.email, every, elsewhere, marks, False),
    ]


def _together(*some: Ids) -> Ids:
    keys = {key for ids in some for key in ids}
    return {key: [one for ids in some for one in ids.get(key, ())] for key in sorted(keys)}


def _hidden(marks: dict[str, dict[str, str]], seen: dict[str, frozenset[str]]) -> set[str]:
    return {
        words
        for name, kinds in marks.items()
        for kind, words in kinds.items()
        if kind not in seen.get(name, frozenset())
    }


class Browser:
    """A signed-in client whose every request finds the database, and its own cookie, as they were at first."""

    def __init__(self, app: Flask, session: AnySession, person: Person) -> None:
        self.client: FlaskClient = app.test_client()
        self.connection: Connection = session.get_bind()  # type: ignore[assignment]
        if person.email:
            _sign_in(self.client, person.email)
        self.token = _token(self.client)
        cookie = self.client.get_cookie("session")
        self.cookie = cookie.value if cookie else ""

    def ask(self, method: str, path: str, data: dict[str, Any] | None = None) -> TestResponse:
        """Send one request, and undo what it wrote."""
        self.client.set_cookie("session", self.cookie)
        with undone(self.connection):
            if method == "GET":
                return self.client.get(path)
            return self.client.open(path, method=method, data={"csrf_token": self.token, **(data or {})})


@contextmanager
def undone(connection: Connection) -> Iterator[None]:
    """Forget what is written within, also what is committed."""
    Session.remove()
    point = connection.begin_nested()
    try:
        yield
    finally:
        Session.remove()
        point.rollback()


def is_bound(rule: Rule, role: str) -> bool:
    """Whether the table asks for a relation to the row that the address names."""
    action = permissions.table().by_page[rule.endpoint]
    return bool(set(action.gives[role]) - UNBOUND)


def path_of(app: Flask, rule: Rule, ids: dict[str, Any]) -> str:
    """Return an address of the rule; what `ids` does not name gets the first value that the rule knows."""
    values = {name: ids[name] if name in ids else _values(rule, name, {})[0] for name in rule.arguments}
    with app.test_request_context():
        built = rule.build(values, append_unknown=False)
    assert built is not None
    return built[1]


def sameness(response: TestResponse) -> tuple[int, str]:
    """Return what tells one answer from another, without numbers and tokens."""
    text = re.sub(r'value="[^"]*"|nonce-[^\'"]*', "", _text(response))
    return response.status_code, re.sub(r"\d+", "N", text)
