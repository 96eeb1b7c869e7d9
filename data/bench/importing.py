"""How fast a list of volunteers comes in, all checks on, beside the same rows put in by SQLAlchemy Core's executemany.

A round reads CSV files as `./run manage import` does, into a database that migrations made, and then puts what the
import wrote, row for row and with nothing but the inserts, into the same tables and indexes of another one.
"""

from __future__ import annotations

import contextlib
import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Engine, insert, select

from data.bench import installation, people
from data.bench.databases import SQLITE, kinds
from data.evaluation.figure import Figure, at_least
from webapp import clock, list_command
from webapp.db import bind, keep_key, make_engine, own_session
from webapp.models import Base, Vio
from webapp.services.imports.columns import names
from webapp.services.imports.reading import MOST_ROWS
from webapp.services.spreadsheets import write_csv

QUICK, FULL = 10_000, 100_000
ROUNDS = 3
LEAST_SHARE = 1 / 3  # of the rate of executemany
TABLES = (
    "volunteer",
    "volunteer_skill",
    "volunteer_language",
    "licence",
    "availability_window",
    "country_wish",
    "earlier_service",
    "consent",
    "audit_event",
)
CONSENTED = {
    f"consent_{purpose}_{part}": value
    for purpose in ("matching", "abroad")
    for part, value in (("on", "2026-01-01"), ("how", "signed at the office"))
}


def figures(full: bool) -> list[Figure]:
    """Measure with QUICK or FULL invented volunteers, on each kind of database, rounds in turn."""
    number = FULL if full else QUICK
    with tempfile.TemporaryDirectory(prefix="caravanserai-bench-") as folder:
        files = write_lists(Path(folder), number)
        rounds: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds()}
        for place in range(ROUNDS):
            for kind, found in rounds.items():
                with tempfile.TemporaryDirectory(dir=folder) as here:
                    found.append(one_round(Path(here) / str(place), files, kind))
    return [figure for kind, found in rounds.items() for figure in _figures(number, kind, found)]


def _figures(number: int, kind: str, rounds: list[tuple[float, float]]) -> list[Figure]:
    ratio = statistics.median(plain / ours for ours, plain in rounds)
    ours, plain = (statistics.median(one[side] for one in rounds) for side in (0, 1))
    name = f"import of {number:,} volunteers by CSV, all checks on, {kind}"
    return [
        at_least(name, ratio, LEAST_SHARE, "of executemany's rate"),
        at_least(name, number / ours, None, "people/s"),
        at_least(f"the same rows by executemany, {kind}", number / plain, None, "people/s"),
    ]


def write_lists(folder: Path, number: int) -> list[Path]:
    """Write invented people as an office's lists, each as long as a list may be; return the files."""
    drawn = people.volunteers(number)
    known = people.table("volunteers")
    given = known["full_name"].tolist()
    drawn["full_name"] = [f"{given[place % len(given)]} {_letters(place)}" for place in range(number)]
    drawn["email"] = [f"person{place}@people.example" for place in range(number)]
    drawn["phone"] = [f"+86 {place:09}" for place in range(number)]
    drawn = drawn.assign(**CONSENTED)
    columns = [name for name in names("volunteers") if name in drawn.columns]
    files = []
    for first in range(0, number, MOST_ROWS):
        files.append(folder / f"list{first}.csv")
        rows: pd.DataFrame = drawn[columns].iloc[first : first + MOST_ROWS]
        files[-1].write_bytes(write_csv(columns, rows.to_numpy().tolist()))
    return files


def _letters(place: int) -> str:
    """Return a family name that tells people apart, such as Baba."""
    return "".join("abcdefghij"[int(digit)] + "aeiouaeiou"[int(digit)] for digit in str(place)).title()


def one_round(folder: Path, files: list[Path], kind: str = SQLITE) -> tuple[float, float]:
    """Return the seconds of an import and of the same rows by executemany."""
    with _database(folder / "import", kind) as engine:
        ours = _elapsed(lambda: _import(files))
        rows = _rows_of(engine)
    with _database(folder / "plain", kind) as engine:
        plain = _elapsed(lambda: _execute_many(engine, rows))
    return ours, plain


def _import(files: list[Path]) -> None:
    for file in files:
        with own_session() as session:
            report = list_command.import_list(session, "volunteers", file, None, None, dry_run=False)
            if not report.is_good:
                raise RuntimeError("\n".join(report.lines[-3:]))


def _rows_of(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    with engine.connect() as connection:
        return {
            name: [dict(row) for row in connection.execute(select(Base.metadata.tables[name])).mappings()]
            for name in TABLES
        }


def _execute_many(engine: Engine, rows: dict[str, list[dict[str, Any]]]) -> None:
    with engine.begin() as connection:
        for name, some in rows.items():
            if some:
                connection.execute(insert(Base.metadata.tables[name]), some)


@contextlib.contextmanager
def _database(folder: Path, kind: str) -> Iterator[Engine]:
    """Yield an engine on a migrated database with one VIO, to which sessions are bound, under its own key."""
    folder.mkdir(parents=True)
    with installation.empty(folder, kind) as config:
        engine = make_engine(config.database_url)
        bind(engine)
        keep_key(config.data_key)  # or the audit trail's end bears no mark of ours, and each import tells the error log
        with own_session() as session:
            session.add(Vio(name="Office", country="CN", contact_email="office@vio.example", created_at=clock.now()))
        try:
            yield engine
        finally:
            engine.dispose()


def _elapsed(work: Callable[[], object]) -> float:
    """Return the seconds of one side; what was there before it is left alone by Python's collector, for both alike."""
    gc.collect()
    gc.freeze()
    started = time.perf_counter()
    work()
    taken = time.perf_counter() - started
    gc.unfreeze()
    return taken
