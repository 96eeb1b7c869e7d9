"""Parts of lists put together are the lists that one sort of all their pairs gives."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from matching.batch.picks import Picks


@pytest.mark.parametrize("seed", range(5))
def test_merged_parts_are_the_best_of_all_pairs(seed: int) -> None:
    dice = np.random.default_rng(seed)
    parts = [_part(dice, first) for first in (0, 1_000, 2_000)]
    whole = Picks.joined(parts).best(4)
    mixed = [Picks.joined([part.taken(part.owner == owner) for owner in dice.permutation(30)]) for part in parts]
    merged = Picks.merged(mixed, 4)
    for field in fields(Picks):
        assert getattr(merged, field.name).tolist() == getattr(whole, field.name).tolist()
    assert len(whole.owner)


def test_nothing_merged_is_nothing() -> None:
    assert not len(Picks.merged([Picks.joined([]), Picks.joined([])], 3).owner)


def _part(dice: np.random.Generator, first: int) -> Picks:
    """Return the best of pairs of which some drew the same lot."""
    many = 400
    owners, others = dice.integers(0, 30, many).astype(np.int32), (first + np.arange(many)).astype(np.int32)
    lots = dice.integers(1, 9, many) / 10
    found = Picks(
        owners, others, dice.integers(0, 2, many).astype(np.int8), dice.choice([49.9, 50.0, 52.0], many), lots
    )
    return found.best(6)
