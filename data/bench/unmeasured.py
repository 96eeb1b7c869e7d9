"""What issue E asks for and no suite measures yet: rows without a value, which count as missed."""

from __future__ import annotations

from data.evaluation.figure import Figure, missing

OWED = (
    ("two dask workers: results differ from one process", 0.0, "bytes"),
    ("two dask workers: overhead against two processes", 0.2, "of the time"),
    ("a saved profile shows its new matches on the next page (1: yes)", 1.0, ""),
    ("first start with an empty cache", None, "s"),
    ("first start with a warm cache", None, "s"),
    ("import of 100,000 volunteers by CSV, of the rate of executemany", 1 / 3, "of the rate"),
)


def figures(full: bool) -> list[Figure]:  # noqa: ARG001 (nothing is measured in either)
    """Return a row for each."""
    return [missing(name, goal, unit) for name, goal, unit in OWED]
