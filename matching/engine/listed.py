"""The few people who may be listed, as a pool like any other: read in full, with the skills that their texts name."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from matching.engine import texts
from matching.engine.lines import Parts, StoredStatements
from matching.engine.people import from_lines
from matching.engine.statements import Statements
from matching.engine.steps import steps
from matching.pool import Pool
from matching.text import Link, Said, SkillLinker


class ListedPool(Pool):
    """A pool of people of a store: `parts` are segments with the numbers of people, who stand in this order."""

    def __init__(self, parts: Parts, statements: Statements, linker: SkillLinker) -> None:
        read = from_lines(line for segment, rows in parts for line in texts.read_all(segment.pack, "people", rows))
        super().__init__([one for one, _ in read], linker)
        self._found = [links for _, links in read]
        self._parts, self._statements = parts, statements

    @cached_property
    def _links(self) -> list[dict[str, Link]]:
        return self._found

    @cached_property
    def _said(self) -> Said:
        return said_in(self._parts, self._statements)


def said_in(parts: Parts, statements: Statements) -> Said:
    """Return what the people of some parts say."""
    spoken, counts = steps().said(parts)
    numbers, mine = np.unique(spoken.astype(np.intp), return_inverse=True)
    return Said(
        StoredStatements(statements, numbers),
        statements.rows(numbers),
        statements.languages,
        statements.spoken[numbers],
        np.concatenate([np.zeros(1, np.intp), np.cumsum(counts)]),
        mine,
    )
