"""The audit trail is one chain: nobody changes, deletes or moves an event unseen, and racers make one chain."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.databases import DATA_KEY
from tests.factories import make_user, make_vio
from tests.scripts import Script
from webapp.db import SESSION_FACTORY, begin_one_sight, own_session
from webapp.models import AuditEvent, Vio
from webapp.services import audit
from webapp.services.audit_chain import digest, mark
from webapp.services.audit_check import Verdict, verify

EVENTS = 12
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]  # the fixture undoes what an example does
# A change of each column that the database takes; what follows it is found, whichever column it is.
CHANGES = {
    "at": "'2020-01-02 03:04:05.000006'",
    "actor_id": "coalesce(actor_id, 0) + 1",
    "vio_id": "CASE WHEN vio_id IS NULL THEN (SELECT min(id) FROM vio) END",
    "action": "action || 'x'",
    "subject_kind": "subject_kind || 'x'",
    "subject_id": "coalesce(subject_id, 0) + 1",
    "detail": '\'{"what": "another"}\'',
    "seq": "seq + 1000",
    "prev_hash": "'x' || substr(prev_hash, 2)",
    "hash": "substr(hash, 2) || 'x'",
    "id": "id + 100000",
}
OPEN = {  # what only the owner of the database can do
    "sqlite": [
        f"DROP TRIGGER {name}"
        for name in ("audit_event_stays", "audit_event_remains", "audit_event_is_new", "audit_head_remains")
    ],
    "postgresql": ["ALTER TABLE audit_event DISABLE TRIGGER USER", "ALTER TABLE audit_head DISABLE TRIGGER USER"],
}


@pytest.fixture
def keyed(own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Return a database of its own with a chain of some events, each transaction with three."""
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": DATA_KEY})
    for _ in range(EVENTS // 3):
        with own_session() as session:
            vio = session.query(Vio).first() or make_vio(session)
            actor = make_user(session, "coordinator", vio)
            for number in range(3):
                audit.record(
                    session, actor if number else None, "vio_changed", vio, fields=["name", str(number)], n=1.5
                )
    return own_engine


@pytest.fixture
def opened(keyed: Engine) -> Iterator[Connection]:
    """Yield a connection of somebody who owns the database; what they do is undone at the end."""
    with keyed.connect() as connection, connection.begin() as outer:
        for statement in OPEN[connection.dialect.name]:
            connection.execute(text(statement))
        yield connection
        outer.rollback()


def _verdict(connection: Connection, **noted: Any) -> Verdict:
    with Session(connection, info={"data_key": DATA_KEY}) as session:
        return verify(session, **noted)


def _stored() -> Verdict:
    with own_session() as session:
        begin_one_sight(session)
        return verify(session)


def test_what_was_stored_holds(keyed: Engine) -> None:
    assert (_stored().broken, _stored().events) == ("", EVENTS)


def test_an_event_in_hand_knows_its_seal(keyed: Engine) -> None:
    with own_session() as session:
        line = audit.record(session, None, "vio_changed", session.query(Vio).one())
    assert (line.seq, line.hash) == (EVENTS + 1, _stored().last)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET action = 'nothing' WHERE seq = 2",
        "UPDATE audit_event SET seq = NULL WHERE seq = 2",
        "DELETE FROM audit_event WHERE seq = 2",
        "DELETE FROM audit_event",
        "DELETE FROM audit_head",
    ],
)
def test_the_database_refuses_to_change_or_delete(keyed: Engine, statement: str) -> None:
    with keyed.connect() as connection:
        with pytest.raises(DBAPIError, match="never changed|never deleted"):
            connection.execute(text(statement))
        connection.rollback()
    assert not _stored().broken


def test_the_database_refuses_to_replace_or_to_empty(keyed: Engine) -> None:
    statement = "TRUNCATE audit_event"
    if keyed.dialect.name == "sqlite":
        statement = "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 2"
    with keyed.connect() as connection:
        with pytest.raises(DBAPIError, match="never changed|never replaced"):
            connection.execute(text(statement))
        connection.rollback()


