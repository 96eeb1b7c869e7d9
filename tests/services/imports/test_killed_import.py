"""An import that is killed at any moment has written all of its rows or none, and can be repeated."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from tests.databases import DATA_KEY
from tests.factories import make_vio
from tests.kills import Worker, check_whole, moments
from webapp.config import ROOT
from webapp.db import keep_key, own_session
from webapp.list_command import import_list
from webapp.models import AuditEvent, Volunteer

SAMPLE = ROOT / "data" / "sample" / "volunteers.csv"
SCRIPT = """
import sys
from pathlib import Path
from webapp.db import bind, keep_key, make_engine, own_session
from webapp.list_command import import_list
keep_key("only-for-tests-too")
bind(make_engine(sys.argv[1]))
print("ready", flush=True)
with own_session() as session:
    assert import_list(session, "volunteers", Path(sys.argv[2]), sys.argv[3], None, False).is_good
print("done", flush=True)
"""


def _list(folder: Path, rows: int) -> Path:
    header, *people = SAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)
    path = folder / "people.csv"
    path.write_text("".join([header, *people[:rows]]), encoding="utf-8")
    return path


def _new_vio() -> int:
    with own_session() as session:
        return make_vio(session).id


def _arrived(vio_id: int) -> int:
    with own_session() as session:
        return session.scalar(select(func.count()).select_from(Volunteer).where(Volunteer.vio_id == vio_id)) or 0


def _lines(vio_id: int) -> int:
    with own_session() as session:
        return session.scalar(select(func.count()).select_from(AuditEvent).where(AuditEvent.vio_id == vio_id)) or 0


def _prove_kills(engine: Engine, folder: Path, rows: int, kills: int) -> None:
    keep_key(DATA_KEY)  # the marks in the audit trail are made with it
    url, file = engine.url.render_as_string(hide_password=False), _list(folder, rows)
    first = _new_vio()
    whole = Worker(SCRIPT, url, str(file), str(first)).finish()
    assert _arrived(first) == rows
    lines = _lines(first)
    for moment in moments(kills, whole):
        vio_id = _new_vio()
        finished = Worker(SCRIPT, url, str(file), str(vio_id)).kill(moment)
        arrived = _arrived(vio_id)
        assert arrived in (0, rows), f"{arrived} of {rows} rows"
        assert arrived == rows or not finished
        assert _lines(vio_id) == (lines if arrived else 0)
        check_whole(engine)
        if not arrived and moment > 0.8 * whole:  # the longer it had worked, the more there is to clear away
            began = time.monotonic()
            with own_session() as session:
                assert import_list(session, "volunteers", file, str(vio_id), None, False).is_good
            assert _arrived(vio_id) == rows
            assert time.monotonic() - began < 10 + 5 * whole, "whatever the dead one held was let go"


def test_a_killed_import_leaves_all_rows_or_none(own_engine: Engine, tmp_path: Path) -> None:
    _prove_kills(own_engine, tmp_path, rows=30, kills=2)


@pytest.mark.long
def test_a_hundred_kills_leave_all_rows_or_none(own_engine: Engine, tmp_path: Path) -> None:
    _prove_kills(own_engine, tmp_path, rows=100, kills=100)
