"""Bounds where few could pass: these people of all segments are taken together, and judged by every rule at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.engine.bounds import BEFORE_DATES, Bounds
from matching.engine.coverage import coverage_of
from matching.engine.marks import Places
from matching.engine.plan import Plan
from matching.engine.points import Lines, add_availability
from matching.engine.segment import Segment
from matching.engine.standing import OUT, by_facts, by_time
from matching.engine.view import Flags, View


def bounds_of(plan: Plan, segments: Sequence[Segment], mode: str, passes: Sequence[Flags], near: bool) -> Bounds:
    """Return the bounds of who is eligible in a mode, or `near`; `passes` are those of each segment who could be."""
    online, limit = mode == "online", OUT if near else 1
    view = View([(segment, np.flatnonzero(some)) for segment, some in zip(segments, passes, strict=True)])
    fails = by_facts(view, plan.assignment, coverage_of(plan.reference).skills)
    left = np.flatnonzero(fails < limit)
    if len(left) < view.size:
        view, fails = view.where(left), fails[left]
    fails, overlap = by_time(view, plan.assignment, online, fails)
    left = np.flatnonzero(fails < limit)
    view = view.where(left)
    values = np.zeros((plan.width, view.size), np.uint16)
    lines = Lines(plan, view, online)
    for criterion in BEFORE_DATES:
        lines.add(criterion, values[plan.row(criterion)])
    add_availability(plan, view, online, overlap[left], values)
    return Bounds(view.segments, view.rows, fails[left] == 1, values)


def best_modes(first: Bounds, second: Bounds) -> list[Bounds]:
    """Return each person once: in the mode that works best, in the first where both do equally well."""
    keys, others = _keys(first), _keys(second)
    return [
        first.some(first.near <= _status(keys, second, others)),
        second.some(second.near < _status(others, first, keys)),
    ]


def _keys(bounds: Bounds) -> Places:
    """Return a number for each person, which rises as they do."""
    return (bounds.where.astype(np.int64) << 32) + bounds.rows


def _status(asked: Places, bounds: Bounds, keys: Places) -> np.ndarray:
    """Return how some people stand in other bounds; OUT where they are not there."""
    if not len(keys):
        return np.full(len(asked), OUT)
    at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.where(keys[at] == asked, bounds.near[at].astype(int), OUT)
