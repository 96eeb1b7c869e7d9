"""Lists that parts hold their shares of, put together, are those that one sort of all their pairs gives."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from matching.batch import shares
from matching.batch.picks import EACH, Picks
from matching.batch.shares import Share, put_together
from matching.batch.side import Side
from matching.engine.pack import write_pack

OWNERS, PEOPLE, TOP = 30, 400, 4


@pytest.mark.parametrize("at_once", [1, 100, shares.AT_ONCE])
@pytest.mark.parametrize("seed", range(3))
def test_parts_put_together_are_the_best_of_all_pairs(
    seed: int, at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shares, "AT_ONCE", at_once)
    dice = np.random.default_rng(seed)
    parts, paths, before = [], [], [0, PEOPLE, 2 * PEOPLE]
    for number in range(3):
        part = _part(dice)
        mixed = Picks.joined([part.taken(part.owner == owner) for owner in dice.permutation(OWNERS)])
        paths.append(tmp_path / str(number))
        write_pack(paths[-1], {}, Share.of(mixed, OWNERS).arrays())
        parts.append(replace(part, other=part.other + np.int32(before[number])))
    pieces = put_together(paths, before, OWNERS, TOP)
    assert len(pieces) == -(-OWNERS // max(at_once // (EACH * TOP * 3), 1))
    whole = Picks.joined(parts).best(TOP)
    expected = Side.of(whole, OWNERS)
    assert np.concatenate([piece.other for piece in pieces]).tolist() == expected.other.tolist()
    assert np.concatenate([piece.score for piece in pieces]).tolist() == expected.score.tolist()
    assert np.concatenate([np.diff(piece.ends) for piece in pieces]).tolist() == np.diff(expected.ends).tolist()
    assert len(whole.owner) and len(Share.of(Picks.joined([]), OWNERS).lot) == 0


def test_a_share_gives_back_the_pairs_of_some_assignments() -> None:
    part = _part(np.random.default_rng(5))
    mine = Share.of(part, OWNERS).picks(7, 19, PEOPLE)
    found = part.taken((part.owner >= 7) & (part.owner < 19))
    expected = replace(found, owner=found.owner - np.int32(7), other=found.other + np.int32(PEOPLE))
    for field in fields(Picks):
        one, other = getattr(mine, field.name), getattr(expected, field.name)
        assert one.tolist() == other.tolist() and one.dtype == other.dtype


def test_no_parts_are_empty_lists() -> None:
    assert [piece.ends.tolist() for piece in put_together([], [], 2, 3)] == [[0] * (2 * EACH + 1)]


def _part(dice: np.random.Generator) -> Picks:
    """Return the best of pairs of which some drew the same lot."""
    owners, others = dice.integers(0, OWNERS, PEOPLE).astype(np.int32), np.arange(PEOPLE, dtype=np.int32)
    lots, scores = dice.integers(1, 9, PEOPLE) / 10, dice.choice([49.9, 50.0, 52.0], PEOPLE)
    return Picks(owners, others, dice.integers(0, 2, PEOPLE).astype(np.int8), scores, lots).best(6)
