"""What all volunteers say, each sentence once: its row of numbers, its language and its words, in files that only add.

A statement keeps its number for good, so segments name it by that; a block holds the next ones in order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.engine import texts
from matching.engine.pack import Pack, open_pack, write_pack
from matching.text import SkillLinker
from matching.text.exact import Array
from matching.text.likeness import Statement

KEY = np.dtype("V16")
Places = NDArray[np.integer]


def key_of(one: Statement) -> bytes:
    """Return 16 bytes that stand for a statement."""
    told = json.dumps([one.text, one.language, one.told])
    return hashlib.sha256(told.encode()).digest()[:16]


def write_block(path: Path, statements: Sequence[Statement], linker: SkillLinker) -> None:
    """Write statements as the next block."""
    languages = sorted({one.language for one in statements})
    arrays = {
        "rows": linker.rows([one.text for one in statements]).astype(np.int16),  # whole numbers below SCALE + 18
        "spoken": np.array([languages.index(one.language) for one in statements], np.uint16),
        "keys": np.frombuffer(b"".join(map(key_of, statements)), KEY),
        **texts.arrays("told", [json.dumps([one.text, one.language, one.told]).encode() for one in statements]),
    }
    write_pack(path, {"languages": languages}, arrays)


@dataclass(frozen=True, eq=False)
class Statements:
    """All blocks of a store, as one list."""

    blocks: tuple[Pack, ...]

    @staticmethod
    def open(paths: Sequence[Path]) -> Statements:
        """Map the blocks, in their order."""
        return Statements(tuple(map(open_pack, paths)))

    @cached_property
    def starts(self) -> Places:
        """The number of each block's first statement, and that of the next one to come."""
        return np.cumsum([0, *(len(block["spoken"]) for block in self.blocks)])

    @property
    def size(self) -> int:
        """How many statements there are."""
        return int(self.starts[-1])

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages in which anything is said."""
        return tuple(sorted({language for block in self.blocks for language in block.meta["languages"]}))

    @cached_property
    def spoken(self) -> NDArray[np.intp]:
        """The language of each statement, by its place in `languages`."""
        parts = [np.zeros(0, np.intp)]
        for block in self.blocks:
            place = np.array([self.languages.index(one) for one in block.meta["languages"]], np.intp)
            parts.append(place[block["spoken"]])
        return np.concatenate(parts)

    def keys(self) -> Iterator[bytes]:
        """Yield the keys of all statements in order."""
        for block in self.blocks:
            yield from (key.tobytes() for key in block["keys"])

    def rows(self, numbers: Places) -> Array:
        """Return the rows of some statements, whose numbers rise."""
        width = self.blocks[0]["rows"].shape[1] if self.blocks else 0
        found = np.empty((len(numbers), width), np.float32)
        for rows, which, some in self.placed(numbers):
            found[some] = rows.take(which, axis=0)
        return found

    def placed(self, numbers: Places) -> Iterator[tuple[NDArray[np.int16], Places, slice]]:
        """Yield the rows of each block that holds any of some statements, whose numbers rise: which, and of which."""
        bounds = np.searchsorted(numbers, self.starts).tolist()
        for block, start, first, last in zip(self.blocks, self.starts.tolist(), bounds, bounds[1:], strict=False):
            if last > first:
                yield block["rows"], numbers[first:last] - start, slice(first, last)

    def statement(self, number: int) -> Statement:
        """Return a statement in words."""
        place = int(self.starts.searchsorted(number, side="right")) - 1
        told = texts.read(self.blocks[place], "told", number - int(self.starts[place]))
        return Statement(*json.loads(told.decode("ascii")))
