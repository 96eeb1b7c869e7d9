"""Draws batches of pairs of texts that mean the same, with neighbours in meaning as hard negatives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from data.model.sources import Group
from matching.text.exact import Array

BATCH = 1024
# The own skills weigh a quarter: with a tenth, people's own words found them less often.
TAXONOMY_SHARE = 0.25
TERM_SHARE = 0.2
HARD_SHARE = 0.5
NEIGHBOURS = 8
# Neighbours are looked for in a random projection: quick, and near enough.
SKETCH = 96


def batches(groups: Sequence[Group], rows: Array, steps: int, seed: int) -> Iterator[Array]:
    """Yield places of texts, (2, pairs): the two of a column mean the same, and each column is another group.

    Where a group has texts in several languages, the two are of different ones.
    """
    generator = np.random.default_rng(seed)
    sizes = np.array([len(group.texts) for group in groups])
    firsts = np.cumsum(sizes) - sizes
    kinds = np.array([group.kind for group in groups])
    tongues = [np.array(group.languages) for group in groups]
    concepts = np.flatnonzero((kinds == "occupation") | (kinds == "skill"))
    chances = np.sqrt(sizes[concepts]) / np.sqrt(sizes[concepts]).sum()
    near = _neighbours(rows[firsts[concepts]], generator)
    own = (("taxonomy", TAXONOMY_SHARE), ("term", TERM_SHARE))
    pools = [(np.flatnonzero(kinds == kind), int(BATCH * share)) for kind, share in own]
    wanted = min(BATCH - sum(count for _, count in pools), len(concepts))
    for _ in range(steps):
        drawn = [generator.choice(pool, min(count, len(pool)), replace=False) for pool, count in pools]
        easy = generator.choice(len(concepts), wanted - int(wanted * HARD_SHARE), replace=False, p=chances)
        starts = generator.choice(easy, int(wanted * HARD_SHARE))
        hard = near[starts, generator.integers(0, near.shape[1], len(starts))]
        chosen = np.unique(np.concatenate([*drawn, concepts[easy], concepts[hard]]))
        one = generator.integers(0, sizes[chosen])
        other = (one + 1 + generator.integers(0, sizes[chosen] - 1)) % sizes[chosen]
        for place, number in enumerate(chosen):
            foreign = np.flatnonzero(tongues[number] != tongues[number][one[place]])
            if len(foreign):
                other[place] = generator.choice(foreign)
        yield np.stack([firsts[chosen] + one, firsts[chosen] + other])


def _neighbours(rows: Array, generator: np.random.Generator) -> Array:
    """Return for each row the places of those nearest to it."""
    sketch = rows @ generator.normal(size=(rows.shape[1], SKETCH)).astype(np.float32)
    sketch /= np.linalg.norm(sketch, axis=1, keepdims=True)
    found = []
    for start in range(0, len(sketch), BATCH):
        alike = sketch[start : start + BATCH] @ sketch.T
        own = np.arange(len(alike))
        alike[own, start + own] = -np.inf
        found.append(np.argpartition(-alike, NEIGHBOURS, axis=1)[:, :NEIGHBOURS])
    return np.concatenate(found)
