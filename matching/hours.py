"""How many hours of a day two clocks in different time zones share."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from matching.pool import Numbers, Pool
from matching.records import Assignment, Hours

DAY = 24 * 60
DAYS_A_WEEK = 7
# Clocks change with the season; an assignment without a start date is judged on this day.
DAY_WITHOUT_DATE = date(2026, 1, 15)


@lru_cache(maxsize=4096)
def utc_offset(time_zone: str, day: date) -> int:
    """Return the minutes by which a zone is ahead of UTC at noon (UTC) of a day."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    offset = noon.astimezone(ZoneInfo(time_zone)).utcoffset()
    return round(offset.total_seconds() / 60) if offset is not None else 0


@lru_cache(maxsize=65_536)
def shared_minutes(one: Hours, other: Hours, day: date) -> int:
    """Return the minutes a day that both hours share; hours that end when they start last all day."""
    first, second = _on_utc(one, day), _on_utc(other, day)
    return sum(max(0, min(first[1], second[1] + turn) - max(first[0], second[0] + turn)) for turn in (-DAY, 0, DAY))


def _on_utc(hours: Hours, day: date) -> tuple[int, int]:
    start = (hours.start - utc_offset(hours.time_zone, day)) % DAY
    length = (hours.end - hours.start) % DAY or DAY
    return start, start + length


def shared_hours_a_day(pool: Pool, assignment: Assignment) -> Numbers:
    """Return the hours a day that each volunteer shares with the assignment, NaN where either side names none."""
    distinct, kept = pool.hours
    if assignment.hours is None or not distinct:
        return np.full(pool.size, np.nan)
    day = assignment.start_on or DAY_WITHOUT_DATE
    shared = np.array([shared_minutes(hours, assignment.hours, day) / 60 for hours in distinct])
    return np.where(kept >= 0, shared[kept], np.nan)
