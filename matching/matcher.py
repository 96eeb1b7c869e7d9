"""The matcher: volunteers and assignments in, ranked and explained matches out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.internals import create_dataframe_from_blocks
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matching import eligibility, text
from matching.criteria import CRITERIA, NEUTRAL_VALUES, Criterion, build_criteria
from matching.explanation import BAND_STEP, INELIGIBLE, Explanation, band_of, list_of, reasons_in_json, to_json
from matching.learning import DEFAULT_MODEL, LinearModel, ScoreModel
from matching.learning.values import checked_shares
from matching.listing import LISTED, listed, listed_sheets
from matching.pool import Pool
from matching.records import Assignment
from matching.reference import Reference
from matching.schema import MATCH_COLUMNS, parse_assignments, parse_volunteers
from matching.sheet import Sheet
from matching.spread import PLAIN, Spread, fit_spread
from matching.standing import STATUSES, Standing
from matching.supply import Supply, supply_of
from matching.text import SkillLinker

VERSION = "0.1.0"
ORDER = ("assignment_id", "volunteer_id", "rank", "status", "score")
NUMBERS = {"rank": np.int64, "score": np.float64, "band": np.int64}  # columns of a ranking; all others are text
TEXT, NAMES = pd.StringDtype(na_value=np.nan), pd.Index(MATCH_COLUMNS)
Assignments: TypeAlias = pd.DataFrame | Sequence[Assignment]


class Matcher(BaseEstimator):
    """Ranks volunteers for assignments and assignments for volunteers; one score per pair, the same for all.

    Parameters: `weights` per criterion (add up to 1) or a score `model` in their place, `reference` (default: the
    shipped tables), `neutral` values per criterion for what is not known. After `fit`: `pool_`, `model_`, `neutral_`,
    `reference_`.
    """

    def __init__(
        self,
        weights: Mapping[str, float] | None = None,
        reference: Reference | None = None,
        neutral: Mapping[str, float] | None = None,
        model: ScoreModel | None = None,
    ) -> None:
        self.weights = weights
        self.reference = reference
        self.neutral = neutral
        self.model = model

    def fit(self, volunteers: pd.DataFrame, y: None = None) -> Matcher:
        """Read the volunteers (a frame of text, as in schema.py); SchemaError names every cell that cannot be read."""
        self.reference_ = self.reference or Reference.load()
        self.model_ = self.effective_model()
        self.neutral_ = self._neutral()
        self.pool_ = Pool(parse_volunteers(volunteers, self.reference_), linker_for(self.reference_))
        return self

    def rank(
        self,
        assignments: Assignments,
        top: int | None = None,
        seed: int = 0,
        spread: Spread = PLAIN,
        near: bool = True,
    ) -> pd.DataFrame:
        """Return the ranked volunteers of each assignment: the `top` eligible ones, then the `top` near matches.

        Without `near` the eligible ones only. Inside a band the order is by lot, drawn from seed, volunteer and
        assignment, never an input order; `spread` (see `spread_over`) makes who is crowded come first less often.
        """
        check_is_fitted(self, "pool_")
        rows: list[tuple[Any, ...]] = []
        for assignment in self._read(assignments):
            sheet = self._sheet(self.pool_, assignment)
            order = listed(sheet, LISTED[: 1 + near], top, seed, spread)
            rows += match_rows(sheet, order, range(1, len(order) + 1))
        return frame_of(rows)

    def order(
        self, assignments: Assignments, top: int | None = None, seed: int = 0, spread: Spread = PLAIN
    ) -> pd.DataFrame:
        """Return what `rank` does, in the columns of ORDER only: the reasons cost more than the order itself."""
        check_is_fitted(self, "pool_")
        rows: list[tuple[str, str, int, str, float]] = []
        for assignment in self._read(assignments):
            sheet = self._sheet(self.pool_, assignment)
            for rank, number in enumerate(listed(sheet, LISTED, top, seed, spread), start=1):
                status, score = STATUSES[sheet.status[number]], sheet.score[number].item()
                rows.append((assignment.id, self.pool_.volunteers[number].id, rank, status, score))
        return pd.DataFrame(rows, columns=list(ORDER))

    def values(self, assignment: Assignments) -> pd.DataFrame:
        """Return each criterion's value of everybody eligible, a row by id; `assignment` holds exactly one."""
        check_is_fitted(self, "pool_")
        (only,) = self._read(assignment)
        sheet = self._sheet(self.pool_, only)
        eligible = np.flatnonzero(sheet.status == 0)
        ids = [self.pool_.volunteers[number].id for number in eligible.tolist()]
        return pd.DataFrame(sheet.values()[eligible], index=ids, columns=list(CRITERIA))

    def spread_over(self, assignments: Assignments) -> Spread:
        """Return the spread that evens out first places among all these volunteers and assignments; bands stay."""
        check_is_fitted(self, "pool_")
        pairs: list[tuple[str, str, int]] = []
        for assignment in self._read(assignments):
            sheet = self._sheet(self.pool_, assignment)
            pairs += [
                (assignment.id, self.pool_.volunteers[number].id, band_of(sheet.score[number].item()))
                for number in np.flatnonzero(sheet.status == 0).tolist()
            ]
        return fit_spread(pairs)

    def rank_for(
        self,
        volunteer_ids: Iterable[str],
        assignments: Assignments,
        top: int | None = None,
        seed: int = 0,
        spread: Spread = PLAIN,
    ) -> pd.DataFrame:
        """Return the ranked assignments of each volunteer; the scores are those of `rank`. KeyError: unknown id."""
        check_is_fitted(self, "pool_")
        chosen = self.pool_.take(volunteer_ids)
        sheets = list(self._sheets_with_matches(chosen, assignments))
        rows: list[tuple[Any, ...]] = []
        for number in range(chosen.size):
            order = listed_sheets(sheets, number, top, seed, spread)
            rows += [row for rank, sheet in enumerate(order, start=1) for row in match_rows(sheet, [number], [rank])]
        return frame_of(rows)

    def among(self, volunteer_ids: Iterable[str]) -> Matcher:
        """Return a matcher on some of the fitted volunteers; every score stays as it is. KeyError: unknown id."""
        check_is_fitted(self, "pool_")
        part = Matcher(self.weights, self.reference, self.neutral, self.model)
        part.reference_, part.model_, part.neutral_ = self.reference_, self.model_, self.neutral_
        part.pool_ = self.pool_.take(volunteer_ids)
        return part

    def scored_by(self, model: ScoreModel | None) -> Matcher:
        """Return a matcher on the same fitted volunteers that scores with another model (None: the default)."""
        check_is_fitted(self, "pool_")
        other = Matcher(None, self.reference, self.neutral, model)
        other.reference_, other.neutral_, other.pool_ = self.reference_, self.neutral_, self.pool_
        other.model_ = other.effective_model()
        return other

    def effective_model(self) -> ScoreModel:
        """Return the score model in force; needs no fit. ValueError: wrong weights, or weights beside a model."""
        if self.model is None:
            return DEFAULT_MODEL if self.weights is None else LinearModel(self.weights)
        if self.weights is not None:
            raise ValueError("give weights or a model, not both")
        return self.model

    def effective_weights(self) -> dict[str, float]:
        """Return the weight of every criterion: of a model that is no sum, its share in a full score."""
        return self.effective_model().weights

    def pair(self, volunteer_id: str, assignment: Assignments) -> Explanation:
        """Explain one pair, eligible or not; `assignment` holds exactly one. KeyError: unknown volunteer."""
        check_is_fitted(self, "pool_")
        (only,) = self._read(assignment)
        return self._sheet(self.pool_.take([volunteer_id]), only).explain(0)

    def why_not(self, assignment: Assignments) -> dict[str, int]:
        """Count the volunteers by status, and by each reason code that fails for them (one person may have several)."""
        check_is_fitted(self, "pool_")
        (only,) = self._read(assignment)
        standing = Standing(self.pool_, only)
        where: dict[str, np.ndarray] = {}
        for check, failed in standing.failures():
            where[check.code] = where.get(check.code, False) | failed
        counts = {status: int((standing.status == number).sum()) for number, status in enumerate(STATUSES)}
        return counts | {
            code: int(where[code].sum()) for code in eligibility.CODES if code in where and where[code].any()
        }

    def supply(self, assignment: Assignments, only: Iterable[str] | NDArray[np.bool_] | None = None) -> Supply:
        """Count who is eligible, what each rule costs, and what asking for less brings back; `assignment` holds one.

        `only` are the ids that count (default: everybody), those that were not fitted count nothing; or a flag for
        each volunteer in the order of fitting, which costs nothing to read where they are many.
        """
        check_is_fitted(self, "pool_")
        (asked,) = self._read(assignment)
        if only is None:
            counted = np.ones(self.pool_.size, dtype=bool)
        else:
            counted = only if isinstance(only, np.ndarray) else self.pool_.among(only)
        return supply_of(self.pool_, asked, self.reference_, counted)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that shapes a score: model, neutral values, constants, reference data, library version."""
        reference = self.reference or Reference.load()
        neutral = self._neutral()
        facts = {
            "version": VERSION,
            "model": self.effective_model().to_json(),
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

    def _sheet(self, pool: Pool, assignment: Assignment, standing: Standing | None = None) -> Sheet:
        return Sheet(pool, assignment, self._criteria(), self.model_, standing)

    def _sheets_with_matches(self, pool: Pool, assignments: Assignments) -> Iterator[Sheet]:
        """Yield the sheets on which anybody is listed: rules cost less than scores, and leave most people out."""
        for assignment in self._read(assignments):
            standing = Standing(pool, assignment)
            if (standing.status < STATUSES.index(INELIGIBLE)).any():
                yield self._sheet(pool, assignment, standing)

    def _neutral(self) -> dict[str, float]:
        return checked_shares("neutral values", NEUTRAL_VALUES if self.neutral is None else self.neutral)

    def _criteria(self) -> list[Criterion]:
        if not hasattr(self, "criteria_"):
            self.criteria_ = build_criteria(self.reference_, self.neutral_)
        return self.criteria_


@lru_cache(maxsize=4)
def linker_for(reference: Reference) -> SkillLinker:
    """Return the text linker of a reference; it is made once and keeps what it has read."""
    return SkillLinker(reference)


def match_rows(sheet: Sheet, numbers: Sequence[int], ranks: Iterable[int]) -> list[tuple[Any, ...]]:
    """Return a row of MATCH_COLUMNS for each of some people of a sheet."""
    rows = []
    scores = sheet.score[numbers].tolist()
    told = zip(numbers, ranks, scores, sheet.told(numbers, reasons_in_json), strict=True)
    for number, rank, score, (_, reasons, obstacles) in told:
        rows.append(
            (
                sheet.assignment.id,
                sheet.pool.volunteers[number].id,
                rank,
                STATUSES[sheet.status[number]],
                score,
                band_of(score),
                "|".join(one["code"] for one in obstacles),
                list_of(reasons),
                list_of(map(to_json, obstacles)),
            )
        )
    return rows


def frame_of(rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """Return rows of `match_rows` as a frame: column by column, with their kinds told, that takes half the time."""
    if not rows:
        return pd.DataFrame(rows, columns=list(MATCH_COLUMNS))
    blocks: list[Any] = []
    for place, (name, values) in enumerate(zip(MATCH_COLUMNS, zip(*rows, strict=True), strict=True)):
        column = np.empty(len(rows), NUMBERS.get(name, object))
        column[:] = values
        whole = column[np.newaxis] if name in NUMBERS else pd.array(column, dtype=TEXT, copy=False)
        blocks.append((whole, np.array([place])))
    return create_dataframe_from_blocks(blocks, pd.RangeIndex(len(rows)), NAMES.view())
