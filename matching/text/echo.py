"""Lets the texts that a query found speak for their like, among the best of the corpus.

Two voices: the very best speak for what is like them, and each text is heard together with those nearest to it, since
names of one thing are mostly found together. Likeness is squared, so that near relatives count and distant ones hardly.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from matching.text.exact import SCALE, Array

# Only so many of the best are heard; what lies behind them keeps its score.
HEARD = 300
# So many of the nearest speak, with this weight; one that is behind by the softness speaks with a third of the voice.
SPEAKERS = 10
ECHO = 2.0
SOFTNESS = 0.25
# In a text's score stands, this many times beside its own, what so many of its nearest have on average.
NEIGHBOURS = 5
COMPANY = 0.6
SCORE_DIGITS = 6


class Echo:
    """Compares the texts of a corpus with one another by meaning (whole rows) and by spelling (unit sparse rows)."""

    def __init__(self, meaning: Array, spelling: csr_matrix, weight: float) -> None:
        """Take the rows of the corpus; `weight` says how much spelling counts beside meaning."""
        self._meaning, self._spelling, self._weight = meaning, spelling, weight

    def most(self, share: Array, reached: Array) -> Array:
        """Return what a text that is found word for word can have at most, where it reaches so much without echo."""
        return reached + ECHO * share * (1.0 + self._weight)

    def heard(self, scores: Array, share: Array) -> Array:
        """Return scores, (queries, corpus), with the echo of the best, which counts by its share, (queries, 1)."""
        scores = scores.copy()
        for row, [part] in zip(scores, share, strict=True):
            if part > 0:
                best, _ = best_of(row, HEARD)
                row[best] = self._together(row[best], best, part)
        return scores

    def _together(self, scores: Array, best: Array, part: float) -> Array:
        alike = self._likeness(best)
        voices = np.exp((scores[:SPEAKERS] - scores[0]) / SOFTNESS)
        echo = alike[:, :SPEAKERS] @ (voices / voices.sum())
        scores = scores + ECHO * part * (1.0 + self._weight) * echo
        company = COMPANY * part
        return (scores + company * (_nearest(alike) @ scores)) / (1.0 + company)

    def _likeness(self, places: Array) -> Array:
        """Return how like the texts at these places are to each other, from 0 to 1, squared."""
        meaning, spelling = self._meaning[places], self._spelling[places]
        alike = meaning @ meaning.T / np.float32(SCALE**2) + self._weight * (spelling @ spelling.T).toarray()
        # Rounded, so that of neighbours that are the same text all speak or none.
        squared: Array = np.round((np.maximum(alike, 0.0) / (1.0 + self._weight)) ** 2, SCORE_DIGITS)
        return squared


def best_of(scores: Array, top: int) -> tuple[Array, Array]:
    """Return places and values of the `top` highest scores, best first; equal ones in their order."""
    rounded = np.round(scores.astype(np.float64), SCORE_DIGITS)
    if top < len(rounded):
        least = np.partition(rounded, len(rounded) - top)[len(rounded) - top]
        near = np.flatnonzero(rounded >= least)
    else:
        near = np.arange(len(rounded))
    places = near[np.argsort(-rounded[near], kind="stable")][:top]
    return places, rounded[places]


def _nearest(alike: Array) -> Array:
    """Return the shares, which sum to 1, that each text's nearest others have in its company; a lone one is its own."""
    others = alike.copy()
    np.fill_diagonal(others, 0.0)
    many = min(NEIGHBOURS, len(others))
    others[others < np.partition(others, -many, axis=1)[:, [-many]]] = 0.0
    np.fill_diagonal(others, ~others.any(axis=1))
    shares: Array = others / others.sum(axis=1, keepdims=True)
    return shares
