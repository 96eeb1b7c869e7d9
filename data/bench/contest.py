"""The race of `interactive`: the same assignments ranked by every contender, over the same people, in one process.

Whoever takes part gives the same people, in the same order, with the same scores; `measure` fails where not.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data.bench import pandas_baseline
from data.bench.alone import most_memory, proportional_memory
from data.bench.limits import Reading, interleaved, timed
from data.bench.pandas_tables import Tables
from data.bench.race import Effort, race
from data.bench.world import World
from data.bench.world_work import KINDS, Work
from matching import DEFAULT_WEIGHTS, Assignment, Matcher, TreesModel, linker_for
from matching.criteria import CRITERIA
from matching.engine import Snapshot, StoredMatcher, Writer
from matching.engine.segment import MOST
from matching.matcher import ORDER
from matching.pool import Pool

TOP = 50
ENGINES = ("engine", "engine, near matches too", "engine by trees")
# Beyond this the plain matcher's columns need more memory than a small machine has.
PLAIN_MOST = 100_000
Ranking = Callable[[Assignment], pd.DataFrame]


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


def engine_alone(folder: str, each: int, rounds: int, loops: bool = True) -> dict[str, float]:
    """Return the engine's rankings over a store in R by share, and the memory (PSS) of a process that does this.

    Without `loops` by whole arrays, as where the extra `fast` is not installed.
    """
    work, reading = Work(), Reading()
    before, memory = proportional_memory(), []
    matcher = StoredMatcher(Snapshot.open(Path(folder), work.world.reference, loops))
    found = {}
    for share in KINDS:
        asked = work.assignments(share, each)
        works = {one.id: (partial(matcher.rank, [one], TOP, near=False), rounds) for one in asked}
        raced = interleaved(reading.seconds, works)
        found[str(share)] = statistics.median(ratio for _, ratio in raced.values())
        memory.append(proportional_memory() - before)
    return found | {"memory": memory[1]}  # half way: where two do this at once, both are there still


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
    fast, slow = Effort(rounds), Effort(slow_rounds, slow_each)
    times = race(asked, {name: (one, fast if name in ENGINES else slow) for name, one in contenders.items()})
    shares = {str(share): _check(contenders, all_[:slow_each]) for share, all_ in asked.items()}
    return {"times": times, "ready": ready, "compared": shares}


def _contenders(world: World, size: int, folder: Path, ready: dict[str, float]) -> dict[str, Ranking]:
    found: dict[str, Ranking] = {}
    reference = world.reference
    with timed(ready, "pandas"):
        tables = Tables(world.volunteers(size), linker_for(reference))
    found["pandas"] = lambda one: pandas_baseline.rank(tables, reference, one, TOP)
    with timed(ready, "engine"):
        store(world, size, folder)
        stored = StoredMatcher(Snapshot.open(folder, reference))
    by_trees = stored.scored_by(trees())
    found["engine"] = lambda one: stored.rank([one], top=TOP, near=False)
    found["engine, near matches too"] = lambda one: stored.rank([one], top=TOP)
    found["engine by trees"] = lambda one: by_trees.rank([one], top=TOP, near=False)
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


def trees() -> TreesModel:
    """Return a model such as boosting learns: for every two criteria but the country, eight small steps of each."""
    steps = np.linspace(0.1, 0.9, 8).tolist()
    learned = [CRITERIA.index(name) for name in CRITERIA if name != "country"]
    leaf = {"feature": -1, "threshold": 0.0, "left": 0, "right": 0}
    found = []
    for one, other in combinations(learned, 2):
        for step in steps:
            nodes = [
                {"feature": one, "threshold": step, "left": 1, "right": 2, "value": 0.0},
                leaf | {"value": 0.0},
                {"feature": other, "threshold": step, "left": 3, "right": 4, "value": 0.0},
                leaf | {"value": 0.5},
                leaf | {"value": 1.0},
            ]
            found.append({name: [node[name] for node in nodes] for name in nodes[0]})
    return TreesModel({name: weight / 2 for name, weight in DEFAULT_WEIGHTS.items()}, found)


def _check(contenders: Mapping[str, Ranking], asked: Sequence[Assignment]) -> int:
    """Return how many rows all contenders agree on; RuntimeError where one says something else."""
    rows = 0
    for one in asked:
        answers = {
            name: contender(one)[list(ORDER)].to_numpy().tolist()
            for name, contender in contenders.items()
            if name != "engine by trees"  # scores otherwise
        }
        whole = answers["engine, near matches too"]
        eligible = [row for row in whole if row[ORDER.index("status")] == "eligible"]
        for name, answer in answers.items():
            if answer != (eligible if name == "engine" else whole):
                raise RuntimeError(f"{name} does not rank {one.id} as the others do")
        rows += len(whole)
    return rows
