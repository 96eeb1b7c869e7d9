"""While a password is hashed, somebody else may write; what was changed already stays in its transaction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session as OrmSession

from tests.databases import settings, sqlite_database
from webapp import create_app
from webapp.db import Session as ScopedSession
from webapp.db import bind, let_others_write, make_engine
from webapp.models import Role


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """Yield the address of a database in a file."""
    with sqlite_database(tmp_path, "writers") as url:
        yield url


def _can_somebody_else_write(url: str) -> bool:
    other = create_engine(url, connect_args={"timeout": 0.1})
    try:
        with other.begin() as connection:
            connection.execute(text("INSERT INTO role (name) VALUES (hex(randomblob(8)))"))
    except OperationalError:
        return False
    finally:
        other.dispose()
    return True


def test_who_has_only_read_lets_others_write_and_keeps_what_was_read(url: str) -> None:
    with OrmSession(make_engine(url), expire_on_commit=False) as session:
        role = Role(name="of before")
        session.add(role)
        session.commit()
        session.refresh(role)
        assert not _can_somebody_else_write(url), "a request that may write begins as a writer"
        let_others_write(session)
        assert _can_somebody_else_write(url)
        assert role.name == "of before"


def test_who_has_changed_something_goes_on_with_it(url: str) -> None:
    with OrmSession(make_engine(url), expire_on_commit=False) as session:
        session.add(Role(name="not yet"))
        let_others_write(session)
        session.flush()
        let_others_write(session)
        assert not _can_somebody_else_write(url)
        session.rollback()
        assert session.query(Role).filter_by(name="not yet").count() == 0


def test_passwords_are_hashed_and_compared_while_others_may_write(url: str, tmp_path: Path) -> None:
    app = create_app(settings("test", tmp_path, url))
    bind(make_engine(url))
    context = app.extensions["security"].pwd_context
    could: list[bool] = []

    def looks(_password: str) -> None:
        could.append(_can_somebody_else_write(url))

    context._context = SimpleNamespace(hash=looks, verify=looks)
    for slow in (context.hash, context.verify):
        ScopedSession.query(Role).count()
        slow("a password")
    ScopedSession.remove()
    assert could == [True, True]
