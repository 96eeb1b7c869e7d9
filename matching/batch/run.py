"""Runs a batch chunk by chunk: what is finished stays, whoever starts it again goes on from there, on all processes.

A chunk is a segment of the store; its lists are published under their name as a whole. The result is the same to the
byte however many chunks and processes there are.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from matching.batch.chunk import Chunk
from matching.batch.lists import PEOPLE, WORKS, Lists, arrays_of, picks_in, write_lists
from matching.batch.picks import Picks
from matching.batch.scores import Question, check_model, questions
from matching.engine.matcher import StoredMatcher
from matching.engine.pack import open_pack, write_pack
from matching.engine.store import Snapshot
from matching.learning import ScoreModel
from matching.records import Assignment
from matching.reference import Reference
from matching.spread import PLAIN, Spread

RESULT = "lists"


@dataclass(frozen=True)
class Task:
    """What is asked: everybody in the store against these assignments, the `top` eligible and the `top` near."""

    store: Path
    assignments: tuple[Assignment, ...]
    top: int
    seed: int = 0
    spread: Spread = PLAIN
    model: ScoreModel | None = None

    def matcher(self) -> StoredMatcher:
        """Open the store. StoreError where there is none that fits."""
        return StoredMatcher(Snapshot.open(self.store, Reference.load()), model=self.model)


@dataclass(frozen=True)
class Progress:
    """Pairs done and in all, and the seconds that are left at the pace so far (None: not known yet)."""

    done: int
    total: int
    seconds_left: float | None


Tell = Callable[[Progress], None]


def run(task: Task, folder: Path, processes: int = 1, tell: Tell = lambda _: None) -> Lists:
    """Make all lists, or go on with those begun in `folder`; BatchError: the model is no linear one."""
    folder.mkdir(parents=True, exist_ok=True)
    matcher = task.matcher()
    check_model(matcher)
    name = _begin(task, matcher, folder)
    sizes = [segment.size for segment in matcher.snapshot.segments]
    watch = _Watch(sizes, len(task.assignments), tell)
    left = []
    for number in range(len(sizes)):
        if _part(folder, name, number).exists():
            watch.had(number)
        else:
            left.append(number)
    for number in _finished(task, matcher, folder, name, left, processes, watch):
        watch.finished(number)
    return _merged(task, matcher, folder, name)


def make_part(task: Task, number: int, path: Path) -> int:
    """Make the lists of one segment and publish them at `path`; return its number."""
    matcher, asked = _opened(task)
    _write_part(matcher, task, asked, number, path, lambda _: None)
    return number


def _begin(task: Task, matcher: StoredMatcher, folder: Path) -> str:
    """Return the name of this very task; what was begun for another one is removed."""
    facts = {
        "matcher": matcher.fingerprint,
        "store": asdict(matcher.snapshot.manifest),
        "assignments": [repr(one) for one in task.assignments],
        "how": [task.top, task.seed, task.spread.to_dict()],
    }
    name = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]
    for path in folder.glob("part-*"):
        if not path.name.startswith(f"part-{name}-"):
            path.unlink()
    return name


def _finished(
    task: Task, matcher: StoredMatcher, folder: Path, name: str, left: list[int], processes: int, watch: _Watch
) -> Iterator[int]:
    if processes > 1 and len(left) > 1:
        yield from _side_by_side(task, folder, name, left, processes)
        return
    asked = questions(matcher, list(task.assignments)) if left else []
    for number in left:
        path = _part(folder, name, number)
        _write_part(matcher, task, asked, number, path, lambda done, number=number: watch.inside(number, done))  # type: ignore[misc]
        yield number


def _side_by_side(task: Task, folder: Path, name: str, left: list[int], processes: int) -> Iterator[int]:
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        running = {pool.submit(make_part, task, number, _part(folder, name, number)) for number in left}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for one in done:
                yield one.result()


@lru_cache(maxsize=1)
def _opened_once(key: str) -> tuple[StoredMatcher, list[Question]]:
    task = _TASKS[key]
    matcher = task.matcher()
    return matcher, questions(matcher, list(task.assignments))


_TASKS: dict[str, Task] = {}


def _opened(task: Task) -> tuple[StoredMatcher, list[Question]]:
    """Return the opened store and the assignments as they were read: once for all parts of a process."""
    key = hashlib.sha256(repr(task).encode()).hexdigest()
    _TASKS.clear()
    _TASKS[key] = task
    return _opened_once(key)


def _write_part(
    matcher: StoredMatcher, task: Task, asked: list[Question], number: int, path: Path, tell: Callable[[int], None]
) -> None:
    segment = matcher.snapshot.segments[number]
    people, works = Chunk(matcher, segment, task.top, task.seed, task.spread).run(asked, tell)
    write_pack(path, {}, {**arrays_of(PEOPLE, people), **arrays_of(WORKS, works)})


def _part(folder: Path, name: str, number: int) -> Path:
    return folder / f"part-{name}-{number:06}"


def _merged(task: Task, matcher: StoredMatcher, folder: Path, name: str) -> Lists:
    """Put the parts together: volunteers' lists are whole already, of assignments' lists the best stay."""
    works, people, ids, first = [], [], [], 0
    for number, segment in enumerate(matcher.snapshot.segments):
        pack = open_pack(_part(folder, name, number))
        mine, others = picks_in(pack, PEOPLE), picks_in(pack, WORKS)
        people.append(replace(mine, owner=(mine.owner + first).astype(np.int32)))
        works.append(replace(others, other=(others.other + first).astype(np.int32)))
        ids += [segment.id_of(row).encode("utf-8", "surrogatepass") for row in range(segment.size)]
        first += segment.size
    path = folder / RESULT
    write_lists(
        path, Picks.joined(works).best(task.top), Picks.joined(people), [one.id for one in task.assignments], ids
    )
    return Lists.open(path)


class _Watch:
    """Counts what is done, and guesses what is left from the pace of this run."""

    def __init__(self, sizes: list[int], assignments: int, tell: Tell) -> None:
        self._sizes, self._assignments, self._tell = sizes, assignments, tell
        self._total = sum(sizes) * assignments
        self._before = self._done = 0
        self._started = time.monotonic()

    def had(self, number: int) -> None:
        """Note a segment that was done before this run."""
        self._before += self._sizes[number] * self._assignments
        self._done = self._before

    def inside(self, number: int, assignments: int) -> None:
        """Tell how far a segment is."""
        self._say(self._done + self._sizes[number] * assignments)

    def finished(self, number: int) -> None:
        """Tell that a segment is done."""
        self._done += self._sizes[number] * self._assignments
        self._say(self._done)

    def _say(self, done: int) -> None:
        mine, passed = done - self._before, time.monotonic() - self._started
        left = (self._total - done) * passed / mine if mine else None
        self._tell(Progress(done, self._total, left))
