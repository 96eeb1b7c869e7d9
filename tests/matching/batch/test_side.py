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
    write_parts(tmp_path / "parts", {}, joined("side", sides))
    write_pack(tmp_path / "whole", {}, whole.arrays("side"))
    assert (tmp_path / "parts").read_bytes() == (tmp_path / "whole").read_bytes()
    assert [array.tolist() for array in Side.read(open_pack(tmp_path / "parts"), "side")] == [
        array.tolist() for array in whole
    ]
