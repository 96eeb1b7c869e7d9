"""No page asks the database more often because there are more rows: read in few queries, however long a list is."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from data.bench.installation import signed_in
from tests.databases import copy_of, in_postgresql
from tests.growth import grow
from tests.journey.pages import Person, addresses, people
from tests.live import LiveServer
from webapp.db import bind, make_engine, own_session

# What stays as it is while all else is copied, so that the lists of an office, of a host and of a volunteer grow; and
# whose pages show it.
GROWTHS = {
    "office": (frozenset({"host"}), ("visitor", "administrator", "coordinator", "focal_point", "supporter")),
    "host": (frozenset({"host", "user"}), ("host", "coordinator")),
    "person": (frozenset({"host", "user", "volunteer"}), ("volunteer",)),
}
KINDS = ("sqlite", "postgresql")
PART = 500  # rows whose others are read in one statement
SHOWN = 200  # characters of a statement
VALUE = re.compile(r"%\(\w+\)s(?:::[A-Z]+(?: WITH TIME ZONE)?)?")  # as PostgreSQL's driver writes it
MANY = re.compile(r"\(\?(?:, \?)*\)")  # however many are asked for, it is one statement
Counts = dict[tuple[str, str, str], Counter[str]]


class Queries:
    """The statements that this thread sends; what other threads read beside a page is not the page's."""

    def __init__(self) -> None:
        self.sent: Counter[str] = Counter()
        self._thread = threading.get_ident()

    def note(self, _connection: object, _cursor: object, statement: str, *_others: object) -> None:
        """Count one statement, but not those that read a full part of a list: the rest of it follows and counts."""
        if threading.get_ident() == self._thread:
            plain = VALUE.sub("?", statement)
            if plain.count("?") < PART:
                self.sent[MANY.sub("(?, ...)", plain)] += 1


@contextmanager
def _counted(engine: Engine) -> Iterator[Queries]:
    queries = Queries()
    event.listen(engine, "before_cursor_execute", queries.note)
    try:
        yield queries
    finally:
        event.remove(engine, "before_cursor_execute", queries.note)


def _open(client: FlaskClient, path: str, queries: Queries) -> Counter[str]:
    queries.sent = Counter()
    answer = client.get(path)
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"
    return queries.sent.copy()  # what follows is another page's


def _counts(site: LiveServer, engine: Engine, who: list[Person], before: Counts) -> Counts:
    """Open every page of these people, once more where it took more than `before`: the first fills what is kept."""
    found: Counts = {}
    with _counted(engine) as queries:
        for person in who:
            client = signed_in(site.app, person.email) if person.email else site.app.test_client()
            for _endpoint, path in list(addresses(site.app, person)):  # each page in a request of its own
                key = person.role, person.pages, path
                sent = _open(client, path, queries)
                if sent.total() > before.get(key, Counter()).total():
                    again = _open(client, path, queries)
                    sent = min(sent, again, key=Counter.total)
                found[key] = sent
    return found


def _grow(engine: Engine, kept: frozenset[str]) -> None:
    with engine.begin() as connection:
        assert grow(connection, kept)["application"]


def _faults(before: Counts, after: Counts) -> list[str]:
    """Return the pages that send more statements, and one of them more often: what is sent once is of a new kind."""
    faults = []
    for key, sent in after.items():
        more = {text: number for text, number in (sent - before[key]).items() if sent[text] > 1}
        if more and sent.total() > before[key].total():
            said = "".join(f"\n    +{number} {_short(text)}" for text, number in more.items())
            faults.append(f"{key} {before[key].total()} -> {sent.total()}{said}")
    return faults


def _short(statement: str) -> str:
    """Return a statement from its last table on, where it shows what is looked for."""
    words = " ".join(statement.split())
    return words[max(0, words.find(" FROM ")) :][:SHOWN]


@contextmanager
def _database(kind: str, site: LiveServer, folder: Path, postgres_url: str) -> Iterator[str]:
    """Yield a copy of the demonstration in a database of this kind."""
    if kind == "sqlite":
        with copy_of(site.engine, folder) as url:
            yield url
        return
    with in_postgresql(postgres_url, site.engine) as url:
        yield url


@pytest.mark.parametrize(
    ("kind", "growth"),
    [
        ("sqlite", "person"),
        pytest.param("postgresql", "person", marks=pytest.mark.long),
        *(pytest.param(kind, growth, marks=pytest.mark.long) for kind in KINDS for growth in ("office", "host")),
    ],
)
def test_no_page_asks_more_often_because_there_are_more_rows(
    demonstration: LiveServer, tmp_path: Path, postgres_url: str, kind: str, growth: str
) -> None:
    kept, roles = GROWTHS[growth]
    bind(demonstration.engine, join_transaction_mode="conditional_savepoint")
    with own_session() as session:
        who = [person for person in people(session) if person.role in roles]
    with _database(kind, demonstration, tmp_path, postgres_url) as url:
        engine = make_engine(url)
        bind(engine, join_transaction_mode="conditional_savepoint")
        _grow(engine, kept)  # counted from here: the first row of a kind may ask for what belongs to its kind
        before = _counts(demonstration, engine, who, {})
        _grow(engine, kept)
        faults = _faults(before, _counts(demonstration, engine, who, before))
        engine.dispose()
    assert not faults, "\n".join(faults)
