"""Search by text alone in PostgreSQL: pgvector's HNSW index with the filter in the query, with and without iterating.

The filter is a bit that the table already holds, so it costs this contender nothing to work out who is eligible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import psycopg
from numpy.typing import NDArray

from tests.postgres import start_own_server

TOP = 50
SETTINGS = {"pgvector": "off", "pgvector, iterative scan": "strict_order"}
SEARCHED = 100  # as many as the index looks at before the filter, unless it goes on
Rows = NDArray[np.float32]


class Table:
    """People as rows of numbers, and for whom of some assignments each is eligible."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def fill(self, rows: Rows, eligible: Sequence[NDArray[np.bool_]]) -> None:
        """Store the people and build the index; the place in `eligible` is the bit."""
        bits = sum(who.astype(np.int64) << place for place, who in enumerate(eligible))
        execute = self._connection.execute
        execute("CREATE EXTENSION vector")
        execute(f"CREATE TABLE people (place int, bits bigint, row vector({rows.shape[1]}))")
        with self._connection.cursor().copy("COPY people FROM STDIN") as copy:
            for place, (mine, row) in enumerate(zip(np.asarray(bits).tolist(), rows, strict=True)):
                copy.write_row((place, mine, _told(row)))
        execute("SET maintenance_work_mem = '2GB'")
        execute("SET max_parallel_maintenance_workers = 0")
        execute("CREATE INDEX ON people USING hnsw (row vector_ip_ops)")
        execute("ANALYZE people")
        execute("SET enable_seqscan = off")
        execute(f"SET hnsw.ef_search = {SEARCHED}")

    def nearest(self, row: Rows, bit: int, iterative: str) -> NDArray[np.int64]:
        """Return the places of the nearest people who have a bit."""
        self._connection.execute(f"SET hnsw.iterative_scan = {iterative}")
        asked = "SELECT place FROM people WHERE bits & %s <> 0 ORDER BY row <#> %s::vector LIMIT %s"
        found = self._connection.execute(asked, (1 << bit, _told(row[0]), TOP)).fetchall()
        return np.array([place for (place,) in found], np.int64)


@contextmanager
def table() -> Iterator[Table]:
    """Yield an empty table in a server of its own."""
    server = start_own_server()
    try:
        with psycopg.connect(server.url, autocommit=True) as connection:
            yield Table(connection)
    finally:
        server.stop()


def _told(row: NDArray[np.float32]) -> str:
    return "[" + ",".join(f"{number:.6g}" for number in row.tolist()) + "]"
