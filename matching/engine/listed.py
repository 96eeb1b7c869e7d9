"""The few people who may be listed, as a pool like any other: read in full, with the skills that their texts name."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from matching.engine import texts
from matching.engine.lines import Parts, StoredStatements
from matching.engine.people import from_lines
from matching.engine.statements import Statements
from matching.engine.steps import steps
from matching.engine.words import Words
from matching.pool import Pool
from matching.text import Link, Said, SkillLinker
from matching.text.exact import Array
from matching.text.likeness import Asked, products_of


class ListedPool(Pool):
    """A pool of people of a store: `parts` are segments with the numbers of people, who stand in this order.

    `words` is what was compared of them already.
    """

    def __init__(self, parts: Parts, statements: Statements, linker: SkillLinker, words: Words | None) -> None:
        read = from_lines(line for segment, rows in parts for line in texts.read_all(segment.pack, "people", rows))
        super().__init__([one for one, _ in read], linker)
        self._found = [links for _, links in read]
        self._parts, self._statements, self._words = parts, statements, words

    @cached_property
    def _links(self) -> list[dict[str, Link]]:
        return self._found

    @cached_property
    def _said(self) -> Said:
        return said_in(self._parts, self._statements, self._words)


def said_in(parts: Parts, statements: Statements, words: Words | None = None) -> Said:
    """Return what the people of some parts say; `words` is what was compared of it already."""
    spoken, counts = steps().said(parts)
    numbers, mine = np.unique(spoken.astype(np.intp), return_inverse=True)

    def products(asked: Asked) -> Array:
        if words is not None and words.asked is asked:
            return np.ascontiguousarray(words.products(numbers).T)
        return products_of(statements.rows(numbers), asked)

    return Said(
        StoredStatements(statements, numbers),
        products,
        statements.languages,
        statements.spoken[numbers],
        np.concatenate([np.zeros(1, np.intp), np.cumsum(counts)]),
        mine,
    )
