"""The few people who may be listed, as a pool like any other: read in full, with the skills that their texts name."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from matching.engine import texts
from matching.engine.lines import Parts, StoredStatements
from matching.engine.marks import taken
from matching.engine.people import from_lines
from matching.engine.statements import Statements
from matching.pool import Pool
from matching.text import Link, Said, SkillLinker


class ListedPool(Pool):
    """A pool of people of a store: `parts` are segments with the numbers of people, who stand in this order."""

    def __init__(self, parts: Parts, statements: Statements, linker: SkillLinker) -> None:
        read = from_lines(texts.read(segment.pack, "people", row) for segment, rows in parts for row in rows.tolist())
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
    starts, places = [np.zeros(1, np.intp)], [np.zeros(0, np.intp)]
    for segment, rows in parts:
        entries, whose = taken(segment.pack["said.starts"], rows)
        counts = np.bincount(whose, minlength=len(rows))
        starts.append(np.cumsum(counts) + starts[-1][-1])
        places.append(segment.pack["said.places"][entries].astype(np.intp))
    numbers, mine = np.unique(np.concatenate(places), return_inverse=True)
    return Said(
        StoredStatements(statements, numbers),
        statements.rows(numbers),
        statements.languages,
        statements.spoken[numbers],
        np.concatenate(starts),
        mine,
    )
