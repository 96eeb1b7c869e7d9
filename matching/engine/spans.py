"""For every person four small numbers that tell who could have time: days from DAY_ONE on, two bytes each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.records import Volunteer
from matching.stay import WEEK

DAY_ONE = date(1970, 1, 1).toordinal()
ENDLESS = 65_535  # days; stands for whatever is not known, or lies outside of what two bytes can tell
NAMES = FIRST, LAST, ONLINE, ON_SITE = ("first", "last", "online", "on_site")  # of the rows, in their order


def spans(people: Sequence[Volunteer]) -> NDArray[np.uint16]:
    """Return for each person the first and the last free day, and the longest stretch of free days, (4, people).

    The stretch stands there for work online, and then, no longer than the longest stay, for work on site.
    """
    return np.array([_span(one) for one in people], np.uint16).reshape(-1, 4).T


def _span(one: Volunteer) -> tuple[int, int, int, int]:
    stay = ENDLESS if one.stay_max_weeks is None else min(one.stay_max_weeks * WEEK, ENDLESS)
    days = [(window.start.toordinal() - DAY_ONE, window.end.toordinal() - DAY_ONE) for window in one.availability]
    if not days or min(map(min, days)) < 0 or max(map(max, days)) >= ENDLESS:
        return 0, ENDLESS, ENDLESS, stay
    longest = max(0, *(end - start + 1 for start, end in days))
    return min(start for start, _ in days), max(end for _, end in days), longest, min(longest, stay)
