"""No page looks through a whole table that grows with an installation: each of its queries finds an index."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, update

from data.bench.installation import signed_in
from tests.databases import copy_of, in_postgresql
from tests.journey.pages import addresses, people
from tests.live import LiveServer
from webapp.db import bind, make_engine, own_session
from webapp.models import Base, MatchRun
from webapp.services import supply_pool

# Of these there are few beside the people: one for each office or host, or for what few of its people meet with.
FEW = {"access_review", "held_stay", "help_call", "help_hand", "host", "mentorship", "safeguarding", "vio"}
LARGE = frozenset(Base.metadata.tables) - FEW
# Of a table with some rows PostgreSQL rather reads all, so it is asked only about those with a row for each person,
# each assignment, or each thing that happened.
LARGEST = frozenset(
    {"volunteer", "user", "match", "assignment", "application", "consent", "audit_event", "message", "signed_in"}
    | {"availability_window", "volunteer_skill", "volunteer_language", "assignment_skill", "placement", "review"}
)
# Read whole where many are counted, at less cost than one after another: (part of the statement, table).
MAY = (
    ("string_agg(", "consent"),  # who is within reach of an assignment, to count what it finds: their numbers alone
    ("group_concat(", "consent"),
    ("group_concat(", "volunteer"),
    ("SELECT match.assignment_id, match.volunteer_id", "application"),  # all lists of an office, for its fairness
    # Only of the few rows of the demonstration: each is looked for by its index where there are many.
    (" AS applicants,", "message"),
    ("WITH here AS", "consent"),
)
READING = {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan"}  # steps of PostgreSQL that name a table
FORGET_OFFICES = (
    "DELETE FROM pg_statistic USING pg_attribute"
    " WHERE attrelid = starelid AND attnum = staattnum AND right(attname, 6) = 'vio_id'"
)
ANEW = {"Sort", "Aggregate", "Hash", "Hash Join"}  # steps that take in all that comes from below
SCANNED = re.compile(r"^SCAN (\w+?)(?:_\d+)?\b")  # an alias has a number
STOPS = re.compile(r"LIMIT \?(?: OFFSET \?)?(?:\) AS anon_\d+)?$")
READS = ("SELECT", "WITH")
Sent = list[tuple[str, Any]]


@contextmanager
def _sent(engine: Engine) -> Iterator[Sent]:
    sent: Sent = []
    thread = threading.get_ident()

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_others: object) -> None:
        if threading.get_ident() == thread:  # what others read beside a page is not the page's
            sent.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _scans(engine: Engine, sent: Sent) -> set[str]:
    """Return the large tables that a plan of SQLite looks through, with or without an index, and the statements.

    What stops after some rows is no such look, if each is wanted and they come in order.
    """
    found: set[str] = set()
    with engine.connect() as connection:
        for statement, values in sent:
            if statement.startswith(READS):
                steps = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
                picks = "WHERE" in statement or any("TEMP B-TREE" in step for step in steps)
                stops = STOPS.search(statement) and not picks
                tables = {scan[1] for scan in map(SCANNED.match, steps) if scan and not stops}
                found.update(f"{table}: {statement}" for table in tables & LARGE)
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
            if statement.startswith(READS):
                plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
                found.update(f"{table}: {statement}" for table in _read_whole(plan[0]["Plan"]) & LARGEST)
    return found


def _read_whole(step: dict[str, Any], stops: bool = False) -> set[str]:
    """Return the tables that a step of a plan, or one below it, reads without a condition on an index.

    `stops`: a step above takes no more than some rows, each as it comes.
    """
    kind, found = step["Node Type"], set[str]()
    stops_below = kind == "Limit" or (stops and kind not in ANEW)
    for one in step.get("Plans", []):
        # Another side of a join, or a query of its own, is read for each row again.
        found |= _read_whole(one, stops_below and one.get("Parent Relationship") == "Outer")
    if kind in READING and not _has_condition(step) and not (stops and "Filter" not in step):
        found.add(step["Relation Name"])
    return found


def _has_condition(step: dict[str, Any]) -> bool:
    parts = [one for one in step.get("Plans", []) if one["Node Type"].startswith("Bitmap")]
    return "Index Cond" in step or any(map(_has_condition, parts))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages count supply as where there are many people: read beside them, and kept."""
    monkeypatch.setattr(supply_pool, "QUICKLY_READ", 0)
    monkeypatch.setattr(supply_pool, "KEPT_FOR", timedelta(minutes=60))


