"""Engine and session. Services flush; the request or command commits once, on success."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.orm import SessionTransaction, scoped_session, sessionmaker

log = logging.getLogger(__name__)

SESSION_FACTORY: sessionmaker[OrmSession] = sessionmaker(expire_on_commit=False)
Session: scoped_session[OrmSession] = scoped_session(SESSION_FACTORY)
_ONCE_STORED = "to do once stored"  # in the info of a session
PATIENCE = "patience"  # an option of a connection
ONE_TRANSACTION = "one transaction"  # in the info of a session that commits once, at its end
Sessions = Callable[[], AbstractContextManager[OrmSession]]  # each call: a session that commits at its end

LONGEST_WAIT = 30  # seconds for SQLite's one writer


def make_engine(url: str) -> Engine:
    """Return an engine for `url`; SQLite gets WAL, foreign keys, and write transactions that lock at their start."""
    # A server that is away is said to be within seconds, and found again without a restart.
    options: dict[str, Any] = {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}
    if url.startswith("sqlite"):
        options = {"connect_args": {"timeout": LONGEST_WAIT, "check_same_thread": False}}
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Take transactions into our own hands: Python's driver would begin them late and break savepoints."""
    connection.isolation_level = None
    # What is deleted is overwritten: whoever reads the file afterwards finds nothing of it.
    # 16 MB of pages are kept for each connection: the 2 MB of old make it read long rows again and again.
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON", "cache_size=-16384"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Begin at once as a writer where a write is to come: a reader cannot become one while another writes."""
    options = connection.get_execution_options()
    begin = "BEGIN IMMEDIATE" if options.get("will_write", True) else "BEGIN"
    patience = options.get(PATIENCE)
    if patience is None:
        connection.exec_driver_sql(begin)
    else:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(patience * 1000)}")
        try:
            connection.exec_driver_sql(begin)
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={LONGEST_WAIT * 1000}")
    connection.info["changes_before"] = _changes(connection)


def _changes(connection: Connection) -> int:
    """Return how many rows this connection (SQLite) has changed since it was opened."""
    changes: int = connection.connection.driver_connection.total_changes  # type: ignore[union-attr]
    return changes


def let_others_write(session: OrmSession) -> None:
    """Before something slow: end a transaction that has changed nothing so far, for SQLite knows one writer.

    What was read stays as it is in the session. A transaction that has changed something goes on, and so does that of
    `own_session`, which is one from its beginning to its end.
    """
    if session.get_bind().dialect.name != "sqlite" or not session.in_transaction() or ONE_TRANSACTION in session.info:
        return
    if session.new or session.dirty or session.deleted:
        return
    connection = session.connection()
    if not connection.get_execution_options().get("will_write", True):
        return  # it reads only, and keeps nobody waiting
    if connection.info.get("changes_before") == _changes(connection):
        session.commit()


def bind(engine: Engine | Connection, **options: Any) -> None:
    """Let every new session use `engine`."""
    Session.remove()
    SESSION_FACTORY.configure(bind=engine, **options)


def keep_key(data_key: str, hash_key: str = "", columns: Path | None = None) -> None:
    """Give every new session the installation's keys, for marks that only this installation can make.

    `columns` is where people lie stored for rankings (services/stored); None: nowhere.
    """
    more = {"hash_key": hash_key} if hash_key else {}
    SESSION_FACTORY.configure(info={"data_key": data_key, "columns": columns, **more})


def data_key_in_use() -> str:
    """Return the installation's key, for columns that lie encrypted; RuntimeError where nobody gave it."""
    key: str = SESSION_FACTORY.kw.get("info", {}).get("data_key", "")
    if not key:
        raise RuntimeError("What lies encrypted needs DATA_KEY: call keep_key first")
    return key


def address_of(session: OrmSession | scoped_session[OrmSession]) -> str:
    """Return where the database of a session is: by it a process keeps what it has read there."""
    return str(session.get_bind().engine.url)


