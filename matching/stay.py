"""How long a volunteer's free time and an assignment's dates run together, in days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.pool import Flags, Numbers, Pool
from matching.records import Assignment

WEEK = 7
FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True)
class Stay:
    """Days per volunteer: `overlap` (longest common stretch), `possible` (also within the longest stay), `needed`.

    `known` says where the profile names windows; elsewhere `overlap` is all that the assignment's dates allow.
    """

    known: Flags
    overlap: Numbers
    possible: Numbers
    needed: Numbers


def assignment_period(assignment: Assignment) -> tuple[int, int]:
    """Return the first and last day (ordinals) on which the work can be done; open ends reach to the calendar's end."""
    start = assignment.start_on.toordinal() if assignment.start_on else FIRST_DAY
    if assignment.end_on:
        return start, assignment.end_on.toordinal()
    if assignment.start_on and assignment.weeks:
        return start, start + assignment.weeks * WEEK - 1
    return start, LAST_DAY


def last_day_needed(assignment: Assignment) -> date | None:
    """Return the last day of the shortest stay that works; None where the assignment has no dates."""
    if assignment.start_on and assignment.weeks:
        last = assignment.start_on.toordinal() + int(days_asked(assignment)) - 1
        return date.fromordinal(min(last, LAST_DAY))
    return assignment.end_on or assignment.start_on


def days_asked(assignment: Assignment) -> float:
    """Return the days that the assignment needs: its shortest stay, else its whole period, else NaN (not known).

    Half a year of 26 weeks may be a day longer than its dates: nobody can be asked for more than these leave.
    """
    first, last = assignment_period(assignment)
    if assignment.weeks is not None:
        return float(min(assignment.weeks * WEEK, last - first + 1))
    return float(last - first + 1) if assignment.start_on and assignment.end_on else float("nan")


def stay_of(pool: Pool, assignment: Assignment, online: bool) -> Stay:
    """Compare windows and lengths; online there is no stay away from home, so its shortest and longest play no part."""
    first, last = assignment_period(assignment)
    starts, ends = pool.windows
    overlap = np.full(pool.size, 0.0)
    for start, end in zip(starts, ends, strict=True):
        common = np.minimum(end, last) - np.maximum(start, first) + 1
        overlap = np.maximum(overlap, np.where(end >= start, common, 0))
    overlap = np.where(pool.named_window, overlap, float(last - first + 1))
    asked = np.full(pool.size, days_asked(assignment) if assignment.weeks else 0.0)
    if online:
        return Stay(pool.named_window, overlap, overlap, asked)
    shortest, longest = pool.stays
    possible = np.fmin(overlap, longest * WEEK)
    return Stay(pool.named_window, overlap, possible, np.fmax(asked, shortest * WEEK))
