"""One assignment against everybody: the best fifty with rules, score and reasons, beside what one could use instead.

In multiples of R (limits.py), measured just before each call; one thread. Rankings are compared only where they are
equal; a search by text alone gives another list, so its recall stands beside.
"""

from __future__ import annotations

import tempfile
from typing import Any

from data.bench.alone import Alone, alone
from data.bench.pgvector_search import SETTINGS
from data.bench.world_work import KINDS
from data.evaluation.figure import Figure, at_least, at_most, missing

SIZES = (10_000, 100_000, 1_000_000)
TEXT_SIZE = 100_000
# By the share of the people that is eligible: the most R that a ranking may take, the least times that pandas takes.
MOST_R = {0.5: 1.0, 0.05: 0.4, 0.01: 0.3}
LEAST_TIMES = {0.5: 10.0, 0.05: 10.0, 0.01: 4.0}
TWO_MOST = 1.2


def figures(full: bool) -> list[Figure]:
    """Race over the first of SIZES; `full` over all, with more assignments and rounds: the goals are for the last."""
    sizes = SIZES if full else SIZES[:-1]
    each, rounds, slow_rounds, slow_each = (8, 9, 3, 3) if full else (3, 5, 1, 1)
    with tempfile.TemporaryDirectory(prefix="caravanserai-bench-") as folder:
        found = alone(
            "data.bench.contest",
            "measure",
            folder=folder,
            sizes=sizes,
            each=each,
            rounds=rounds,
            slow_rounds=slow_rounds,
            slow_each=slow_each,
        )
        rows = [row for size in sizes for row in _of_size(found[str(size)], size)]
        how = {"folder": f"{folder}/{sizes[-1]}", "each": 2, "rounds": 2 * rounds}
        rows += [*_two_at_once(sizes[-1], how), *_without_loops(sizes[-1], how)]
    rows += [] if full else _without_full()
    rows += _by_text(alone("data.bench.text_search", "measure", size=TEXT_SIZE, each=3, rounds=rounds))
    rows.append(at_most("memory of the race, all contenders together", found["memory"], None, "MB"))
    return rows


def _without_full() -> list[Figure]:
    where = f"{SIZES[-1]:,} people"
    return [
        *(missing(f"engine (with --full): {where}, {share:.0%} eligible", goal, "R") for share, goal in MOST_R.items()),
        *(
            missing(f"pandas beside the engine (with --full): {where}, {share:.0%} eligible", goal, "times")
            for share, goal in LEAST_TIMES.items()
        ),
    ]


def _of_size(found: dict[str, Any], size: int) -> list[Figure]:
    times, largest = found["times"], size == SIZES[-1]
    rows = []
    for share in KINDS:
        where = f"{size:,} people, {share:.0%} eligible"
        for name, by_share in times.items():
            one = by_share[str(share)]
            goal = MOST_R[share] if largest and name == "engine" else None
            beside = {"seconds": one["seconds"], "slowest R": one["slowest R"]}
            rows.append(Figure(f"{name}: {where}", one["R"], "R", goal, _met(one["R"], goal), beside=beside))
        rows += _beside(times, share, where, largest)
    rows += [at_most(f"{name} made ready, {size:,} people", taken, None, "s") for name, taken in found["ready"].items()]
    return rows


def _beside(times: dict[str, Any], share: float, where: str, largest: bool) -> list[Figure]:
    engine, whole, by_trees, pandas = (
        times[name][str(share)]["R"] for name in ("engine", "engine, near matches too", "engine by trees", "pandas")
    )
    goal = LEAST_TIMES[share] if largest else None
    return [
        at_least(f"pandas beside the engine, near matches too: {where}", pandas / whole, goal, "times"),
        at_most(f"the engine by trees beside the linear model: {where}", by_trees / engine, None, "times"),
    ]


def _met(value: float, goal: float | None) -> bool | None:
    return None if goal is None else value <= goal


def _two_at_once(size: int, how: dict[str, Any]) -> list[Figure]:
    """Let one process rank, then two at once: each does as many rankings, so that they run beside one another."""
    module, function, where = "data.bench.contest", "engine_alone", f"{size:,} people"
    own = alone(module, function, **how)
    both = [running.result() for running in [Alone(module, function, **how) for _ in range(2)]]
    rows = []
    for share in KINDS:
        slowest = max(one[str(share)] / own[str(share)] for one in both)
        name = f"engine: each of two processes at once, of its own R: {where}, {share:.0%} eligible"
        rows.append(at_most(name, slowest, TWO_MOST, "times"))
    most = max(one["memory"] for one in both)
    beside = {"alone": own["memory"]}
    return [*rows, at_most(f"engine: memory (PSS) of each of two processes: {where}", most, None, "MB", beside)]


def _without_loops(size: int, how: dict[str, Any]) -> list[Figure]:
    """Rank as the engine does where the extra `fast` is not installed."""
    found = alone("data.bench.contest", "engine_alone", loops=False, **how)
    where = f"{size:,} people"
    return [
        at_most(f"engine without compiled loops: {where}, {share:.0%} eligible", found[str(share)], None, "R")
        for share in KINDS
    ]


def _by_text(found: dict[str, Any]) -> list[Figure]:
    rows = []
    for name in ("scikit-learn", "faiss", *SETTINGS):
        for share in KINDS:
            where = f"{TEXT_SIZE:,} people, {share:.0%} eligible"
            if name not in found:
                rows.append(missing(f"{name} by text alone (not installed): {where}", None, "R"))
                continue
            one = found[name][str(share)]
            rows.append(at_most(f"{name} by text alone: {where}", one["R"], None, "R", {"seconds": one["seconds"]}))
            rows.append(at_least(f"{name} by text alone, share of the right fifty: {where}", one["recall"], None))
    return rows
