"""Contenders that take turns on the same assignments: each call beside R, measured just before it."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from data.bench.limits import Reading, interleaved
from matching import Assignment

Contender = Callable[[Assignment], object]
Times = dict[str, dict[str, dict[str, float]]]  # by contender, then by share


@dataclass(frozen=True)
class Effort:
    """How many rounds are counted, and how many assignments of each share are asked for; None: all."""

    rounds: int
    each: int | None = None


def race(asked: Mapping[float, Sequence[Assignment]], contenders: Mapping[str, tuple[Contender, Effort]]) -> Times:
    """Return seconds and multiples of R, medians over the assignments of a share of medians over the rounds.

    In a round everybody ranks each assignment once; who takes fewer rounds leaves the last ones out.
    """
    reading = Reading()
    found: Times = {name: {} for name in contenders}
    for share, all_ in asked.items():
        works = {
            (name, one.id): (partial(contender, one), effort.rounds)
            for name, (contender, effort) in contenders.items()
            for one in all_[: effort.each]
        }
        raced = interleaved(reading.seconds, works)
        for name, by_share in found.items():
            mine = [result for (whose, _), result in raced.items() if whose == name]
            by_share[str(share)] = {
                "seconds": statistics.median(seconds for seconds, _ in mine),
                "R": statistics.median(ratio for _, ratio in mine),
                "slowest R": max(ratio for _, ratio in mine),
            }
    return found
