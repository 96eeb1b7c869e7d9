"""No main page looks through a whole table that grows with an installation: each of its queries finds an index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from data.bench.installation import signed_in
from data.bench.pages import scene
from tests.databases import copy_of
from tests.live import LiveServer
from webapp.db import bind, make_engine

# Tables with a row for each person, each assignment, or each thing that happened.
LARGE = frozenset(
    {"volunteer", "user", "match", "assignment", "application", "consent", "audit_event", "message", "signed_in"}
    | {"availability_window", "volunteer_skill", "volunteer_language", "assignment_skill", "placement", "review"}
)
SCANNED = re.compile(r"^SCAN (\w+)")
Sent = list[tuple[str, Any]]


@contextmanager
def _sent(engine: Engine) -> Iterator[Sent]:
    sent: Sent = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_others: object) -> None:
        sent.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _scans(engine: Engine, sent: Sent) -> set[str]:
    """Return the steps of SQLite's plans that look through a large table, with or without an index."""
    found: set[str] = set()
    with engine.connect() as connection:
        for statement, values in sent:
            if statement.startswith("SELECT"):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
                steps = [(row[3], SCANNED.match(row[3])) for row in plan]
                found.update(step for step, scan in steps if scan and scan[1] in LARGE)
    return found


def test_no_main_page_looks_through_a_large_table(demonstration: LiveServer, tmp_path: Path) -> None:
    faults = {}
    with copy_of(demonstration.engine, tmp_path) as url:
        engine = make_engine(url)
        bind(engine, join_transaction_mode="conditional_savepoint")
        for email, path in scene().pages():
            client = signed_in(demonstration.app, email) if email else demonstration.app.test_client()
            with _sent(engine) as sent:
                assert client.get(path).status_code == 200
            faults[path] = _scans(engine, sent)
        engine.dispose()
    assert not any(faults.values()), faults


def test_a_query_without_an_index_would_be_found(demonstration: LiveServer) -> None:
    whole = [("SELECT id FROM volunteer WHERE full_name LIKE ?", ("%a%",)), ("SELECT id FROM host", ())]
    assert {step.split()[1] for step in _scans(demonstration.engine, whole)} == {"volunteer"}
