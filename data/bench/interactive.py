"""One assignment against everybody: the best fifty with rules, score and reasons, beside what one could use instead.

In multiples of R (limits.py), measured just before each call; one thread. Rankings are compared only where they are
equal; a search by text alone gives another list, so its recall stands beside.
"""

from __future__ import annotations

import tempfile
from typing import Any

from data.bench.alone import Alone, alone
from data.bench.world_work import KINDS
from data.evaluation.figure import Figure, at_least, at_most, missing

QUICK_SIZES = (10_000, 100_000, 1_000_000)
TEXT_SIZE = 100_000
# By the share of the people that is eligible: the most R that a ranking may take, the least times that pandas takes.
MOST_R = {0.5: 1.0, 0.05: 0.4, 0.01: 0.3}
LEAST_TIMES = {0.5: 10.0, 0.05: 10.0, 0.01: 4.0}
TWO_MOST = 1.2


def figures(full: bool) -> list[Figure]:
    """Race over QUICK_SIZES; `full` means more assignments and rounds, not more people."""
    each, rounds, slow_rounds, slow_each = (8, 9, 3, 3) if full else (3, 5, 1, 1)
    with tempfile.TemporaryDirectory(prefix="caravanserai-bench-") as folder:
        found = alone(
            "data.bench.contest",
            "measure",
            folder=folder,
            sizes=QUICK_SIZES,
            each=each,
            rounds=rounds,
            slow_rounds=slow_rounds,
            slow_each=slow_each,
        )
        rows = [row for size in QUICK_SIZES for row in _of_size(found[str(size)], size)]
        rows += _two_at_once({"folder": f"{folder}/{QUICK_SIZES[-1]}", "each": 2, "rounds": 2 * rounds})
    rows += _by_text(alone("data.bench.text_search", "measure", size=TEXT_SIZE, each=3, rounds=rounds))
    rows.append(at_most("memory of the race, all contenders together", found["memory"], None, "MB"))
    return rows


def _of_size(found: dict[str, Any], size: int) -> list[Figure]:
    times, largest = found["times"], size == QUICK_SIZES[-1]
    rows = []
    for share in KINDS:
        where = f"{size:,} people, {share:.0%} eligible"
        for name, by_share in times.items():
            one = by_share[str(share)]
            goal = MOST_R[share] if largest and name == "engine" else None
            beside = {"seconds": one["seconds"], "slowest R": one["slowest R"]}
            rows.append(Figure(f"{name}: {where}", one["R"], "R", goal, _met(one["R"], goal), beside=beside))
        rows += _against_pandas(times, share, where, largest)
    rows += [at_most(f"{name} made ready, {size:,} people", taken, None, "s") for name, taken in found["ready"].items()]
    return rows


def _against_pandas(times: dict[str, Any], share: float, where: str, largest: bool) -> list[Figure]:
    ratio = times["pandas"][str(share)]["R"] / times["engine"][str(share)]["R"]
    return [at_least(f"pandas beside the engine: {where}", ratio, LEAST_TIMES[share] if largest else None, "times")]


def _met(value: float, goal: float | None) -> bool | None:
    return None if goal is None else value <= goal


def _two_at_once(how: dict[str, Any]) -> list[Figure]:
    """Let one process rank, then two at once: each does as many rankings, so that they run beside one another."""
    module, function = "data.bench.contest", "engine_alone"
    own = alone(module, function, **how)
    both = [running.result() for running in [Alone(module, function, **how) for _ in range(2)]]
    slowest = max(one[str(share)] / own[str(share)] for one in both for share in KINDS)
    return [
        at_most("engine: each of two processes at once, of its own figure", slowest, TWO_MOST, "times"),
        at_most("engine: most memory of a process that ranks", own["memory"], None, "MB"),
    ]


def _by_text(found: dict[str, Any]) -> list[Figure]:
    rows = []
    for name in ("scikit-learn", "faiss"):
        for share in KINDS:
            where = f"{TEXT_SIZE:,} people, {share:.0%} eligible"
            if name not in found:
                rows.append(missing(f"{name} by text alone (not installed): {where}", None, "R"))
                continue
            one = found[name][str(share)]
            rows.append(at_most(f"{name} by text alone: {where}", one["R"], None, "R", {"seconds": one["seconds"]}))
            rows.append(at_least(f"{name} by text alone, share of the right fifty: {where}", one["recall"], None))
    return rows
