"""No main page looks through a whole table that grows with an installation: each of its queries finds an index."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from data.bench.installation import signed_in
from data.bench.pages import scene
from tests.databases import copy_of, fill, postgresql_database
from tests.live import LiveServer
from webapp.db import bind, make_engine

# Tables with a row for each person, each assignment, or each thing that happened.
LARGE = frozenset(
    {"volunteer", "user", "match", "assignment", "application", "consent", "audit_event", "message", "signed_in"}
    | {"availability_window", "volunteer_skill", "volunteer_language", "assignment_skill", "placement", "review"}
)
READING = {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan"}  # steps of PostgreSQL that name a table
FORGET_OFFICES = (
    "DELETE FROM pg_statistic USING pg_attribute"
    " WHERE attrelid = starelid AND attnum = staattnum AND right(attname, 6) = 'vio_id'"
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


def _scans_on_postgresql(engine: Engine, sent: Sent) -> set[str]:
    """Return the large tables that a plan of PostgreSQL looks through.

    Few rows are quicker to look through than to find by an index, so it is asked to find them wherever it can. What it
    reads whole then, in whichever order, no index finds. An office has a third of all rows of the demonstration, which
    it would read whole rather, and a small part elsewhere: so it is not told how many.
    """
    found: set[str] = set()
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.exec_driver_sql(FORGET_OFFICES)
        for way in ("seqscan", "hashjoin", "mergejoin", "material"):
            connection.exec_driver_sql(f"SET enable_{way} = off")
        for statement, values in sent:
            if statement.startswith("SELECT"):
                plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
                found.update(f"{table}: {statement}" for table in _read_whole(plan[0]["Plan"]) & LARGE)
    return found


def _read_whole(step: dict[str, Any]) -> set[str]:
    """Return the tables that a step of a plan, or one below it, reads without a condition on an index."""
    below = step.get("Plans", [])
    found = set().union(*(_read_whole(one) for one in below))
    if step["Node Type"] in READING and not _has_condition(step):
        found.add(step["Relation Name"])
    return found


def _has_condition(step: dict[str, Any]) -> bool:
    return "Index Cond" in step or any(_has_condition(one) for one in step.get("Plans", []))


def _opened(site: LiveServer, url: str, scans: Callable[[Engine, Sent], set[str]]) -> dict[str, set[str]]:
    """Open the main pages over the database at `url`; return what `scans` finds in each page's statements."""
    found = {}
    engine = make_engine(url)
    bind(engine, join_transaction_mode="conditional_savepoint")
    for email, path in scene().pages():
        client = signed_in(site.app, email) if email else site.app.test_client()
        with _sent(engine) as sent:
            assert client.get(path).status_code == 200
        assert sent
        found[path] = scans(engine, sent)
    engine.dispose()
    return found


def test_no_main_page_looks_through_a_large_table(demonstration: LiveServer, tmp_path: Path) -> None:
    with copy_of(demonstration.engine, tmp_path) as url:
        faults = _opened(demonstration, url, _scans)
    assert not any(faults.values()), faults


def test_nor_does_it_on_postgresql(demonstration: LiveServer, postgres_url: str) -> None:
    with postgresql_database(postgres_url, f"caravanserai_{uuid.uuid4().hex[:12]}") as url:
        fill(url, demonstration.engine)
        faults = _opened(demonstration, url, _scans_on_postgresql)
        engine = make_engine(url)
        whole = [("SELECT id FROM volunteer WHERE full_name LIKE %s", ("%a%",)), ("SELECT id FROM host", ())]
        assert {one.split(":")[0] for one in _scans_on_postgresql(engine, whole)} == {"volunteer"}
        engine.dispose()
    assert not any(faults.values()), faults


def test_a_query_without_an_index_would_be_found(demonstration: LiveServer) -> None:
    whole = [("SELECT id FROM volunteer WHERE full_name LIKE ?", ("%a%",)), ("SELECT id FROM host", ())]
    assert {step.split()[1] for step in _scans(demonstration.engine, whole)} == {"volunteer"}
