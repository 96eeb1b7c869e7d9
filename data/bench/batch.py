"""All assignments against everybody, both sides' fifty best, beside the same loop that only multiplies.

The product is that of 100,000 x 256 and 256 x 20,000 numbers, which is what comparing one row a person with one row an
assignment would cost; the batch ranks by rules and the whole score. Pairs that rules leave out count as done.
"""

from __future__ import annotations

import tempfile
from typing import Any

from data.bench.alone import alone
from data.evaluation.figure import Figure, at_least, at_most

PEOPLE = 100_000
ASSIGNMENTS = 20_000
LINEAR_FROM = 5_000
LEAST = {0.5: 0.6, 0.05: 1.5}
LEAST_OF_GEMM, MOST_MEMORY, LEAST_TWO, MOST_MORE = 0.8, 1_500.0, 1.6, 0.2
# Twice the assignments may take so much more than twice the time before it counts as no longer linear.
LINEAR_SLACK = 1.1
QUICK_PEOPLE, QUICK_ASSIGNMENTS = 25_000, 10_000
MODULE = "data.bench.cohort"


def figures(full: bool) -> list[Figure]:
    """Measure the size of the goals when `full`, else a quarter of the people and half of the assignments."""
    people, works, rounds = (PEOPLE, ASSIGNMENTS, 3) if full else (QUICK_PEOPLE, QUICK_ASSIGNMENTS, 1)
    rows: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="caravanserai-bench-") as folder:
        store = f"{folder}/store"
        rows.append(
            at_most(f"storing {people:,} people", alone(MODULE, "prepare", folder=store, people=people), None, "s")
        )
        for share in LEAST:
            how = {"store": store, "folder": f"{folder}/{share}", "people": people, "share": share}
            found = alone(MODULE, "one_process", sizes=(LINEAR_FROM, works), rounds=rounds, **how)
            rows += _of_share(found, people, works, share)
        how = {"store": store, "folder": f"{folder}/two", "assignments": works, "share": 0.5}
        found = alone(MODULE, "processes", rounds=3, **how)
    where = f"{people:,} people x {works:,} assignments"
    seconds = {"one, seconds": found["one"], "two, seconds": found["two"]}
    rows.append(at_least(f"two processes: {where}", found["one"] / found["two"], LEAST_TWO, "of one", seconds))
    rows += _of_cluster(found, where)
    return rows


def _of_cluster(found: dict[str, Any], where: str) -> list[Figure]:
    beside = {"dask, seconds": found["dask"], "two processes, seconds": found["two beside"]}
    more, different = found["dask"] / found["two beside"] - 1, float(found["different"])
    return [
        at_most(f"two dask workers: overhead against two processes: {where}", more, MOST_MORE, "of the time", beside),
        at_most(f"two processes, two dask workers: results differ from one process: {where}", different, 0.0, "files"),
    ]


def _of_share(found: dict[str, Any], people: int, works: int, share: float) -> list[Figure]:
    most, fewer = found[str(works)], found[str(LINEAR_FROM)]
    where = f"{people:,} people x {works:,} assignments, {share:.0%} eligible"
    growth = most["batch"] / fewer["batch"] / (works / LINEAR_FROM)
    beside = {"seconds": most["batch"], "product": most["product"], "reading the assignments": most["reading"]}
    return [
        at_least(
            f"batch, of the speed of the bare product: {where}",
            most["product"] / most["batch"],
            LEAST[share],
            "times",
            beside,
        ),
        at_least(f"the bare product, of GEMM: {where}", most["product of GEMM"], LEAST_OF_GEMM, "times"),
        at_most(f"time a pair, of that with {LINEAR_FROM:,} assignments: {where}", growth, LINEAR_SLACK, "times"),
        at_most(f"most memory: {where}", found["memory"], MOST_MEMORY, "MB"),
        at_most(f"lists that differ from the plain matcher's, of some: {where}", float(found["wrong"]), 0.0, "lists"),
    ]
