"""What is kept of comparisons is what comparing anew finds: in a segment, from one to the next, and without room."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from matching.batch.fast import compared
from matching.batch.fast.compared import Compared, laid
from matching.batch.said import FULL
from matching.text.calibration import Calibration
from matching.text.exact import SCALE, unit, whole
from matching.text.likeness import Asked, Statement, offsets_between, ramp

STATEMENTS, SENTENCES, WIDTH, TURN = 90, 30, 4, 5  # rows of four numbers: many are near to one another


class Store:
    """Statements in two languages."""

    languages = ("en", "zh")

    def __init__(self, dice: np.random.Generator) -> None:
        self._rows = whole(unit(dice.normal(size=(STATEMENTS, WIDTH))))
        self.spoken = dice.integers(0, 2, STATEMENTS)

    def rows(self, numbers: Any) -> Any:
        return self._rows[numbers]


def _asked(dice: np.random.Generator) -> list[Asked]:
    rows = whole(unit(dice.normal(size=(SENTENCES, WIDTH))))
    told = [Statement(f"sentence {number}", ("en", "zh")[number % 2], "") for number in range(SENTENCES)]
    found = []
    for _ in range(40):
        some = dice.choice(SENTENCES, dice.integers(1, 5))
        mine = tuple(told[one] for one in some)
        found.append(Asked(mine, rows[some], dice.random(len(some)), told[some[0]], rows[some[:1]]))
    return found


@pytest.mark.parametrize("kept_bytes", [compared.KEPT_BYTES, 0])
@pytest.mark.parametrize("product_bytes", [compared.PRODUCT_BYTES, 0])
def test_columns_are_those_of_a_plain_product(
    kept_bytes: int, product_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compared, "KEPT_BYTES", kept_bytes)
    monkeypatch.setattr(compared, "PRODUCT_BYTES", product_bytes)
    dice, numbers = np.random.default_rng(3), Calibration.load()
    store: Any = Store(dice)
    asked = _asked(dice)
    for said in (np.arange(0, 60), np.arange(20, STATEMENTS), np.arange(0), np.arange(10, 80, 2)):
        mine = Compared(store, said, numbers, asked)
        for first in range(0, len(asked), TURN):
            some = range(first, first + TURN)
            near, worded = mine.near(some)
            found = np.empty((len(said), len(worded.which)), np.uint16)
            laid(near, worded.which, found)
            heard = [one for number in some for one in (*asked[number].statements, asked[number].whole)]
            rows = np.concatenate([row for number in some for row in (asked[number].rows, asked[number].whole_row)])
            offsets = offsets_between(store.languages, heard, numbers)[store.spoken[said]]
            worth = ramp(store.rows(said) @ rows.T / SCALE**2 - offsets, numbers.alike_from, numbers.alike_full)
            assert (found == np.rint(worth * FULL)).all() and (not len(said) or found.any())
            shares = [np.append(asked[number].is_work, 1.0) for number in some]
            assert worded.share.tolist() == np.concatenate(shares).tolist()
            assert worded.ends.tolist() == np.cumsum([0, *map(len, shares)]).tolist()
