"""The matcher: volunteers and assignments in, ranked and explained matches out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching import eligibility, text
from matching.criteria import CRITERIA, DEFAULT_WEIGHTS, NEUTRAL_VALUES, Criterion, build_criteria
from matching.explanation import BAND_STEP, Explanation, band_of, to_json
from matching.pool import Pool
from matching.records import Assignment
from matching.reference import Reference
from matching.schema import MATCH_COLUMNS, parse_assignments, parse_volunteers
from matching.sheet import STATUSES, Sheet
from matching.text import SkillLinker

VERSION = "0.1.0"
SEPARATOR = "\x1f"
Assignments: TypeAlias = pd.DataFrame | Sequence[Assignment]


class Matcher(BaseEstimator):
    """Ranks volunteers for assignments and assignments for volunteers; one score per pair, the same for all.

    Parameters: `weights` per criterion (add up to 1), `reference` (default: the shipped tables), `neutral` values per
    criterion for what is not known. After `fit`: `pool_`, `weights_`, `neutral_`, `reference_`.
    """

    def __init__(
        self,
        weights: Mapping[str, float] | None = None,
        reference: Reference | None = None,
        neutral: Mapping[str, float] | None = None,
    ) -> None:
        self.weights = weights
        self.reference = reference
        self.neutral = neutral

    def fit(self, volunteers: pd.DataFrame, y: None = None) -> Matcher:
        """Read the volunteers (a frame of text, as in schema.py); SchemaError names every cell that cannot be read."""
        self.reference_ = self.reference or Reference.load()
        self.weights_ = _checked("weights", self.weights, DEFAULT_WEIGHTS)
        if abs(sum(self.weights_.values()) - 1.0) > 1e-9:
            raise ValueError("the weights must add up to 1")
        self.neutral_ = _checked("neutral values", self.neutral, NEUTRAL_VALUES)
        self.pool_ = Pool(parse_volunteers(volunteers, self.reference_), linker_for(self.reference_))
        return self

    def rank(self, assignments: Assignments, top: int | None = None, seed: int = 0) -> pd.DataFrame:
        """Return the ranked volunteers of each assignment: the `top` eligible ones, then the `top` near matches.

        Inside a band the order is by lot: a hash of seed, volunteer and assignment, never an input order.
        """
        check_is_fitted(self, "pool_")
        rows: list[tuple[Any, ...]] = []
        for assignment in self._read(assignments):
            sheet = self._sheet(self.pool_, assignment)
            order = _best(sheet, top, seed)
            rows += [_row(sheet.explain(number), rank) for rank, number in enumerate(order, start=1)]
        return pd.DataFrame(rows, columns=list(MATCH_COLUMNS))

    def rank_for(
        self, volunteer_ids: Iterable[str], assignments: Assignments, top: int | None = None, seed: int = 0
    ) -> pd.DataFrame:
        """Return the ranked assignments of each volunteer; the scores are those of `rank`. KeyError: unknown id."""
        check_is_fitted(self, "pool_")
        chosen = self.pool_.take(volunteer_ids)
        sheets = [self._sheet(chosen, assignment) for assignment in self._read(assignments)]
        rows: list[tuple[Any, ...]] = []
        for number in range(chosen.size):
            order = _best_sheets(sheets, number, top, seed)
            rows += [_row(sheet.explain(number), rank) for rank, sheet in enumerate(order, start=1)]
        return pd.DataFrame(rows, columns=list(MATCH_COLUMNS))

    def among(self, volunteer_ids: Iterable[str]) -> Matcher:
        """Return a matcher on some of the fitted volunteers; every score stays as it is. KeyError: unknown id."""
        check_is_fitted(self, "pool_")
        part = Matcher(self.weights, self.reference, self.neutral)
        part.reference_, part.weights_, part.neutral_ = self.reference_, self.weights_, self.neutral_
        part.pool_ = self.pool_.take(volunteer_ids)
        return part

    def effective_weights(self) -> dict[str, float]:
        """Return the weight of every criterion, checked; needs no fit."""
        return _checked("weights", self.weights, DEFAULT_WEIGHTS)

    def pair(self, volunteer_id: str, assignment: Assignments) -> Explanation:
        """Explain one pair, eligible or not; `assignment` holds exactly one. KeyError: unknown volunteer."""
        check_is_fitted(self, "pool_")
        (only,) = self._read(assignment)
        return self._sheet(self.pool_.take([volunteer_id]), only).explain(0)

    def why_not(self, assignment: Assignments) -> dict[str, int]:
        """Count the volunteers by status, and by each reason code that fails for them (one person may have several)."""
        check_is_fitted(self, "pool_")
        (only,) = self._read(assignment)
        sheet = self._sheet(self.pool_, only)
        where: dict[str, np.ndarray] = {}
        for code, failed in sheet.failures():
            where[code] = where.get(code, False) | failed
        counts = {status: int((sheet.status == number).sum()) for number, status in enumerate(STATUSES)}
        return counts | {
            code: int(where[code].sum()) for code in eligibility.CODES if code in where and where[code].any()
        }

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that shapes a score: weights, neutral values, constants, reference data, library version."""
        reference = self.reference or Reference.load()
        neutral = _checked("neutral values", self.neutral, NEUTRAL_VALUES)
        facts = {
            "version": VERSION,
            "weights": self.effective_weights(),
            "neutral": neutral,
            "criteria": {one.name: one.constants() for one in build_criteria(reference, neutral)},
            "eligibility": eligibility.CONSTANTS,
            "text": text.CONSTANTS,
            "band_step": BAND_STEP,
            "reference": reference.fingerprint,
        }
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()

    def _read(self, assignments: Assignments) -> Sequence[Assignment]:
        if isinstance(assignments, pd.DataFrame):
            return parse_assignments(assignments, self.reference_)
        return assignments

    def _sheet(self, pool: Pool, assignment: Assignment) -> Sheet:
        return Sheet(pool, assignment, self._criteria(), self.weights_)

    def _criteria(self) -> list[Criterion]:
        if not hasattr(self, "criteria_"):
            self.criteria_ = build_criteria(self.reference_, self.neutral_)
        return self.criteria_


