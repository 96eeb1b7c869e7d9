"""No main page looks through a whole table that grows with an installation: each of its queries finds an index."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, insert, select

from data.bench.installation import signed_in
from data.bench.pages import scene
from tests.databases import copy_of, postgresql_database
from tests.live import LiveServer
from webapp.db import bind, make_engine
from webapp.models import Base

# Tables with a row for each person, each assignment, or each thing that happened.
LARGE = frozenset(
    {"volunteer", "user", "match", "assignment", "application", "consent", "audit_event", "message", "signed_in"}
    | {"availability_window", "volunteer_skill", "volunteer_language", "assignment_skill", "placement", "review"}
)
SCANNED = re.compile(r"^SCAN (\w+)")
READ_WHOLE = re.compile(r"Seq Scan on \"?(\w+)")
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


def _sequential(engine: Engine, sent: Sent) -> set[str]:
    """Return the large tables that PostgreSQL reads row by row although it shall not: for want of an index."""
    found: set[str] = set()
    with engine.connect() as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")  # of a few rows it would read all, index or not
        for statement, values in sent:
            if statement.startswith("SELECT"):
                plan = "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values))
                found.update(name for name in READ_WHOLE.findall(plan) if name in LARGE)
    return found


def _fill(engine: Engine, source: Engine) -> None:
    """Copy all rows of another database with the same tables."""
    with source.connect() as given, engine.begin() as connection:
        connection.exec_driver_sql("SET session_replication_role = replica")  # no order of tables, no triggers
        for table in Base.metadata.tables.values():
            rows = [dict(row) for row in given.execute(select(table)).mappings()]
            connection.execute(table.delete())
            if rows:
                connection.execute(insert(table), rows)
                if "id" in table.c:  # what comes next gets a number of its own
                    last = f"setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), max(id))"
                    connection.exec_driver_sql(f'SELECT {last} FROM "{table.name}"')
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


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


def test_each_query_of_a_main_page_finds_an_index_on_postgresql(demonstration: LiveServer, postgres_url: str) -> None:
    faults = {}
    with postgresql_database(postgres_url, f"caravanserai_{uuid.uuid4().hex[:12]}") as url:
        engine = make_engine(url)
        _fill(engine, demonstration.engine)
        bind(engine, join_transaction_mode="conditional_savepoint")
        for email, path in scene().pages():
            client = signed_in(demonstration.app, email) if email else demonstration.app.test_client()
            with _sent(engine) as sent:
                assert client.get(path).status_code == 200
            faults[path] = _sequential(engine, sent)
        whole = [("SELECT id FROM volunteer WHERE full_name LIKE %s", ("%a%",)), ("SELECT id FROM host", ())]
        assert _sequential(engine, whole) == {"volunteer"}
        engine.dispose()
    assert not any(faults.values()), faults


def test_a_query_without_an_index_would_be_found(demonstration: LiveServer) -> None:
    whole = [("SELECT id FROM volunteer WHERE full_name LIKE ?", ("%a%",)), ("SELECT id FROM host", ())]
    assert {step.split()[1] for step in _scans(demonstration.engine, whole)} == {"volunteer"}
