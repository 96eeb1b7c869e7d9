"""Lays two short texts beside each other word by word: how much of each has its like in the other.

A word's like is found by meaning (the encoder) and by spelling (character n-grams): the louder of the two is heard, and
more where the other agrees. Words that are rare in the corpus weigh more. Long texts and single words meet on equal
terms here, which whole-text rows do not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matching.text.encoder import Encoder
from matching.text.exact import Array
from matching.text.grams import Grams
from matching.text.phrases import content_words

Flags = NDArray[np.bool_]

# Words less alike than this have nothing to do with one another.
LEAST_LIKENESS = 0.3
# Stands for a text without any word that carries meaning.
_NOTHING = ""


class Alignment:
    """Compares texts with a fitted corpus, word by word."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._grams = Grams()

    def fit(self, corpus: Sequence[str], known: Flags) -> Alignment:
        """Learn the words of a corpus and how rare they are; `known` says where the encoder knows the language."""
        texts = [content_words(text) or [_NOTHING] for text in corpus]
        words = sorted({word for text in texts for word in text})
        self._places = {word: place for place, word in enumerate(words)}
        self._flat = np.array([self._places[word] for text in texts for word in text], dtype=np.int64)
        lengths = [len(text) for text in texts]
        self._starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
        counts = np.bincount(self._flat, minlength=len(words))
        self._texts = len(texts)
        rarity = self._rarity(counts)
        weights = rarity[self._flat] / np.repeat(np.add.reduceat(rarity[self._flat], self._starts), lengths)
        bounds = np.concatenate([self._starts, [len(self._flat)]])
        self._weights = csr_matrix((weights, self._flat, bounds), shape=(len(texts), len(words)), dtype=np.float32)
        self._counts = counts
        self._meaning = self._meant(words, texts, known)
        self._spelling = self._grams.fit(words).T.tocsr()
        return self

    def scores(self, queries: Sequence[str], known: Flags) -> tuple[Array, Array]:
        """Return the share of each corpus text that a query covers, and of each query covered: (queries, corpus).

        `known` says of which queries the encoder knows the language.
        """
        texts = [content_words(text) for text in queries]
        words = sorted({word for text in texts for word in text})
        places = {word: place for place, word in enumerate(words)}
        of_corpus, of_query = np.zeros((2, len(texts), self._texts), dtype=np.float32)
        if not words:
            return of_corpus, of_query
        alike = self._alike(words, self._meant(words, texts, known))
        # Of all words of a corpus text, the one that is most like each word of the queries.
        best = np.maximum.reduceat(np.ascontiguousarray(alike.T)[self._flat], self._starts, axis=0)
        known = np.array([self._counts[self._places[word]] if word in self._places else 0 for word in words])
        rarity = self._rarity(known)
        for row, text in enumerate(texts):
            if text:
                chosen = [places[word] for word in text]
                weights = rarity[chosen] / rarity[chosen].sum()
                of_corpus[row] = self._weights @ alike[chosen].max(axis=0)
                of_query[row] = best[:, chosen] @ weights.astype(np.float32)
        return of_corpus, of_query

    def _rarity(self, counts: Array) -> Array:
        # A tenth more, so that a word that stands in every text still has some weight.
        return (np.log((self._texts + 1) / (counts + 1)) + 0.1).astype(np.float32)

    def _meant(self, words: Sequence[str], texts: Sequence[Sequence[str]], known: Flags) -> Array:
        """Return the rows of words; nothing for those that stand in no text whose language the encoder knows."""
        readable = {word for text, is_known in zip(texts, known.tolist(), strict=True) if is_known for word in text}
        rows: Array = self._encoder.encode(words) * np.array([word in readable for word in words])[:, None]
        return rows

    def _alike(self, words: Sequence[str], rows: Array) -> Array:
        meaning = np.maximum(rows @ self._meaning.T, 0.0)
        spelling = (self._grams.rows(words) @ self._spelling).toarray()
        # The third root of the sum of third powers: close to the larger one, unless both are large.
        alike = np.minimum(np.cbrt(meaning**3 + spelling**3), 1.0)
        return np.maximum(alike - LEAST_LIKENESS, 0.0).astype(np.float32) / (1.0 - LEAST_LIKENESS)
