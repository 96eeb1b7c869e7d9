"""What the administrator reads of jobs and errors: where and what kind, never what somebody wrote."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from webapp import jobs as work
from webapp.logs import JsonLines
from webapp.services import invitations
from webapp.views.administrator.home import JOBS
from webapp.watch import errors, jobs
from webapp.watch.storage import storage

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
SECRET = "Amina Yusuf, passport K0000000"


@pytest.fixture(autouse=True)
def notes(tmp_path: Path) -> Iterator[None]:
    errors.note_errors(tmp_path)
    yield
    root = logging.getLogger()
    root.handlers = [one for one in root.handlers if not isinstance(one, errors.ErrorNotes)]


def fail(words: str) -> None:
    raise ValueError(words)


def test_an_error_is_kept_without_its_words(tmp_path: Path) -> None:
    try:
        fail(SECRET)
    except ValueError:
        logging.getLogger("webapp.somewhere").exception("a step failed for %s", SECRET)
    (found,) = errors.last(tmp_path)
    assert (found.where, found.kind) == ("webapp.somewhere", "ValueError")
    assert found.line.startswith("tests/webapp/test_watch.py:")
    assert SECRET not in (tmp_path / errors.NAME).read_text(encoding="utf-8")


def test_an_error_without_an_exception_keeps_the_words_of_the_program_only(tmp_path: Path) -> None:
    logging.getLogger("webapp.mail").error("no server takes letters for %s", SECRET)
    logging.getLogger("webapp.mail").warning("only a warning")
    (found,) = errors.last(tmp_path)
    assert found.kind == "no server takes letters for %s"
    assert SECRET not in (tmp_path / errors.NAME).read_text(encoding="utf-8")


def test_a_page_that_breaks_is_noted_with_its_endpoint(app: Flask, tmp_path: Path) -> None:
    with app.test_request_context("/about"):
        try:
            fail(SECRET)
        except ValueError as error:
            app.log_exception((type(error), error, error.__traceback__))
    (found,) = errors.last(tmp_path)
    assert (found.where, found.kind) == ("public.about", "ValueError")
    assert SECRET not in (tmp_path / errors.NAME).read_text(encoding="utf-8")


def test_the_newest_come_first_and_the_file_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "MOST_BYTES", 20_000)
    for number in range(400):
        logging.getLogger("webapp").error(f"number {number}")  # noqa: G004  (the program's own words)
    found = errors.last(tmp_path)
    assert [one.kind for one in found[:2]] == ["number 399", "number 398"]
    assert len(found) == errors.SHOWN
    assert (tmp_path / errors.NAME).stat().st_size <= 20_200


def test_half_a_line_hides_no_other(tmp_path: Path) -> None:
    logging.getLogger("webapp").error("whole")
    with (tmp_path / errors.NAME).open("a", encoding="utf-8") as file:
        file.write('{"at": "2026-11-2')
    assert [one.kind for one in errors.last(tmp_path)] == ["whole"]


def test_a_folder_that_is_gone_breaks_nothing(tmp_path: Path) -> None:
    errors.note_errors(tmp_path / "gone")
    logging.getLogger("webapp").error("nobody keeps this")
    assert errors.last(tmp_path / "gone") == []


def test_jobs_tell_when_they_ran_and_how_they_failed(tmp_path: Path) -> None:
    jobs.began(tmp_path, "remind", NOW)
    assert jobs.notes(tmp_path)[0].seconds is None
    jobs.ended(tmp_path, "remind", NOW + timedelta(seconds=3), ValueError(SECRET))
    (failed,) = jobs.notes(tmp_path)
    assert (failed.seconds, failed.error, failed.has_failed) == (3, "ValueError", True)
    assert SECRET not in json.dumps([path.read_text() for path in (tmp_path / jobs.FOLDER).iterdir()])
    jobs.began(tmp_path, "remind", NOW + timedelta(hours=1))
    jobs.ended(tmp_path, "remind", NOW + timedelta(hours=1, seconds=1))
    (again,) = jobs.notes(tmp_path)
    assert (again.has_failed, again.error, again.seconds) == (False, "ValueError", 1)


def test_every_job_has_words_for_the_administrator() -> None:
    names = {name.rsplit(".", 1)[-1] for name in work.huey._registry._registry}
    assert names == set(JOBS)


def test_the_queue_notes_its_jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Task:
        name = "remind"

    monkeypatch.setattr(work, "CONFIG", work.CONFIG.__class__(**{**work.CONFIG.__dict__, "data_dir": tmp_path}))
    work.note("executing", Task)
    work.note("error", Task, KeyError("x"))
    (failed,) = jobs.notes(tmp_path)
    assert (failed.name, failed.error) == ("remind", "KeyError")


def test_room_is_measured_by_folder(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "one").write_bytes(b"x" * 1000)
    found = storage(tmp_path)
    assert found.folders == {"documents": 1000}
    assert found.free > 0


def test_a_line_of_the_log_tells_of_an_error_without_its_words() -> None:
    try:
        try:
            fail(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError:
        record = logging.LogRecord("webapp", logging.ERROR, __file__, 1, "broke", None, sys.exc_info())
    line = JsonLines().format(record)
    assert SECRET not in line
    assert json.loads(line)["error"].endswith("KeyError")
    assert "ValueError" in line
    assert "raise KeyError(SECRET) from error" in line


def test_a_page_that_breaks_tells_no_log_the_secret_of_its_link(
    real: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(invitations, "find", lambda _session, _token: fail(SECRET))
    assert real.test_client().get("/invitation/token-of-amina").status_code == 500
    lines = [JsonLines().format(record) for record in caplog.records]
    assert any('"endpoint": "public.invitation"' in line and "ValueError" in line for line in lines)
    assert not [line for line in lines if "token-of-amina" in line]


def test_a_job_whose_note_is_gone_ends_without_one(tmp_path: Path) -> None:
    jobs.ended(tmp_path, "nightly", NOW)
    assert jobs.notes(tmp_path) == []
