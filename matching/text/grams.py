"""Compares the spelling of short texts by character n-grams: names, rare words, near spellings that meaning misses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.text.encoder import MAX_CHARACTERS
from matching.words import fold

NGRAMS = (2, 4)


class Grams:
    """Texts to sparse unit rows of character n-grams inside words; fitted on a corpus."""

    def __init__(self) -> None:
        self._vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=NGRAMS, lowercase=False, sublinear_tf=True, dtype=np.float32
        )
        self._empty = False

    def fit(self, texts: Sequence[str]) -> csr_matrix:
        """Learn which n-grams are rare, and return the rows of these texts."""
        spelled = [_spelled(text) for text in texts]
        # A corpus without a single letter has no n-grams to learn; all its rows are zero.
        self._empty = not any(spelled)
        return csr_matrix((len(texts), 1), dtype=np.float32) if self._empty else self._vectorizer.fit_transform(spelled)

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """Return the rows of other texts; n-grams unknown to the corpus are dropped."""
        if self._empty:
            return csr_matrix((len(texts), 1), dtype=np.float32)
        return self._vectorizer.transform([_spelled(text) for text in texts])


def _spelled(text: str) -> str:
    return " ".join(fold(text[:MAX_CHARACTERS]).split())
