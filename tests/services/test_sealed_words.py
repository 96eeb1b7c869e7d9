"""Words on harm lie in no column as they were written; who has the key reads them, and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text, update
from sqlalchemy.exc import StatementError

from tests.factories import AnySession
from tests.planted import all_that_lies_in, everything_in, plant
from tests.safe import WHAT, make_line, make_report
from webapp.db import SESSION_FACTORY, own_session
from webapp.models import Bar, Report
from webapp.models.sealed import Unreadable
from webapp.services.own_data.data_map import data_map

MARK = "Qzw"


def _in_files(engine: Engine) -> bytes:
    """Return all that lies in the files of the database where it has files of its own."""
    if engine.dialect.name != "sqlite":
        return b""
    engine.dispose()
    path = Path(str(engine.url.database))
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


def test_no_sensitive_word_lies_in_the_database_as_it_was_written(own_engine: Engine) -> None:
    with own_session() as session:
        planted = plant(session, MARK).words
        make_report(session, make_line(session), name="Qzwreporter", wish="reach", contact="Qzw 77")
    sealed = {f"{table}.{name}" for table, mapped in data_map().items() for name in mapped.sealed}
    words = [word for name, word in planted.items() if name in sealed] + [WHAT, "Qzwreporter", "Qzw 77"]
    assert len(words) > 30
    with own_session() as session:
        lies, opened = all_that_lies_in(session), everything_in(session)
    assert [one for one in words if one in lies or one.encode() in _in_files(own_engine)] == []
    assert [one for one in words if one not in opened] == []


def test_under_another_key_words_are_refused_and_not_shown_as_they_lie(
    session: AnySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_report(session, make_line(session))
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": "another key"})
    with pytest.raises(Unreadable, match="another DATA_KEY"):
        session.execute(select(Report.what)).all()
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {})
    with pytest.raises(RuntimeError, match="needs DATA_KEY"):
        session.execute(select(Report.what)).all()


def test_words_written_past_the_service_are_noticed(session: AnySession) -> None:
    make_report(session, make_line(session))
    session.execute(text("UPDATE report SET what = 'Nothing happened.'"))
    with pytest.raises(Unreadable):
        session.execute(select(Report.what)).all()


def test_nothing_stays_nothing_and_can_be_asked_for(session: AnySession) -> None:
    report, _code = make_report(session, make_line(session), name="  ")
    assert session.execute(text("SELECT name, contact FROM report")).one() == ("", "")
    assert session.scalars(select(Report.id).where(Report.name == "", Report.what != "")).all() == [report.id]


def test_the_database_cannot_be_asked_what_words_say() -> None:
    for ask in (
        lambda: Bar.words == "theft",
        lambda: Bar.words.contains("theft"),
        lambda: Bar.words.in_(["theft"]),
        lambda: Bar.words.desc(),
    ):
        with pytest.raises(TypeError, match=r"bar\.words lies encrypted"):
            ask()


def test_a_name_stays_one_line_of_so_many_letters(session: AnySession) -> None:
    report, _code = make_report(session, make_line(session), name="Ana\n\u202eBo ")
    session.refresh(report)
    assert report.name == "Ana Bo"
    with pytest.raises(StatementError, match="does not fit"):
        session.execute(update(Report).values(name="x" * 201))