def begin_reading(session: OrmSession | scoped_session[OrmSession]) -> None:
    """Begin a transaction that only reads, so that it waits for no writer (SQLite)."""
    session.connection(execution_options={"will_write": False})


def wait_at_most(session: OrmSession, seconds: float) -> None:
    """Before all else: let a session give up, by OperationalError, where others keep it waiting for longer."""
    connection = session.connection(execution_options={PATIENCE: seconds})
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(seconds * 1000)}")


def see_anew(session: OrmSession | scoped_session[OrmSession]) -> None:
    """Let a transaction that only reads see what others stored since it began; what was read stays in the session."""
    reads = not session.connection().get_execution_options().get("will_write", True)
    session.commit()
    if reads:
        begin_reading(session)


def begin_one_sight(session: OrmSession) -> None:
    """Begin a transaction that only reads and sees everything as it is at one moment, while others go on writing."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    session.connection(
        execution_options={"isolation_level": "REPEATABLE READ"} if is_postgresql else {"will_write": False}
    )


def once_stored(session: OrmSession, act: Callable[[], object]) -> None:
    """Do something when the session's whole transaction is stored, and not before; nothing if it is rolled back.

    The end of a savepoint stores nothing; what was asked for within one goes with it where that is rolled back.
    """
    session.info.setdefault(_ONCE_STORED, []).append((session.get_nested_transaction(), act))


def _stored(session: OrmSession) -> None:
    if session.in_nested_transaction():
        return
    for _, act in session.info.pop(_ONCE_STORED, []):
        try:
            act()
        except Exception:  # it is stored all the same, and the next act is due too; the administrator sees the error
            log.exception("something that was due once a transaction was stored failed")


def _rolled_back(session: OrmSession, ended: SessionTransaction) -> None:
    while not ended.nested and ended.parent is not None:
        ended = ended.parent  # a flush that failed ends the savepoint, or the whole, in which it was
    waiting = session.info.pop(_ONCE_STORED, [])
    if kept := [one for one in waiting if ended.nested and not _is_within(one[0], ended)]:
        session.info[_ONCE_STORED] = kept


def _is_within(savepoint: SessionTransaction | None, ended: SessionTransaction) -> bool:
    while savepoint is not None and savepoint is not ended:
        savepoint = savepoint.parent
    return savepoint is ended


event.listen(OrmSession, "after_commit", _stored)
event.listen(OrmSession, "after_soft_rollback", _rolled_back)


def leave_no_trace_once_stored(session: OrmSession) -> None:
    """Once the session's transaction is stored, bring SQLite's log into its file, where what was deleted is no more.

    As far as others read at that moment it stays in the log until they are done; each night it is brought in as well.
    """
    once_stored(session, lambda: empty_log(session.get_bind()))


def empty_log(engine: Engine | Connection) -> None:
    """Bring SQLite's write-ahead log into its file and empty it; nothing elsewhere."""
    if isinstance(engine, Engine) and engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.close()


def sweep(engine: Engine) -> None:
    """Give back the room of what was deleted: SQLite's log as above; PostgreSQL is vacuumed."""
    empty_log(engine)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")


@contextmanager
def own_session() -> Iterator[OrmSession]:
    """Yield a session whose commit does not depend on the caller's.

    For what must outlive a failure (failed log-ins, refused access) and for a job's heartbeat and progress. Use it
    only where the caller holds no open write: SQLite knows one writer.
    """
    with SESSION_FACTORY() as session, session.begin():
        session.info[ONE_TRANSACTION] = True
        yield session


def write_if_free(act: Callable[[OrmSession], object]) -> None:
    """Do something small that may be left undone, in a session of its own; not while somebody else writes (SQLite)."""
    try:
        with SESSION_FACTORY() as session, session.begin():
            session.connection(execution_options={PATIENCE: 0})
            act(session)
    except OperationalError as error:
        if getattr(error.orig, "sqlite_errorname", "") != "SQLITE_BUSY":
            raise