@lru_cache(maxsize=4)
def linker_for(reference: Reference) -> SkillLinker:
    """Return the text linker of a reference; it is made once and keeps what it has read."""
    return SkillLinker(reference)


def _checked(name: str, given: Mapping[str, float] | None, default: Mapping[str, float]) -> dict[str, float]:
    values = dict(default if given is None else given)
    if set(values) != set(CRITERIA) or not all(0.0 <= value <= 1.0 for value in values.values()):
        raise ValueError(f"{name} need a number from 0 to 1 for each of: {', '.join(CRITERIA)}")
    return {criterion: float(values[criterion]) for criterion in CRITERIA}


def lot(seed: int, volunteer_id: str, assignment_id: str) -> str:
    """Return the lot of a pair: equal on every machine, different with every seed."""
    return hashlib.sha256(SEPARATOR.join((str(seed), volunteer_id, assignment_id)).encode()).hexdigest()


def _best(sheet: Sheet, top: int | None, seed: int) -> list[int]:
    """Return positions in the pool, eligible ones first: by band, inside a band by lot."""
    order: list[int] = []
    for status in (0, 1):
        numbers = np.flatnonzero(sheet.status == status)
        numbers = numbers[_could_be_listed(sheet.score[numbers], top)]
        keys = {
            number: (
                -band_of(sheet.score[number].item()),
                lot(seed, sheet.pool.volunteers[number].id, sheet.assignment.id),
            )
            for number in numbers.tolist()
        }
        order += sorted(keys, key=keys.__getitem__)[:top]
    return order


def _could_be_listed(scores: np.ndarray, top: int | None) -> np.ndarray:
    """Return where a score reaches the band of the `top`th best: lots need to be drawn there only."""
    if top is None or top >= len(scores):
        return np.ones(len(scores), dtype=bool)
    if top < 1:
        return np.zeros(len(scores), dtype=bool)
    bands = np.floor(np.round(scores, 9) / BAND_STEP)
    return bands >= np.partition(bands, -top)[-top]


def _best_sheets(sheets: Sequence[Sheet], number: int, top: int | None, seed: int) -> list[Sheet]:
    order: list[Sheet] = []
    for status in (0, 1):
        found = [sheet for sheet in sheets if sheet.status[number] == status]
        found.sort(key=lambda one: (-band_of(one.score[number].item()), _lot_of(one, number, seed)))
        order += found[:top]
    return order


def _lot_of(sheet: Sheet, number: int, seed: int) -> str:
    return lot(seed, sheet.pool.volunteers[number].id, sheet.assignment.id)


def _row(explanation: Explanation, rank: int) -> tuple[Any, ...]:
    return (
        explanation.assignment_id,
        explanation.volunteer_id,
        rank,
        explanation.status,
        explanation.score,
        explanation.band,
        "|".join(obstacle.code for obstacle in explanation.obstacles),
        to_json(explanation.reasons),
        to_json(explanation.obstacles),
    )
