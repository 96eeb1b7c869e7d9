"""Small lists for tests: from rows to a dry run, and on into the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.factories import AnySession
from webapp import clock
from webapp.models import Vio
from webapp.services.imports.apply import apply
from webapp.services.imports.check import check
from webapp.services.imports.findings import Checked, Row
from webapp.services.imports.lists import first_plan
from webapp.services.imports.plan import Plan, plan_from
from webapp.services.imports.reading import Table, read_table

SAID = {"matching": {"on": "2026-01-15", "how": "signed form 7"}, "abroad": {"on": "2026-01-16", "how": "by telephone"}}
ANSWERS: tuple[str, ...] = (
    "is_child_institution",
    "has_clinical_acts",
    "is_security_work",
    "is_party_or_religious_work",
)
ANSWERS += ("replaces_strikers", "has_fees_not_listed", "was_paid_post")
SAFE = dict.fromkeys(ANSWERS, "no") | {"contact_children": "none", "contact_adults": "none", "mode": "on_site"}


def csv_of(*lines: str) -> bytes:
    """Return a CSV file; the first line is the header."""
    return "\n".join(lines).encode()


def plan_for(session: AnySession, vio: Vio, kind: str, table: Table, **over: Any) -> Plan:
    """Return the guessed plan with what the test says otherwise."""
    given = first_plan(session, vio, kind, table).to_json()
    return plan_from(kind, {**given, **over})


def dry_run(session: AnySession, vio: Vio, kind: str, data: bytes, **over: Any) -> tuple[Checked, Plan]:
    """Check a list with guessed columns."""
    session.flush()
    table = read_table(data)
    plan = plan_for(session, vio, kind, table, **over)
    return check(session, vio, kind, table, plan, clock.today(), "list.csv"), plan


def bring(session: AnySession, vio: Vio, kind: str, data: bytes, **over: Any) -> Sequence[Any]:
    """Bring a list in."""
    checked, plan = dry_run(session, vio, kind, data, **over)
    return apply(session, None, vio, checked, plan)


def faults(checked: Checked) -> list[tuple[int, str, str]]:
    """Return row, column and remedy of every problem."""
    return [(row.number, one.column, str(one.words)) for row in checked.rows for one in row.problems]


def only(checked: Checked) -> Row:
    """Return the single row."""
    assert len(checked.rows) == 1
    return checked.rows[0]
