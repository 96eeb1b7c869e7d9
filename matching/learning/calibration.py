"""What a score has meant so far: the share endorsed among decided people with such a score. Beside it, never instead.

The decided pairs are those that were shown and looked at, so the share says what coordinators made of people whom the
list put before them; it is no chance that a placement works, and it says little where few were decided. Decisions on
one assignment go together, so ten of them tell less than ten on ten: the doubt is reckoned from assignments.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_expit

from matching.learning.values import POINTS, Values

LEAST_DECISIONS = 200
LEAST_OF_A_LABEL = 20
Z = 1.959963984540054  # two-sided 95 %


@dataclass(frozen=True)
class Share:
    """A share endorsed, and where it lies with 95 % confidence."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Calibration:
    """A logistic curve from score to share endorsed (Platt), which never falls; the covariance tells its doubt."""

    slope: float
    intercept: float
    covariance: tuple[float, float, float]
    decisions: int

    @staticmethod
    def of(scores: ArrayLike, labels: ArrayLike, groups: ArrayLike) -> Calibration | None:
        """Return the curve through decided pairs' scores (points) and labels (0, 1); `groups` number the assignments.

        None with fewer than LEAST_DECISIONS decisions, or fewer than LEAST_OF_A_LABEL of either label.
        """
        points, decided = np.asarray(scores, dtype=np.float64), np.asarray(labels, dtype=np.float64)
        endorsed = int(decided.sum())
        if len(decided) < LEAST_DECISIONS or min(endorsed, len(decided) - endorsed) < LEAST_OF_A_LABEL:
            return None
        slope, intercept = platt(points, decided)
        shares = expit(intercept + slope * points / POINTS)
        columns = np.column_stack([points / POINTS, np.ones(len(points))])
        information = columns.T @ (columns * (shares * (1.0 - shares))[:, None]) + np.diag([RIDGE, 0.0])
        spread = _clustered(np.linalg.inv(information), columns * (decided - shares)[:, None], np.asarray(groups))
        covariance = (float(spread[0, 0]), float(spread[0, 1]), float(spread[1, 1]))
        return Calibration(slope, intercept, covariance, len(decided))

    def share(self, score: float) -> Share:
        """Return the share endorsed among people with this score."""
        point = score / POINTS
        middle = self.intercept + self.slope * point
        variance = self.covariance[0] * point**2 + 2.0 * self.covariance[1] * point + self.covariance[2]
        reach = Z * max(variance, 0.0) ** 0.5
        return Share(*(float(expit(logit)) for logit in (middle, middle - reach, middle + reach)))

    def to_json(self) -> str:
        """Return the curve as text of which `from_json` makes the same again."""
        data = {
            "slope": self.slope,
            "intercept": self.intercept,
            "covariance": list(self.covariance),
            "decisions": self.decisions,
        }
        return json.dumps(data, separators=(",", ":"), allow_nan=False)

    @staticmethod
    def from_json(text: str) -> Calibration:
        """Rebuild a curve from `to_json`; ValueError where the text is none."""
        try:
            data = json.loads(text)
            first, second, third = map(float, data["covariance"])
            return Calibration(
                float(data["slope"]), float(data["intercept"]), (first, second, third), int(data["decisions"])
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"the calibration cannot be read: {error!r}") from error


def _clustered(bread: Values, pulls: Values, groups: NDArray[np.intp]) -> Values:
    """Return the covariance of an estimate that holds where decisions of a group go together (the sandwich estimator).

    `bread` is the inverse information, `pulls` what each decision adds to the slope of the likelihood.
    """
    sums = np.stack([np.bincount(groups, column) for column in pulls.T], axis=1)
    count = len(np.unique(groups))
    spread: Values = bread @ (sums.T @ sums) @ bread * (count / max(count - 1, 1))
    return spread


# A little pull towards a flat curve keeps it finite where the labels part without an exception.
RIDGE = 0.01


def platt(scores: Values, labels: Values) -> tuple[float, float]:
    """Return slope (per 100 points, never below 0) and intercept of the log-odds of label 1."""
    signs, points = 2.0 * labels - 1.0, scores / POINTS

    def loss(line: Values) -> tuple[float, Values]:
        margins = signs * (line[0] * points + line[1])
        pull = signs * expit(-margins)
        value = -log_expit(margins).sum() + 0.5 * RIDGE * line[0] ** 2
        return float(value), np.array([-(pull * points).sum() + RIDGE * line[0], -pull.sum()])

    found = minimize(loss, np.zeros(2), jac=True, bounds=[(0.0, None), (-50.0, 50.0)], method="L-BFGS-B")
    return float(found.x[0]), float(found.x[1])
