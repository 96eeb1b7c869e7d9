"""Numbers for what people say: the one that a statement has in a store, or the next one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.engine.manifest import Manifest
from matching.engine.statements import Statements, key_of
from matching.records import Volunteer
from matching.text import SkillLinker
from matching.text.likeness import Statement, statements

TEXTS_KEPT = 50_000


@dataclass
class Numbers:
    """The numbers of a state, and the statements that are new to it, in order."""

    known: dict[bytes, int]
    numbering: Numbering
    new: list[Statement] = field(default_factory=list)
    block: str | None = None  # where the new ones were written

    def of_person(self, one: Volunteer) -> NDArray[np.uint32]:
        """Return the numbers of what a person says and states, each once, in order."""
        mine: dict[int, None] = {}
        for key, said in self.numbering.said_by(one):
            if key not in self.known:
                self.known[key] = len(self.known)
                self.new.append(said)
            mine[self.known[key]] = None
        return np.array(list(mine), np.uint32)


class Numbering:
    """Remembers the numbers of the state that was changed last, and how texts fall into statements."""

    def __init__(self, linker: SkillLinker) -> None:
        self._linker = linker
        self._known: dict[bytes, int] = {}
        self._block: str | None = ""  # the last block that `_known` counts; None: `_known` counts what no file holds
        self._texts: OrderedDict[str, list[tuple[bytes, Statement]]] = OrderedDict()
        self._skills: dict[str, list[tuple[bytes, Statement]]] = {}

    @contextmanager
    def of(self, folder: Path, manifest: Manifest) -> Iterator[Numbers]:
        """Give the numbers of a state. The caller writes `new` as its next block, and says so in `block`."""
        last = manifest.blocks[-1] if manifest.blocks else ""
        if not last:
            self._known = {}
        elif self._block != last:
            stored = Statements.open([folder / name for name in manifest.blocks])
            self._known = {key: number for number, key in enumerate(stored.keys())}
        self._block = None
        numbers = Numbers(self._known, self)
        yield numbers
        self._block = numbers.block if numbers.new else last

    def said_by(self, one: Volunteer) -> Iterator[tuple[bytes, Statement]]:
        """Yield what a person says in sentences, and the labels of the skills stated."""
        if one.experience not in self._texts:
            self._texts[one.experience] = _keyed(statements(one.experience, (), self._linker))
            if len(self._texts) > TEXTS_KEPT:
                self._texts.popitem(last=False)
        yield from self._texts[one.experience]
        for skill in one.skills:
            if skill.code not in self._skills:
                self._skills[skill.code] = _keyed(statements("", [skill.code], self._linker))
            yield from self._skills[skill.code]


def _keyed(said: list[Statement]) -> list[tuple[bytes, Statement]]:
    return [(key_of(one), one) for one in said]
