"""How well scores order and foretell decisions: per assignment, so that figures stand on assignments held back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_expit

from matching.evaluation import Interval, bootstrap
from matching.learning.calibration import platt
from matching.learning.decisions import Decisions
from matching.learning.values import POINTS, Values

TOP = 10


@dataclass(frozen=True)
class Measured:
    """A model's figures on decisions: one number an assignment that has both labels, and the log loss of all.

    `scores` are those of which the figures tell, one a decision.
    """

    ndcg: Values
    pairs: Values
    log_loss: float
    scores: Values

    def gain_over(self, other: Measured, seed: int) -> tuple[Interval, Interval]:
        """Return the mean gains in nDCG@10 and in pairs ordered as decided, over the same assignments."""
        return bootstrap(self.ndcg - other.ndcg, seed), bootstrap(self.pairs - other.pairs, seed)


def measure(decisions: Decisions, scores: Values, log_losses: Values) -> Measured:
    """Return the figures of `scores`, one a decision; `log_losses` are those of the same decisions held back."""
    ndcgs, pairs = [], []
    for rows in decisions:
        labels = decisions.labels[rows]
        if labels.min() < labels.max():
            ndcgs.append(_ndcg(scores[rows], labels))
            pairs.append(_pairs(scores[rows], labels))
    return Measured(np.array(ndcgs), np.array(pairs), float(log_losses.mean()), scores)


def comparable(decisions: Decisions) -> int:
    """Return how many assignments have both an endorsed and a dismissed person."""
    return sum(bool(decisions.labels[rows].min() < decisions.labels[rows].max()) for rows in decisions)


def held_back_losses(seen: tuple[Values, Values], unseen: tuple[Values, Values]) -> Values:
    """Return the log loss of each unseen (score, label), by a curve through the seen ones."""
    slope, intercept = platt(*seen)
    logits = intercept + slope * unseen[0] / POINTS
    losses: Values = -log_expit(np.where(unseen[1] > 0, logits, -logits))
    return losses


def _ndcg(scores: Values, labels: Values) -> float:
    """Return nDCG@10; people with the same score share the gain of their places, so no tie is won by luck."""
    discounts = np.where(np.arange(len(scores)) < TOP, 1.0 / np.log2(np.arange(len(scores)) + 2.0), 0.0)
    order = np.argsort(-scores, kind="stable")
    ranks: NDArray[np.intp] = np.unique(-np.round(scores[order], 9), return_inverse=True)[1]
    shared = (np.bincount(ranks, labels[order]) / np.bincount(ranks))[ranks]
    return float((shared * discounts).sum() / discounts[: int(labels.sum())].sum())


def _pairs(scores: Values, labels: Values) -> float:
    """Return the share of pairs (endorsed, dismissed) in which the endorsed one scores higher; a tie is half."""
    differences = np.round(scores[labels > 0][:, None] - scores[labels == 0][None, :], 9)
    return float((differences > 0).mean() + 0.5 * (differences == 0).mean())
