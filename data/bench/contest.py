"""The race of `interactive`: the same assignments ranked by every contender, over the same people, in one process.

Whoever takes part gives the same people, in the same order, with the same scores; `measure` fails where not.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from data.bench import pandas_baseline
from data.bench.alone import most_memory
from data.bench.limits import Reading, interleaved, timed
from data.bench.pandas_tables import Tables
from data.bench.world import World
from data.bench.world_work import KINDS, Work
from matching import Assignment, Matcher, linker_for
from matching.engine import Snapshot, StoredMatcher, Writer
from matching.engine.segment import MOST
from matching.matcher import ORDER
from matching.pool import Pool

TOP = 50
# Beyond this the plain matcher's columns need more memory than a small machine has.
PLAIN_MOST = 100_000
Contender = Callable[[Assignment], pd.DataFrame]


def measure(
    folder: str, sizes: Sequence[int], each: int, rounds: int, slow_rounds: int, slow_each: int
) -> dict[str, Any]:
    """Return seconds and multiples of R by size, contender and share, and what making each ready took.

    The stores stay in `folder`, each under its size.
    """
    work = Work()
    asked = {share: work.assignments(share, each) for share in KINDS}
    found: dict[str, Any] = {}
    for size in sizes:
        place = Path(folder) / str(size)
        found[str(size)] = _one_size(work.world, size, asked, place, (rounds, slow_rounds, slow_each))
    return found | {"memory": most_memory()}


def engine_alone(folder: str, each: int, rounds: int) -> dict[str, float]:
    """Return the seconds of the engine's rankings over a store by share, and the memory of a process that does this."""
    work = Work()
    matcher = StoredMatcher(Snapshot.open(Path(folder), work.world.reference))
    found = {}
    for share in KINDS:
        works = {one.id: partial(matcher.rank, [one], top=TOP) for one in work.assignments(share, each)}
        raced = interleaved(lambda: 1.0, works, rounds)
        found[str(share)] = statistics.median(seconds for seconds, _ in raced.values())
    return found | {"memory": most_memory()}


def _one_size(
    world: World,
    size: int,
    asked: Mapping[float, Sequence[Assignment]],
    folder: Path,
    effort: tuple[int, int, int],
) -> dict[str, Any]:
    rounds, slow_rounds, slow_each = effort
    ready: dict[str, float] = {}
    contenders = _contenders(world, size, folder, ready)
    reading = Reading()
    times: dict[str, dict[str, dict[str, float]]] = {}
    for name, contender in contenders.items():
        times[name] = {}
        for share, all_ in asked.items():
            some = all_ if name == "engine" else all_[:slow_each]
            works = {one.id: (lambda one=one: contender(one)) for one in some}  # noqa: B023 (called in this turn)
            raced = interleaved(reading.seconds, works, rounds if name == "engine" else slow_rounds)
            times[name][str(share)] = {
                "seconds": statistics.median(seconds for seconds, _ in raced.values()),
                "R": statistics.median(ratio for _, ratio in raced.values()),
                "slowest R": max(ratio for _, ratio in raced.values()),
            }
    shares = {str(share): _check(contenders, all_[:slow_each]) for share, all_ in asked.items()}
    return {"times": times, "ready": ready, "compared": shares}


def _contenders(world: World, size: int, folder: Path, ready: dict[str, float]) -> dict[str, Contender]:
    found: dict[str, Contender] = {}
    reference = world.reference
    with timed(ready, "pandas"):
        tables = Tables(world.volunteers(size), linker_for(reference))
    found["pandas"] = lambda one: pandas_baseline.rank(tables, reference, one, TOP)
    with timed(ready, "engine"):
        store(world, size, folder)
        stored = StoredMatcher(Snapshot.open(folder, reference))
    found["engine"] = lambda one: stored.rank([one], top=TOP)
    if size <= PLAIN_MOST:
        with timed(ready, "plain"):
            matcher = plain(world, size)
            matcher.rank(Work(world).assignments(0.5, 1), top=1)
        found["plain"] = lambda one: matcher.rank([one], top=TOP)
    return found


def store(world: World, size: int, folder: Path, most: int = MOST) -> None:
    """Store the first people of a world, so many in a segment."""
    people = (one for chunk in world.volunteers(size) for one in chunk)
    Writer(folder, world.reference, linker_for(world.reference)).rebuild(people, most)


def plain(world: World, size: int) -> Matcher:
    """Return the plain matcher fitted on the first people of a world."""
    matcher = Matcher(reference=world.reference)
    matcher.fit(pd.DataFrame({"id": [], "consent_matching": []}, dtype=str))
    people = [one for chunk in world.volunteers(size) for one in chunk]
    matcher.pool_ = Pool(people, linker_for(world.reference))
    return matcher


def _check(contenders: Mapping[str, Contender], asked: Sequence[Assignment]) -> int:
    """Return how many rows all contenders agree on; RuntimeError where one says something else."""
    rows = 0
    for one in asked:
        answers = {name: contender(one)[list(ORDER)] for name, contender in contenders.items()}
        first, *others = answers.values()
        for name, other in zip(list(answers)[1:], others, strict=True):
            if first.to_numpy().tolist() != other.to_numpy().tolist():
                raise RuntimeError(f"{name} does not rank {one.id} as {next(iter(answers))} does")
        rows += len(first)
    return rows
