"""Lays two short texts beside each other word by word: how much of each has its like in the other.

A word's like is found by meaning (the encoder) and by spelling (character n-grams): the louder of the two is heard, and
more where the other agrees. Words that are rare in the corpus weigh more. Long texts and single words meet on equal
terms here, which whole-text rows do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from matching.text.encoder import Encoder
from matching.text.exact import SCALE, Array, whole
from matching.text.grams import Grams
from matching.text.phrases import content_words

# A word of a text, and whether the encoder may speak on it there.
Word = tuple[str, bool]

# Words less alike than this have nothing to do with one another.
LEAST_LIKENESS = 0.3
# Stands for a text without any word that carries meaning.
_NOTHING = ""


class Alignment:
    """Compares texts with a fitted corpus, word by word."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._grams = Grams()

    def fit(self, corpus: Sequence[str], readable: Sequence[str]) -> Alignment:
        """Learn the words of a corpus and how rare they are; `readable` is what of each text the encoder can read."""
        texts = [_words(*both) or [(_NOTHING, True)] for both in zip(corpus, readable, strict=True)]
        words = sorted({word for text in texts for word in text})
        places = {word: place for place, word in enumerate(words)}
        self._flat = np.array([places[word] for text in texts for word in text], dtype=np.int64)
        lengths = [len(text) for text in texts]
        self._starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
        self._counts = Counter(word for text in texts for word, _ in text)
        self._texts = len(texts)
        rarity = self._rarity(words)
        weights = rarity[self._flat] / np.repeat(np.add.reduceat(rarity[self._flat], self._starts), lengths)
        bounds = np.concatenate([self._starts, [len(self._flat)]])
        self._weights = csr_matrix((weights, self._flat, bounds), shape=(len(texts), len(words)), dtype=np.float32)
        self._meaning = self._meant(words)
        self._spelling = self._grams.fit([word for word, _ in words]).T.tocsr()
        return self

    def scores(self, queries: Sequence[str], readable: Sequence[str]) -> tuple[Array, Array]:
        """Return the share of each corpus text that a query covers, and of each query covered: (queries, corpus).

        `readable` is what of each query the encoder can read. A query scores the same in any company.
        """
        texts = [_words(*both) for both in zip(queries, readable, strict=True)]
        words = sorted({word for text in texts for word in text})
        places = {word: place for place, word in enumerate(words)}
        of_corpus, of_query = np.zeros((2, len(texts), self._texts), dtype=np.float32)
        if not words:
            return of_corpus, of_query
        alike = self._alike(words)
        # Of all words of a corpus text, the one that is most like each word of the queries.
        best = np.maximum.reduceat(np.ascontiguousarray(alike.T)[self._flat], self._starts, axis=0)
        rarity = self._rarity(words)
        for row, text in enumerate(texts):
            if text:
                chosen = [places[word] for word in text]
                weights = rarity[chosen] / rarity[chosen].sum()
                of_corpus[row] = self._weights @ alike[chosen].max(axis=0)
                of_query[row] = best[:, chosen] @ weights.astype(np.float32)
        return of_corpus, of_query

    def _rarity(self, words: Sequence[Word]) -> Array:
        counts = np.array([self._counts[word] for word, _ in words])
        # A tenth more, so that a word that stands in every text still has some weight.
        return (np.log((self._texts + 1) / (counts + 1)) + 0.1).astype(np.float32)

    def _meant(self, words: Sequence[Word]) -> Array:
        """Return the whole rows of words; nothing where the encoder may not speak."""
        rows: Array = whole(self._encoder.encode([word if is_read else "" for word, is_read in words]))
        return rows

    def _alike(self, words: Sequence[Word]) -> Array:
        meaning = np.maximum(self._meant(words) @ self._meaning.T / SCALE**2, 0.0)
        spelling = (self._grams.rows([word for word, _ in words]) @ self._spelling).toarray()
        # The third root of the sum of third powers: close to the larger one, unless both are large.
        alike = np.minimum(np.cbrt(meaning**3 + spelling**3), 1.0)
        return np.maximum(alike - LEAST_LIKENESS, 0.0).astype(np.float32) / (1.0 - LEAST_LIKENESS)


def _words(text: str, readable: str) -> list[Word]:
    words = content_words(text)
    read = set(words) if readable == text else set(content_words(readable))
    return [(word, word in read) for word in words]
