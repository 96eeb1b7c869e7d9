"""The measurements of `batch`: everybody against all assignments, and the loop that only multiplies beside it."""

from __future__ import annotations

import hashlib
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from data.bench.alone import most_memory
from data.bench.contest import plain, store
from data.bench.limits import Multiplying, elapsed, timed
from data.bench.workers import workers
from data.bench.world import World
from data.bench.world_work import KINDS, Work
from matching import Assignment
from matching.batch import Lists, Task, run
from matching.batch.task import forget_all_but_texts, opened

TOP = 50
WIDTH = 256
BLOCK, TURN = 8_192, 512
CHECKED = 12


def prepare(folder: str, people: int) -> float:
    """Store the people in two segments, so that two processes have as much to do each; return the seconds.

    Loops that the library compiles once on a machine are compiled here: that takes memory of its own.
    """
    seconds = elapsed(lambda: store(World(), people, Path(folder), -(-people // 2)))
    work = Work()
    for share in KINDS:  # each for itself: more loops are needed where few are left
        run(Task(Path(folder), tuple(work.assignments(share, 1)), TOP), Path(f"{folder}-first"))
    return seconds


def one_process(
    store: str, folder: str, people: int, sizes: Sequence[int], share: float, rounds: int
) -> dict[str, Any]:
    """Return the seconds of the batch and of the bare product, in turn, for each number of assignments.

    Reading the assignments' texts (once for each, when it is published) is timed apart; each turn does all the rest.
    """
    works = tuple(Work().assignments(share, max(sizes)))
    found: dict[str, Any] = {}
    for size in sizes:
        task = Task(Path(store), works[:size], TOP)
        times: dict[str, float] = {}
        with timed(times, "reading"):
            opened(task)
        batch, product, rates = [], [], []
        for turn in range(rounds):
            rate, seconds = multiply(people, size)
            rates.append(rate)
            product.append(seconds)
            place = Path(folder) / f"{size}-{turn}"
            forget_all_but_texts(task)
            batch.append(elapsed(lambda task=task, place=place: run(task, place)))  # type: ignore[misc]
        found[str(size)] = times | {
            "batch": statistics.median(batch),
            "product": statistics.median(product),
            "product of GEMM": statistics.median(rates),
            "bytes": _digest(Path(folder) / f"{size}-0" / "lists"),
        }
    memory = most_memory()  # before the plain matcher takes more
    wrong = _wrong(Lists.open(Path(folder) / f"{max(sizes)}-0" / "lists"), people, works)
    return found | {"memory": memory, "wrong": wrong}


def processes(store: str, folder: str, assignments: int, share: float, rounds: int) -> dict[str, Any]:
    """Return the seconds of one process beside two, then of two beside a cluster with two workers, and how many differ.

    Idle workers take some time of a processor too, which two processes have not to spare: they come afterwards. Each
    turn has a seed of its own, so that no worker has any part left over from the turn before. One process and two do
    all but reading texts in each turn. Workers keep what they have worked out, and what those beside them are forked
    from has worked out all once. Code that loops were compiled to is loaded already for all of these.
    """
    works = tuple(Work().assignments(share, assignments))
    task = Task(Path(store), works, TOP)
    opened(task)  # what is read once is not counted
    said: list[set[str]] = [set() for _ in range(rounds)]

    def turns(hows: Mapping[str, dict[str, Any]], before: Callable[[Task], None]) -> dict[str, float]:
        times: dict[str, list[float]] = {name: [] for name in hows}
        for turn in range(rounds):
            for name, how in hows.items():
                place = Path(folder) / f"{name}-{turn}"
                before(task)
                times[name].append(elapsed(lambda: run(replace(task, seed=turn), place, **how)))  # noqa: B023
                said[turn].add(_digest(place / "lists"))
        return {name: statistics.median(seconds) for name, seconds in times.items()}

    found = turns({"one": {}, "two": {"processes": 2}}, forget_all_but_texts)
    run(replace(task, seed=rounds), Path(folder) / "once")
    with workers(2) as address:
        beside = turns({"two beside": {"processes": 2}, "dask": {"cluster": address}}, lambda _: None)
    return found | beside | {"different": sum(len(digests) - 1 for digests in said)}


def multiply(people: int, assignments: int) -> tuple[float, float]:
    """Do only the product, in the blocks that a batch would take; return its rate beside GEMM's, and its seconds."""
    dice = np.random.default_rng(0)
    rows = dice.random((people, WIDTH), dtype=np.float32)
    asked = dice.random((assignments, WIDTH), dtype=np.float32)
    out = np.empty((BLOCK, TURN), np.float32)
    gemm, rates, total = Multiplying(), [], 0.0
    for first in range(0, people, BLOCK):
        for start in range(0, assignments, TURN):
            one, other = rows[first : first + BLOCK], asked[start : start + TURN]
            total += elapsed(lambda one=one, other=other: np.matmul(one, other.T, out=out[: len(one), : len(other)]))  # type: ignore[misc]
        rates.append(gemm.rate())
    return 2.0 * people * assignments * WIDTH / total / statistics.median(rates), total


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _wrong(lists: Lists, people: int, works: Sequence[Assignment]) -> int:
    """Return how many lists of a few assignments and volunteers differ from those of the plain matcher."""
    matcher = plain(World(), people)
    ids = [one.id for one in matcher.pool_.volunteers[:: max(1, people // CHECKED)]]
    wrong = 0
    found = lists.for_assignments().groupby("assignment_id")
    for one in works[:: max(1, len(works) // CHECKED)]:
        expected = matcher.order([one], top=TOP)
        mine = found.get_group(one.id) if one.id in found.groups else expected.iloc[:0]
        wrong += mine.to_numpy().tolist() != expected.to_numpy().tolist()
    found = lists.for_volunteers().groupby("volunteer_id")
    for volunteer_id in ids:
        expected = matcher.rank_for([volunteer_id], works, top=TOP)
        mine = found.get_group(volunteer_id) if volunteer_id in found.groups else expected.iloc[:0]
        wrong += mine.to_numpy().tolist() != expected[list(mine.columns)].to_numpy().tolist()
    return wrong
