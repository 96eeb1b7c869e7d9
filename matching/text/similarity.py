"""Finds the texts of a corpus that lie nearest to a query, by meaning and by spelling, in any language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from matching.text.encoder import Encoder, shared_encoder
from matching.text.grams import Grams
from matching.text.head import Array

# Spelling counts this much beside meaning (both are cosines).
SPELLING = 0.6
# Queries whose scores are held at once: 64 x 15,000 numbers are 4 MB.
BLOCK = 64
SCORE_DIGITS = 6


class Similarity:
    """Ranks a corpus of short texts for queries, which may be titles, sentences or paragraphs."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder or shared_encoder()
        self._grams = Grams()
        self._meaning: Array = np.zeros((0, 0), dtype=np.float32)
        self._spelling = csr_matrix((0, 0), dtype=np.float32)

    def fit(self, corpus: Sequence[str]) -> Similarity:
        """Learn a corpus; its order breaks ties."""
        self._meaning = self._encoder.encode(corpus)
        self._spelling = self._grams.fit(corpus).T.tocsr()
        return self

    def search(self, queries: Sequence[str], top: int) -> list[tuple[Array, Array]]:
        """Return, for each query, the places of its best texts in the corpus and their scores, best first."""
        return [best_of(row, top) for block in self.scores(queries) for row in block]

    def scores(self, queries: Sequence[str]) -> Iterator[Array]:
        """Yield the scores of all corpus texts, (queries, corpus), a block of queries after the other."""
        for start in range(0, len(queries), BLOCK):
            part = queries[start : start + BLOCK]
            spelling = (self._grams.rows(part) @ self._spelling).toarray()
            yield self._encoder.encode(part) @ self._meaning.T + SPELLING * spelling


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
