"""`./run manage import`: the same dry run and the same writing, in words for a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.factories import AnySession, make_vio
from webapp.config import ROOT
from webapp.list_command import find_vio, import_list
from webapp.models import Host, Volunteer
from webapp.services.errors import Refused

SAMPLE = ROOT / "data" / "sample"


def count(session: AnySession, table: type[Host] | type[Volunteer]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_demo_files_come_in_and_again_change_nothing(session: AnySession) -> None:
    vio = make_vio(session)
    for kind in ("hosts", "volunteers", "assignments"):
        file = SAMPLE / f"{kind}.csv"
        first = import_list(session, kind, file, str(vio.id), None, False)
        assert first.is_good, first.lines[:20]
        again = import_list(session, kind, file, str(vio.id), None, True)
        assert again.is_good and " 0 new, 0 changed, " in " " + again.lines[-2], again.lines[-3:]


def test_dry_run_and_errors_change_nothing(session: AnySession, tmp_path: Path) -> None:
    vio = make_vio(session)
    file, mapping = tmp_path / "list.csv", tmp_path / "mapping.json"
    file.write_text("a,b\nLake Clinic,Kenya\nHill School,Atlantis\n", encoding="utf-8")
    mapping.write_text(json.dumps({"columns": {"name": "a", "country": "b"}}), encoding="utf-8")
    report = import_list(session, "hosts", file, vio.name, mapping, False)
    assert not report.is_good and report.lines[-1].startswith("Nothing came in.")
    assert any("Row 3, column b, “Atlantis”" in line for line in report.lines)
    file.write_text("a,b\nLake Clinic,Kenya\n", encoding="utf-8")
    assert import_list(session, "hosts", file, vio.name, mapping, True).is_good
    assert count(session, Host) == 0
    assert import_list(session, "hosts", file, vio.name, mapping, False).is_good
    assert count(session, Host) == 1


def test_what_cannot_be_used_is_said(session: AnySession, tmp_path: Path) -> None:
    make_vio(session)
    vio = make_vio(session)
    with pytest.raises(Refused, match="--vio"):
        find_vio(session, None)
    with pytest.raises(Refused, match="no organization"):
        find_vio(session, "Nowhere")
    file, mapping = tmp_path / "list.csv", tmp_path / "mapping.json"
    file.write_text("a\nx\n", encoding="utf-8")
    mapping.write_text("{", encoding="utf-8")
    with pytest.raises(Refused, match="no JSON"):
        import_list(session, "hosts", file, vio.name, mapping, True)
    mapping.write_text('{"columns": {"name": "z"}}', encoding="utf-8")
    with pytest.raises(Refused, match="no column “z”"):
        import_list(session, "hosts", file, vio.name, mapping, True)


def test_the_lines_name_what_a_list_changes_and_who_looks_like_somebody_known(
    session: AnySession, tmp_path: Path
) -> None:
    vio = make_vio(session)
    file, mapping = tmp_path / "list.csv", tmp_path / "mapping.json"
    file.write_text("id,name,location\nh1,Lake Clinic,Kisumu\n", encoding="utf-8")
    mapping.write_text(json.dumps({"constants": {"country": "KE"}}), encoding="utf-8")
    assert import_list(session, "hosts", file, vio.name, mapping, False).is_good
    file.write_text("id,name,location\nh1,Lake Clinic,Kitale\nh2,Lake Clinic,Kisumu\n", encoding="utf-8")
    lines = import_list(session, "hosts", file, vio.name, mapping, True).lines
    assert "Row 2 h1 Lake Clinic: location: “Kisumu” → “Kitale”" in lines
    assert any(line.startswith("Row 3 h2 Lake Clinic: looks like ") for line in lines), lines
