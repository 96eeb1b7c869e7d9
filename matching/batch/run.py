"""Runs a batch part by part: what is finished stays, whoever starts it again goes on from there.

A part is a segment of the store. Processes of this machine publish the parts that they make; workers of a cluster send
theirs back, and they are published here. The result is the same to the byte however many parts there are and whoever
made them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from matching.batch.lists import PEOPLE, Lists, write_lists
from matching.batch.needs import Needs
from matching.batch.progress import Tell, Watch
from matching.batch.questions import BatchError, check_model
from matching.batch.shares import put_together
from matching.batch.side import Side
from matching.batch.task import Task, opened, part_of, prepared
from matching.engine.matcher import StoredMatcher
from matching.engine.pack import open_pack, write_pack

RESULT = "lists"
_given: list[tuple[Task, Needs]] = []  # the task of a forked process, and what the parts made beside tell it


@dataclass(frozen=True)
class Parts:
    """The files of one task in a folder."""

    folder: Path
    name: str

    def path(self, number: int) -> Path:
        """Return where the part of a segment lies once it is done."""
        return self.folder / f"part-{self.name}-{number:06}"

    def forget_others(self) -> None:
        """Remove what was begun for another task."""
        for path in self.folder.glob("part-*"):
            if not path.name.startswith(f"part-{self.name}-"):
                path.unlink()


def run(task: Task, folder: Path, processes: int = 1, tell: Tell = lambda _: None, cluster: str | None = None) -> Lists:
    """Make all lists, or go on with those begun in `folder`, in processes here or by the workers of a cluster.

    `cluster` is the address of a scheduler of dask.distributed, such as `tcp://host:8786`. BatchError: the model is no
    linear one, or the cluster cannot do it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    matcher = task.matcher()
    check_model(matcher)
    parts = Parts(folder, task.name(matcher))
    parts.forget_others()
    sizes = [segment.size for segment in matcher.snapshot.segments]
    watch = Watch(sizes, len(task.assignments), tell)
    left = []
    for number in range(len(sizes)):
        if parts.path(number).exists():
            watch.had(number)
        else:
            left.append(number)
    for number in _finished(task, parts, left, processes, cluster, watch):
        watch.finished(number)
    return _merged(task, matcher, parts)


def make_part(task: Task, number: int, path: Path, needs: Needs, tell: Callable[[int], None] = lambda _: None) -> int:
    """Make the lists of one segment and publish them at `path`; return its number. `needs` as in `Part`."""
    matcher, asked = opened(task)
    write_pack(path, {}, part_of(task, matcher, asked, number, needs, tell))
    return number


def _finished(
    task: Task,
    parts: Parts,
    left: list[int],
    processes: int,
    cluster: str | None,
    watch: Watch,
) -> Iterator[int]:
    if cluster and left:
        yield from _by_workers(task, parts, left, cluster)
        return
    if processes > 1 and len(left) > 1:
        yield from _side_by_side(task, parts, left, processes)
        return
    needs = task.needs()
    for number in left:
        make_part(task, number, parts.path(number), needs, partial(watch.inside, number))
        yield number


def _by_workers(task: Task, parts: Parts, left: list[int], address: str) -> Iterator[int]:
    # Late: only whoever has a cluster needs the extra package that it reads.
    from matching.batch.cluster import by_workers

    for number, arrays in by_workers(task, parts.name, left, address):
        write_pack(parts.path(number), {}, arrays)
        yield number


def _side_by_side(task: Task, parts: Parts, left: list[int], processes: int) -> Iterator[int]:
    prepared(task)
    # Handed over by forking: to write down all assignments for every part, and to read them, takes half a second each.
    with ProcessPoolExecutor(processes, get_context("fork"), _given.append, ((task, task.needs()),)) as pool:
        running = {pool.submit(_make_given, number, parts.path(number)) for number in left}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for one in done:
                try:
                    yield one.result()
                except BrokenProcessPool as error:
                    raise BatchError(
                        "a process of the batch was ended from outside: this machine may have too little memory; take"
                        " fewer processes or a smaller --part. What is done is kept: the same command goes on"
                    ) from error


def _make_given(number: int, path: Path) -> int:
    task, needs = _given[-1]
    return make_part(task, number, path, needs)


def _merged(task: Task, matcher: StoredMatcher, parts: Parts) -> Lists:
    """Put the parts together: volunteers' lists are whole already, of assignments' lists the best stay."""
    segments = matcher.snapshot.segments
    paths = [parts.path(number) for number in range(len(segments))]
    before = np.cumsum([0, *(segment.size for segment in segments)]).tolist()[:-1]
    works = put_together(paths, before, len(task.assignments), task.top)
    people = [Side.read(open_pack(path), PEOPLE) for path in paths]
    ids = [one for segment in segments for one in segment.ids()]
    write_lists(parts.folder / RESULT, works, people, [one.id for one in task.assignments], ids)
    return Lists.open(parts.folder / RESULT)