def _opened(site: LiveServer, url: str, scans: Callable[[Engine, Sent], set[str]]) -> dict[str, set[str]]:
    """Open every page over the database at `url`; return what `scans` finds in its statements, and where."""
    found: dict[str, set[str]] = defaultdict(set)
    read = 0
    engine = make_engine(url)
    bind(engine, join_transaction_mode="conditional_savepoint")
    with own_session() as session:
        supply_pool.read_now(session)
        session.execute(update(MatchRun).values(is_cut=False))  # nobody is ranked for being looked at
        who = people(session)
    for person in who:
        client = signed_in(site.app, person.email) if person.email else site.app.test_client()
        for _endpoint, path in list(addresses(site.app, person)):
            with _sent(engine) as sent:
                assert client.get(path).status_code == 200
            read += len(sent)
            for one in scans(engine, sent):
                found[one].add(path)
    engine.dispose()
    assert read > 1_000, "what pages read was not heard"
    return {one: paths for one, paths in found.items() if not _may(one)}


def _may(found: str) -> bool:
    table, _, statement = found.partition(": ")
    return any(part in statement and table == read for part, read in MAY)


@pytest.mark.usefixtures("large")
def test_no_page_looks_through_a_large_table(demonstration: LiveServer, tmp_path: Path) -> None:
    with copy_of(demonstration.engine, tmp_path) as url:
        assert _opened(demonstration, url, _scans) == {}


@pytest.mark.usefixtures("large")
def test_nor_does_it_on_postgresql(demonstration: LiveServer, postgres_url: str) -> None:
    with in_postgresql(postgres_url, demonstration.engine) as url:
        faults = _opened(demonstration, url, _scans_on_postgresql)
        engine = make_engine(url)
        whole = [("SELECT id FROM volunteer WHERE full_name LIKE %s", ("%a%",)), ("SELECT id FROM host", ())]
        assert {one.split(":")[0] for one in _scans_on_postgresql(engine, whole)} == {"volunteer"}
        engine.dispose()
    assert faults == {}


def test_a_query_without_an_index_would_be_found(demonstration: LiveServer) -> None:
    whole: Sent = [
        ("SELECT id FROM volunteer WHERE full_name LIKE ?", ("%a%",)),
        ("SELECT id FROM host", ()),
        ("SELECT id FROM message ORDER BY text LIMIT ?", (5,)),
        ("SELECT id FROM placement ORDER BY id LIMIT ?", (5,)),
        ("SELECT (SELECT count(*) FROM review WHERE note LIKE ?), (SELECT id FROM host LIMIT ?)", ("%a%", 1)),
        ("WITH some AS (SELECT id FROM application AS application_1 WHERE note LIKE ?) SELECT id FROM some", ("a",)),
    ]
    found = {one.split(":")[0] for one in _scans(demonstration.engine, whole)}
    assert found == {"volunteer", "message", "review", "application"}


SEQ = {"Node Type": "Seq Scan", "Relation Name": "volunteer", "Parent Relationship": "Outer"}
BY_INDEX = {"Node Type": "Index Scan", "Relation Name": "consent", "Index Cond": "(id = 1)"}


@pytest.mark.parametrize(
    ("plan", "read"),
    [
        ({"Node Type": "Limit", "Plans": [SEQ]}, set()),
        ({"Node Type": "Limit", "Plans": [SEQ | {"Filter": "(email = '')"}]}, {"volunteer"}),
        (
            {"Node Type": "Limit", "Plans": [{"Node Type": "Sort", "Parent Relationship": "Outer", "Plans": [SEQ]}]},
            {"volunteer"},
        ),
        ({"Node Type": "Limit", "Plans": [SEQ | {"Parent Relationship": "SubPlan"}]}, {"volunteer"}),
        (SEQ | {"Plans": [BY_INDEX | {"Parent Relationship": "SubPlan"}]}, {"volunteer"}),
        (BY_INDEX, set()),
        (
            {
                "Node Type": "Bitmap Heap Scan",
                "Relation Name": "consent",
                "Plans": [{"Node Type": "Bitmap Index Scan", "Index Cond": "(id = 1)"}],
            },
            set(),
        ),
    ],
)
def test_what_a_plan_of_postgresql_reads_whole(plan: dict[str, Any], read: set[str]) -> None:
    assert _read_whole(plan) == read
