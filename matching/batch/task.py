"""What a batch is asked, and one part of the answer: the same numbers wherever they are worked out."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from matching.batch.chunk import Chunk
from matching.batch.lists import PEOPLE
from matching.batch.needs import Needs
from matching.batch.part import Part
from matching.batch.questions import Question, questions
from matching.batch.shares import Share
from matching.engine.matcher import StoredMatcher
from matching.engine.store import Snapshot
from matching.learning import ScoreModel
from matching.records import Assignment
from matching.reference import Reference
from matching.spread import PLAIN, Spread

if TYPE_CHECKING:
    from matching.batch.fast import FastChunk

Arrays = dict[str, NDArray[Any]]
LAYOUT = 3  # of the files of parts: what an earlier version began is not gone on with
LONGEST_COMPILED = 100  # people or assignments of a list that compiled loops make


@dataclass(frozen=True)
class Task:
    """What is asked: everybody in the store against these assignments, the `top` eligible and the `top` near."""

    store: Path
    assignments: tuple[Assignment, ...]
    top: int
    seed: int = 0
    spread: Spread = PLAIN
    model: ScoreModel | None = None

    def needs(self) -> Needs:
        """Return what the lists of assignments need before any part is made."""
        return Needs(len(self.assignments))

    def matcher(self) -> StoredMatcher:
        """Open the store. StoreError where there is none that fits."""
        return StoredMatcher(Snapshot.open(self.store, Reference.load()), model=self.model)

    def name(self, matcher: StoredMatcher) -> str:
        """Return the name of this very task over this very store and code: the same wherever the store lies."""
        how = [LAYOUT, self.top, self.seed, self.spread.to_dict()]
        return _digest([self.read_from(matcher), how])[:16]

    def read_from(self, matcher: StoredMatcher) -> str:
        """Return the name of all that shapes how the assignments are read."""
        return _digest([matcher.fingerprint, asdict(matcher.snapshot.manifest), self._asked])

    @cached_property
    def _asked(self) -> str:
        """All assignments in short: every part asks for the task's name anew."""
        return _digest([repr(one) for one in self.assignments])


def part_of(
    task: Task,
    matcher: StoredMatcher,
    asked: list[Question],
    number: int,
    needs: Needs,
    tell: Callable[[int], None] = lambda _: None,
) -> Arrays:
    """Return the lists of the volunteers of one segment, and its share of the assignments' lists, as columns.

    `needs` as in `Part`.
    """
    part = Part(matcher, number, asked, task.top, task.seed, task.spread, needs)
    people, works = chunk_kind(task.top)(part).run(tell)
    return {**people.arrays(PEOPLE), **Share.of(works, len(asked)).arrays()}


def prepared(task: Task) -> None:
    """Work out what is the same for all parts, before processes are forked that would do so each for itself."""
    chunk_kind(task.top).prepare(*opened(task))


def chunk_kind(top: int) -> type[Chunk] | type[FastChunk]:
    """Return what makes a part: compiled loops where the extra `fast` is installed, else whole arrays: the same result.

    Compiled loops hold room for twice the list of everybody, which long lists have no memory for.
    """
    if not 1 <= top <= LONGEST_COMPILED or find_spec("numba") is None:
        return Chunk
    from matching.batch.fast import FastChunk  # late: it takes a second to load, and not all have it

    return FastChunk


def opened(task: Task) -> tuple[StoredMatcher, list[Question]]:
    """Return the opened store and the assignments as they were read.

    The last are kept, for all parts of a process, and for whatever else is asked of the same assignments and store.
    """
    matcher = task.matcher()
    name = task.read_from(matcher)
    if name not in _kept:
        _kept.clear()
        _kept[name] = matcher, questions(matcher, list(task.assignments))
        # Some hundred thousand objects that stay: nobody looks through them again for what could be thrown away.
        gc.collect()
        gc.freeze()
    return _kept[name]


def forget_all_but_texts(task: Task) -> None:
    """Open the store anew, so that all is worked out again but for what the assignments' texts say."""
    matcher, asked = opened(task)
    _kept[task.read_from(matcher)] = task.matcher(), asked


def _digest(facts: Any) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


_kept: dict[str, tuple[StoredMatcher, list[Question]]] = {}
