"""Files that go out: empty templates, exports, and the report on a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response, current_app, g
from werkzeug.exceptions import NotFound as NoSuchPage

from webapp import clock
from webapp.db import Session
from webapp.models.imports import IMPORT_KINDS
from webapp.services import effect_list, exports, own_rows
from webapp.services.errors import Refused
from webapp.services.exports import ListOut
from webapp.services.imports import files
from webapp.services.imports.columns import names
from webapp.services.spreadsheets import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.list_report import status_words, told
from webapp.views.coordinator.telling import is_blind
from webapp.words import lazy

FORMATS = "<any(csv, xlsx):ending>"
ALL = 1_000_000


@blueprint.get(f"/lists/template/<kind>.{FORMATS}")
def list_template(kind: str, ending: str) -> Response:
    """Give an empty list with our columns."""
    if kind not in IMPORT_KINDS:
        raise NoSuchPage
    return _file(f"{kind}-template", ending, names(kind), [])


@blueprint.post(f"/lists/export/<what>.{FORMATS}")
def export_list(what: str, ending: str) -> Response:
    """Give the VIO's volunteers, hosts, assignments or applications."""
    _refuse_blind()
    return _out(exports.export(Session(), g.account, what), ending)


@blueprint.post(f"/assignments/<int:assignment_id>/matches.{FORMATS}")
def export_matches(assignment_id: int, ending: str) -> Response:
    """Give the current matches of an assignment."""
    _refuse_blind()
    found = own_rows.vio_assignment(Session(), g.account, assignment_id)
    return _out(exports.export_matches(Session(), g.account, found), ending)


@blueprint.post(f"/effect.{FORMATS}")
def export_effect(ending: str) -> Response:
    """Give what the page on the effect shows, with its warning in the demonstration."""
    is_invented = current_app.extensions["config"].mode == "demo"
    return _out(effect_list.export_effect(Session(), g.account, clock.now(), is_invented), ending)


@blueprint.get("/lists/<int:file_id>/report.csv")
def list_report_file(file_id: int) -> Response:
    """Give the whole report on a list."""
    kept = files.own_file(Session(), g.account, file_id)
    report, words = told(kept, ALL), status_words()
    rows = [[str(one.row), one.name, one.column, one.value, one.remedy, words["wrong"]] for one in report.faults]
    for status, found in report.rows.items():
        for one in found:
            changes = "; ".join(f"{name}: {before} > {after}" for name, before, after in one["changes"])
            if not one["problems"]:
                rows.append([str(one["row"]), one["label"], "", "", changes, words[status]])
    rows += [[str(row), name, "", "", note, ""] for row, name, note in report.remarks]
    rows.sort(key=lambda row: int(row[0]))
    return _file(f"report-{kept.id}", "csv", ("row", "name", "column", "value", "what", "status"), rows)


def _refuse_blind() -> None:
    if is_blind():
        raise Refused(lazy("Names are hidden now. Show them again to take a list away."))


def _out(found: ListOut, ending: str) -> Response:
    return _file(found.name, ending, found.header, found.rows)


def _file(name: str, ending: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    body = write_csv(header, rows) if ending == "csv" else write_xlsx(name, header, rows)
    response = Response(body, content_type=CSV_TYPE if ending == "csv" else XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response
