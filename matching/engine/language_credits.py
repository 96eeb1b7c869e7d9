"""What a language is worth for each byte that a segment keeps of it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.criteria import languages
from matching.engine.segment import PROVEN
from matching.records import CEFR_LEVELS

TOLD = 2 * PROVEN  # bytes from here on stand for no level


@lru_cache(maxsize=256)
def language_credits(level: int | None) -> NDArray[np.float64]:
    """Return the credit, 0 to 1, of each of 256 bytes: asked at a level, or (None) helpful; 0 from `TOLD` on."""
    found = np.zeros(256)
    for proven, trust in ((0, languages.OWN_WORD), (PROVEN, 1.0)):
        for held in range(len(CEFR_LEVELS) + 1):
            if level is None:
                credit = min(held, languages.HELPFUL_LEVEL) / languages.HELPFUL_LEVEL
            else:
                below = languages.ONE_STEP_BELOW if held == level - 1 and held else 0.0
                credit = 1.0 if held >= level else below
            found[held + proven] = credit * trust
    return found
