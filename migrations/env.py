"""Run migrations on the database that the caller names, or on the environment's."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import String

from webapp.config import config_from_environment
from webapp.db import make_engine
from webapp.models import Base
from webapp.models.base import OneLine, UtcDateTime
from webapp.models.sealed import Encrypted


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write the service's own column kinds by what the database stores, so that old steps need no new code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and type(item).__name__ == "AsaList":
        return "sa.UnicodeText()"
    if kind == "type" and isinstance(item, OneLine):
        return f"sa.{item.impl_instance!r}"
    if kind == "type" and isinstance(item, Encrypted):
        return "sa.Text()"
    return False


def differs(context: Any, _column: Any, _meant: Any, there: Any, meant: Any) -> bool | None:
    """Say that SQLite keeps encrypted words well whatever length a column once had: it knows no lengths."""
    is_sqlite = context.dialect.name == "sqlite"
    return False if is_sqlite and isinstance(meant, Encrypted) and isinstance(there, String) else None


def run() -> None:
    """Migrate over the connection in the attributes, else over a new one."""
    attributes = context.config.attributes
    connection = attributes.get("connection")
    if connection is not None:
        _migrate(connection)
        return
    engine = make_engine(attributes.get("url") or config_from_environment().database_url)
    with engine.connect() as connection:
        _migrate(connection)
    engine.dispose()


def _migrate(connection: Any) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        compare_type=differs,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
