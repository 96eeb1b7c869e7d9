"""Lists are written without saying of each entry whose it is, and read again as they were, whole or by parts."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from matching.batch.picks import Picks
from matching.batch.side import Side, joined
from matching.engine.pack import open_pack, write_pack, write_parts

OWNERS = 40


def test_parts_follow_one_another_as_one(tmp_path: Path) -> None:
    dice = np.random.default_rng(3)
    owner, status = np.sort(dice.integers(0, OWNERS, 200)), np.zeros(200, np.int8)
    status[owner % 3 == 0] = 1  # an owner of either list alone, of both below, and some of none
    status[1::2][owner[1::2] == owner[::2]] = 1
    picks = Picks(owner.astype(np.int32), np.arange(200, dtype=np.int32), status, dice.random(200), np.zeros(200)).best(
        200
    )
    whole = Side.of(picks, OWNERS)
    assert whole.owner.tolist() == picks.owner.tolist() and whole.status.tolist() == picks.status.tolist()
    sides = []
    for first, last in ((0, 13), (13, 13), (13, OWNERS)):
        mine = picks.taken((picks.owner >= first) & (picks.owner < last))
        own = Side.of(Picks(mine.owner - np.int32(first), *list(vars(mine).values())[1:]), last - first)
        write_pack(tmp_path / f"{first}-{last}", {}, own.arrays("side"))
        sides.append(Side.read(open_pack(tmp_path / f"{first}-{last}"), "side"))
    for most in (1, 30, 1_000):
        turns = list(whole.in_turns(most))
        assert [first for first, _ in turns] == [0, *(last for _, last in turns[:-1])] and turns[-1][1] == OWNERS
        pieces = [whole.of_owners(*turn) for turn in turns]
        assert np.concatenate([piece.other for piece in pieces]).tolist() == whole.other.tolist()
        found = list(zip(turns, pieces, strict=True))
        assert [one + first for (first, _), piece in found for one in piece.owner] == whole.owner.tolist()
        assert all(len(piece.other) <= most or last == first + 1 for (first, last), piece in found)
    assert len(list(whole.in_turns(1_000))) == 1 and len(list(whole.in_turns(30))) > 6
    write_parts(tmp_path / "parts", {}, joined("side", sides))
    write_pack(tmp_path / "whole", {}, whole.arrays("side"))
    assert (tmp_path / "parts").read_bytes() == (tmp_path / "whole").read_bytes()
    assert [array.tolist() for array in Side.read(open_pack(tmp_path / "parts"), "side")] == [
        array.tolist() for array in whole
    ]
