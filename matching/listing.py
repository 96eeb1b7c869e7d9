"""Who of a sheet is listed, and in which order: by band, inside a band by lot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.explanation import band_of, bands_of
from matching.sheet import Sheet
from matching.spread import Spread

LISTED = (0, 1)  # eligible, near


def listed(sheet: Sheet, statuses: Sequence[int], top: int | None, seed: int, spread: Spread) -> list[int]:
    """Return the people to be listed, the best `top` of each status, by their positions in the pool, in their order."""
    return [one for status in statuses for one in _of_status(sheet, status, top, seed, spread)]


def _of_status(sheet: Sheet, status: int, top: int | None, seed: int, spread: Spread) -> list[int]:
    mine = np.flatnonzero(sheet.status == status)
    places = mine[_could_be_listed(sheet.score[mine], top)]
    numbers = places.tolist()
    lots = spread.lots(seed, [sheet.pool.id_of(number) for number in numbers], [sheet.assignment.id])
    scores = sheet.score[places].tolist()
    keys = [(-band_of(score), lot, number) for score, lot, number in zip(scores, lots, numbers, strict=True)]
    return [number for _, _, number in sorted(keys)[:top]]


def listed_sheets(sheets: Sequence[Sheet], number: int, top: int | None, seed: int, spread: Spread) -> list[Sheet]:
    """Return the sheets of the assignments to be listed for one person of a pool, eligible ones first."""
    order: list[Sheet] = []
    for status in LISTED:
        found = [sheet for sheet in sheets if sheet.status[number] == status]
        if not found:
            continue
        lots = spread.lots(seed, [found[0].pool.id_of(number)], [sheet.assignment.id for sheet in found])
        keys = [(-band_of(sheet.score[number].item()), lot) for sheet, lot in zip(found, lots, strict=True)]
        order += [found[place] for place in sorted(range(len(found)), key=keys.__getitem__)[:top]]
    return order


def _could_be_listed(scores: NDArray[np.float64], top: int | None) -> NDArray[np.bool_]:
    """Return where a score reaches the band of the `top`th best: lots need to be drawn there only."""
    if top is None or top >= len(scores):
        return np.ones(len(scores), dtype=bool)
    if top < 1:
        return np.zeros(len(scores), dtype=bool)
    bands = bands_of(scores)
    return np.asarray(bands >= np.partition(bands, -top)[-top])
