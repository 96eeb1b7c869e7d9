"""The real openings of 2014: what comes in, and by name what does not. The data lie beside the project, not in it."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.factories import AnySession, make_host, make_vio
from tests.services.imports.lists import SAFE
from webapp import clock
from webapp.models import Assignment, Vio
from webapp.services.imports.apply import apply
from webapp.services.imports.check import check
from webapp.services.imports.findings import Checked
from webapp.services.imports.lists import check_columns, first_plan, presets
from webapp.services.imports.plan import Plan, plan_from
from webapp.services.imports.reading import read_table

ROOT = Path(__file__).resolve().parents[3]
FILE = ROOT.parent / "shared" / "data" / "assignments" / "peacecorps_2014.csv"
NO_SINGLE_COUNTRY = ("Eastern Caribbean", "Micronesia & Palau", "Kosovo")
YEARS = 14

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="shared/data/assignments/peacecorps_2014.csv is not here")


def opened(session: AnySession) -> tuple[Vio, Checked, Plan]:
    vio = make_vio(session)
    make_host(session, vio, external_id="PC", country="US")
    table = read_table(FILE.read_bytes())
    found = first_plan(session, vio, "assignments", table)
    assert found == plan_from("assignments", presets()["peacecorps_2014"])
    given = found.to_json() | {
        "constants": found.constants | SAFE | {"host_id": "PC"},
        "shift_years": YEARS,
        "displacement": "none",
        "leave_out_errors": True,
    }
    plan = plan_from("assignments", given)
    table = read_table(FILE.read_bytes(), plan.encoding, plan.odd_characters)
    check_columns(plan, table)
    return vio, check(session, vio, "assignments", table, plan, clock.today(), FILE.name), plan


def lines() -> dict[str, dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {line["REQ ID"]: line for line in csv.DictReader(file)}


def test_every_row_comes_in_or_is_refused_by_name(session: AnySession) -> None:
    """One long test: to check the file takes longer than all that is asked of what was found."""
    vio, checked, plan = opened(session)
    theirs = lines()
    assert {row.id for row in checked.rows} == set(theirs)
    assert checked.counts == {"wrong": 0, "duplicate": 0, "left_out": 214, "new": 385, "changed": 0, "unchanged": 0}
    without_text = {number for number, line in theirs.items() if not line["PROJECT TITLE"]}
    nowhere = {number for number, line in theirs.items() if line["POST"] in NO_SINGLE_COUNTRY}
    assert {row.id for row in checked.rows if row.status == "left_out"} == without_text | nowhere
    assert Counter(theirs[number]["SECTOR"] == "Married Couples Req" for number in without_text) == {
        True: 177,
        False: 33,
    }
    for row in checked.rows:
        assert (row.status == "left_out") == bool(row.problems)
        assert row.status == "new" or row.name
    _check_orphans(checked, theirs)
    written = apply(session, None, vio, checked, plan)
    assert len(written) == 385
    _check_kept(written, theirs)


def _check_kept(written: list[Assignment], theirs: dict[str, dict[str, str]]) -> None:
    """Places, dates and conditions are those of the file; what is filled in or moved is marked."""
    for one in written:
        line = theirs[one.external_id or ""]
        assert one.places_international == int(line["# VOL REQUESTED"])
        assert one.start_on is not None and one.start_on > date(2027, 1, 1) and one.weeks is None and one.end_on is None
        assert {"host_id", "mode", "start_on", "is_child_institution"} <= set(one.assumed)
        assert one.country not in one.assumed and "tasks" not in one.assumed
        assert one.places_international > 0 or one.state == "submitted"
    countries = {theirs[one.external_id or ""]["POST"]: one.country for one in written}
    assert (countries["Swaziland"], countries["Macedonia"], countries["Namibia"]) == ("SZ", "MK", "NA")
    speaks = {theirs[one.external_id or ""]["LANG"]: [spoken.language for spoken in one.languages] for one in written}
    assert (speaks["Spanish 1"], speaks["French 1"], speaks["Romance Language"], speaks[""]) == (["es"], ["fr"], [], [])
    kept_as_text = [one for one in written if theirs[one.external_id or ""]["LANG"] == "Romance Language"]
    assert all("Language asked for: Romance Language" in one.skills_text for one in kept_as_text)


def _check_orphans(checked: Checked, theirs: dict[str, dict[str, str]]) -> None:
    """No row that names orphans opens on an assumed answer."""
    told = {number for number, line in theirs.items() if "orphan" in "".join(line.values()).lower()}
    rows = [row for row in checked.rows if row.id in told]
    assert len(told) == len(rows) == 32
    assert not any(row.opens for row in rows)
    assert sum(row.opens for row in checked.rows) > 300
