"""What waits for the end of a transaction waits for the whole of it, and is forgotten with what was rolled back."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.automap import automap_base
from sqlalchemy.orm import Session

from webapp.db import leave_no_trace_once_stored, make_engine, once_stored
from webapp.services.file_removal import remove_once_stored


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Return a session on a file of SQLite's, in which something was written."""
    found = Session(make_engine(f"sqlite:///{tmp_path / 'one.db'}"))
    found.execute(text("CREATE TABLE one (number INTEGER)"))
    found.commit()
    found.execute(text("INSERT INTO one VALUES (1)"))
    return found


def test_the_end_of_a_savepoint_stores_nothing(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "passport.pdf"
    path.write_text("somebody")
    remove_once_stored(session, path)
    with session.begin_nested():
        session.execute(text("INSERT INTO one VALUES (2)"))
    assert path.exists()
    session.rollback()
    assert path.exists(), "nothing was stored"
    session.execute(text("INSERT INTO one VALUES (3)"))
    session.commit()
    assert path.exists(), "what was rolled back asks for nothing later"
    remove_once_stored(session, path)
    session.commit()
    assert not path.exists()


def test_what_a_savepoint_asked_for_goes_with_it(session: Session) -> None:
    done: list[str] = []
    once_stored(session, lambda: done.append("before"))
    with session.begin_nested():
        once_stored(session, lambda: done.append("kept"))
    outer = session.begin_nested()
    with session.begin_nested():
        once_stored(session, lambda: done.append("within what was undone"))
    once_stored(session, lambda: done.append("undone"))
    outer.rollback()
    session.commit()
    assert done == ["before", "kept"]
    session.commit()
    assert done == ["before", "kept"], "once"


def test_the_log_is_emptied_after_the_end_and_keeps_no_writer_waiting(session: Session, tmp_path: Path) -> None:
    leave_no_trace_once_stored(session)
    begun = time.monotonic()
    with session.begin_nested():
        session.execute(text("INSERT INTO one VALUES (2)"))
    assert time.monotonic() - begun < 10, "the checkpoint waited for its own writer"
    session.commit()
    assert (tmp_path / "one.db-wal").stat().st_size == 0


def test_a_flush_that_fails_within_a_savepoint_takes_nothing_else_with_it(session: Session) -> None:
    """The unique key often has the last word: what the whole transaction asked for stays due."""
    base = automap_base()
    session.execute(text("CREATE TABLE two (number INTEGER PRIMARY KEY)"))
    session.execute(text("INSERT INTO two VALUES (7)"))
    base.prepare(autoload_with=session.connection())
    done: list[str] = []
    once_stored(session, lambda: done.append("before"))
    step = session.begin_nested()
    once_stored(session, lambda: done.append("undone"))
    session.add(base.classes.two(number=7))
    with pytest.raises(IntegrityError):
        session.flush()
    step.rollback()
    session.commit()
    assert done == ["before"]


def test_an_act_that_fails_keeps_no_other_from_being_done(session: Session, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def fail() -> None:
        raise PermissionError("read-only")

    once_stored(session, fail)
    once_stored(session, lambda: done.append("the note"))
    session.commit()
    assert done == ["the note"] and "read-only" in caplog.text
    assert session.scalar(text("SELECT count(*) FROM one")) == 1