def _change(opened: Connection, data: st.DataObject) -> None:
    """Any column of any event, an event taken out, two in each other's place: the chain does not hold."""
    number = data.draw(st.integers(1, EVENTS))
    what = data.draw(st.sampled_from([*sorted(CHANGES), "delete", "swap"]))
    step = opened.begin_nested()
    if what == "delete":
        opened.execute(text(f"DELETE FROM audit_event WHERE seq = {number}"))
    elif what == "swap":
        other = number % EVENTS + 1
        for old, new in ((number, -1), (other, number), (-1, other)):
            opened.execute(text(f"UPDATE audit_event SET seq = {new} WHERE seq = {old}"))
    else:
        opened.execute(text(f"UPDATE audit_event SET {what} = {CHANGES[what]} WHERE seq = {number}"))
    assert _verdict(opened).broken
    step.rollback()
    assert not _verdict(opened).broken


@settings(max_examples=60, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_every_change_of_an_event_is_found(opened: Connection, data: st.DataObject) -> None:
    _change(opened, data)


@pytest.mark.long
@settings(max_examples=1000, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_each_of_a_thousand_changes_is_found(opened: Connection, data: st.DataObject) -> None:
    _change(opened, data)


def test_columns_without_a_change_are_none() -> None:
    assert {column.name for column in AuditEvent.__table__.columns} == set(CHANGES)


@pytest.mark.parametrize("after", [0, 3, EVENTS - 1])
def test_a_chain_that_is_cut_short_or_written_anew_is_found(opened: Connection, after: int) -> None:
    """Whoever has the database and not the key gets no chain that holds, however well they reckon."""
    opened.execute(text(f"DELETE FROM audit_event WHERE seq > {after}"))
    assert "the last ones are missing" in _verdict(opened).broken
    last = opened.scalar(text(f"SELECT hash FROM audit_event WHERE seq = {after}")) or ""
    opened.execute(text(f"UPDATE audit_head SET seq = {after}, hash = '{last}'"))
    assert after == 0 or "another mark" in _verdict(opened).broken
    noted = "a" * 64
    assert _verdict(opened, noted=(EVENTS, noted)).broken


@pytest.mark.parametrize("how", ["cut short", "written anew"])
def test_the_next_event_does_not_vouch_for_another_end(
    keyed: Engine, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever cuts or rewrites the chain and waits for the service to go on is found all the same."""
    with keyed.begin() as connection:
        for statement in OPEN[connection.dialect.name]:
            connection.execute(text(statement))
        if how == "cut short":
            connection.execute(text(f"DELETE FROM audit_event WHERE seq > {EVENTS - 3}"))
        _write_anew(connection)
    for _ in range(2):
        with own_session() as session:
            audit.record(session, None, "vio_changed", session.query(Vio).one())
    assert "another mark" in _stored().broken
    assert "audit verify" in caplog.text


def _write_anew(connection: Connection) -> None:
    """Change the last event and let the chain end there, all as it would be but for the mark."""
    with Session(connection) as session:
        line = session.query(AuditEvent).order_by(AuditEvent.seq.desc()).first()
        assert line is not None and line.seq is not None
        changed = digest(AuditEvent(**{**_facts(line), "action": "nothing"}), line.seq, line.prev_hash)
        number, where = line.seq, line.id
    connection.execute(text(f"UPDATE audit_event SET action = 'nothing', hash = '{changed}' WHERE id = {where}"))
    connection.execute(text(f"UPDATE audit_head SET seq = {number}, hash = '{changed}'"))


def _facts(line: AuditEvent) -> dict[str, Any]:
    return {column.name: getattr(line, column.name) for column in AuditEvent.__table__.columns}


def test_an_event_that_was_put_in_is_found(opened: Connection) -> None:
    """Also one that pretends, with a line break, to be two."""
    columns = "at, actor_id, vio_id, subject_kind, subject_id, detail, prev_hash, hash"
    put = f"INSERT INTO audit_event ({columns}, id, action, seq) SELECT {columns}, 99999, 'a\nb', "
    for place, why in (("NULL", "outside the chain"), (f"{EVENTS + 1}", "does not follow")):
        step = opened.begin_nested()
        opened.execute(text(f"{put} {place} FROM audit_event WHERE seq = 1"))
        assert why in _verdict(opened).broken
        step.rollback()


@pytest.mark.parametrize("change", ["at = 'yesterday'", "action = X'00'"])
def test_an_event_that_cannot_be_read_is_named(opened: Connection, change: str) -> None:
    if opened.dialect.name == "postgresql":
        pytest.skip("PostgreSQL stores no such thing")
    number = opened.scalar(text("SELECT id FROM audit_event WHERE seq = 5"))
    opened.execute(text(f"UPDATE audit_event SET {change} WHERE seq = 5"))
    broken = _verdict(opened).broken
    assert "changed after" in broken.lower()
    assert f"number {number}." in broken or "Event 5 " in broken


def test_a_chain_without_its_end_is_found(opened: Connection) -> None:
    opened.execute(text("DELETE FROM audit_head"))
    assert "where the chain ends" in _verdict(opened).broken


@pytest.mark.parametrize("marked", ["", "0" * 64, mark("another", 0, "")])
def test_a_trail_that_was_emptied_is_no_new_one(opened: Connection, marked: str) -> None:
    opened.execute(text("DELETE FROM audit_event"))
    opened.execute(text("UPDATE audit_head SET seq = 0, hash = '', mark = :marked").bindparams(marked=marked))
    assert "another mark" in _verdict(opened).broken
    with Session(opened, info={"data_key": DATA_KEY}, join_transaction_mode="create_savepoint") as session:
        audit.record(session, None, "vio_changed", session.query(Vio).first() or make_vio(session))
        session.commit()
    assert "another mark" in _verdict(opened).broken, "the next event does not vouch for it"


def test_a_long_chain_is_read_in_pieces(opened: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.services.audit_check._AT_ONCE", 5)
    assert (_verdict(opened).broken, _verdict(opened).events) == ("", EVENTS)
    opened.execute(text("UPDATE audit_event SET action = 'nothing' WHERE seq = 11"))
    assert "Event 11 was changed" in _verdict(opened).broken


def test_without_a_key_a_chain_has_no_mark(keyed: Engine) -> None:
    assert mark("", 3, "a" * 64) == ""
    assert mark(DATA_KEY, 3, "a" * 64) != mark("another", 3, "a" * 64)


def test_a_chain_goes_through_what_was_noted(keyed: Engine) -> None:
    noted = _stored()
    with own_session() as session:
        audit.record(session, None, "vio_changed", session.query(Vio).one())
    with own_session() as session:
        assert not verify(session, (noted.events, noted.last)).broken
        assert verify(session, (noted.events, "0" * 64)).broken


def test_what_failed_leaves_no_gap(keyed: Engine) -> None:
    with own_session() as session:
        vio = session.query(Vio).one()
        with session.begin_nested() as step:
            audit.record(session, None, "vio_changed", vio, n=1)
            step.rollback()
        audit.record(session, None, "vio_changed", vio, n=2)
    with own_session() as session:
        audit.record(session, None, "vio_changed", session.query(Vio).one(), n=3)
        session.rollback()
    assert (_stored().broken, _stored().events) == ("", EVENTS + 1)


WRITER = textwrap.dedent(
    """
    import sys
    from webapp.db import bind, keep_key, make_engine, own_session
    from webapp.models import Vio
    from webapp.services import audit

    keep_key(sys.argv[2])
    bind(make_engine(sys.argv[1]))
    for number in range(int(sys.argv[3])):
        with own_session() as session:
            vio = session.query(Vio).first()
            for part in range(1 + number % 3):
                audit.record(session, None, "vio_changed", vio, number=number, part=part)
    """
)


def _race(engine: Engine, writers: int, times: int) -> None:
    url = engine.url.render_as_string(hide_password=False)
    running = [Script(WRITER, url, DATA_KEY, str(times)) for _ in range(writers)]
    assert [one.end() for one in running] == [("", 0)] * writers
    each = sum(1 + number % 3 for number in range(times))
    assert (_stored().broken, _stored().events) == ("", EVENTS + writers * each)


def test_processes_at_once_make_one_chain(keyed: Engine) -> None:
    _race(keyed, 3, 15)


@pytest.mark.long
def test_many_processes_at_once_make_one_chain(keyed: Engine) -> None:
    _race(keyed, 8, 100)


def test_what_a_savepoint_undid_takes_no_other_event_out_of_the_chain(own_engine: Engine) -> None:
    """One row of many is refused: what was done with the others before stays sealed."""
    with own_session() as session:
        audit.record(session, None, "vio_changed", make_vio(session))
        session.flush()
        step = session.begin_nested()
        audit.record(session, None, "vio_changed", make_vio(session))
        session.flush()
        step.rollback()
        audit.record(session, None, "vio_changed", make_vio(session))
    with own_session() as session:
        events = session.query(AuditEvent).all()
        assert len(events) == 2 and all(one.seq for one in events)
        assert not verify(session).broken
