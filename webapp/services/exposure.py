"""Who stands at the top of lists, by group, beside what each group would have if every place were drawn by lot."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from webapp.services.small_cells import FEWEST, pooled

TOP = 10
RESAMPLES = 1000
FEWEST_LISTS = 5  # an interval over fewer lists than this would be make-believe
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Ratio:
    """What a group has, divided by what is due to it; the bounds are None where there are too few lists."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Places:
    """A group's share of places, its due share, and their ratio."""

    share: float
    due: float
    ratio: Ratio


@dataclass(frozen=True)
class Exposure:
    """One line: `top` (places 1 to 10) and `first` are None where they would tell of fewer than FEWEST people.

    `groups` holds one group, or all small ones together.
    """

    groups: tuple[str, ...]
    people: int
    share: float  # of all eligible pairs of a person and an assignment
    top: Places | None
    first: Places | None


def exposure_table(
    matches: pd.DataFrame, groups: Mapping[Hashable, str], grouped: str = "volunteer_id"
) -> list[Exposure]:
    """Return a line per group of people (or, with `grouped="assignment_id"`, of assignments), most people first.

    `matches` has the columns assignment_id, volunteer_id, rank (in the list: of the assignment's people, or of the
    person's assignments) and perhaps status, of which only the eligible count. What is due is what a lot among the
    eligible would give, list by list. Whoever has no group is left out.
    """
    found = matches[matches["status"] == "eligible"] if "status" in matches else matches
    found = found.assign(group=found[grouped].map(groups)).dropna(subset=["group"])
    if found.empty:
        return []
    people = found.groupby("group")["volunteer_id"].nunique().to_dict()
    shown = pooled(people)
    number = {group: line for line, together in enumerate(shown) for group in together}
    found = found.assign(line=found["group"].map(number))
    if found["volunteer_id"].nunique() < FEWEST:
        return []
    lists = "assignment_id" if grouped == "volunteer_id" else "volunteer_id"
    top, first = (_places(found, lists, len(shown), most) for most in (TOP, 1))
    return [
        Exposure(
            tuple(sorted(together)),
            int(found.loc[found["line"] == line, "volunteer_id"].nunique()),
            float((found["line"] == line).mean()),
            top[line],
            first[line],
        )
        for line, together in enumerate(shown)
    ]


def _places(found: pd.DataFrame, lists: str, lines: int, most: int) -> list[Places | None]:
    """Return each line's part of the first `most` places of the lists, None where it is hidden."""
    ordered = found.sort_values([lists, "rank"], kind="stable")
    ordered = ordered.assign(place=ordered.groupby(lists).cumcount())
    taken = ordered[ordered["place"] < most]
    eligible, has = _table(ordered, lists, lines), _table(taken, lists, lines)
    seats = has.sum(axis=1, keepdims=True)
    due = seats * eligible / eligible.sum(axis=1, keepdims=True)
    ratios = _ratios(has, due)
    people = [taken.loc[taken["line"] == line, "volunteer_id"].nunique() for line in range(lines)]
    kept = _kept(people, has.sum(axis=0))
    return [
        Places(float(has[:, line].sum() / has.sum()), float(due[:, line].sum() / has.sum()), ratios[line])
        if kept[line]
        else None
        for line in range(lines)
    ]


def _table(rows: pd.DataFrame, lists: str, lines: int) -> NDArray[np.float64]:
    """Return how many rows each list (sorted) has of each line."""
    codes, _ = pd.factorize(rows[lists], sort=True)
    table = np.zeros((int(codes.max()) + 1, lines))
    np.add.at(table, (codes, rows["line"].to_numpy()), 1.0)
    return table


def _kept(people: list[int], places: NDArray[np.float64]) -> list[bool]:
    """Return which lines may be shown: none of few people, and none that would give those away by subtraction.

    What is left to the hidden ones together is no small number of places either: one place tells of one person.
    """
    kept = [count >= FEWEST for count in people]
    order = sorted(range(len(people)), key=lambda line: (places[line], line))
    for line in order:
        away = [other for other in order if not kept[other]]
        if away and (len(away) < 2 or places[away].sum() < FEWEST):
            kept[line] = False
    return kept


def _ratios(has: NDArray[np.float64], due: NDArray[np.float64]) -> list[Ratio]:
    """Return has / due per line; the interval is a bootstrap over lists, drawn alike each time."""
    values = has.sum(axis=0) / due.sum(axis=0)
    if len(has) < FEWEST_LISTS:
        return [Ratio(float(value), None, None) for value in values]
    lists = len(has)
    draws = np.random.default_rng(0).multinomial(lists, np.full(lists, 1 / lists), size=RESAMPLES)
    with np.errstate(invalid="ignore", divide="ignore"):
        drawn = (draws @ has) / (draws @ due)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.nanquantile(drawn, [tail, 1 - tail], axis=0)
    return [Ratio(*map(float, three)) for three in zip(values, low, high, strict=True)]
