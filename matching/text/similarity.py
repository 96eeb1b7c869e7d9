"""Finds the texts of a corpus that lie nearest to a query, by meaning and by spelling, in any language.

Four witnesses speak: the whole text by meaning and by spelling, its words one by one (alignment.py), and, the longer
the text is, the phrase inside it that fits best (phrases.py). Spelling and words read the titles of women and men alike
(endings.py). A text that lies in a crowd is near to everything, so that its nearness says less. Then the texts that
were found speak for their like (echo.py). Of a sentence in a language that the encoder does not know, its letters speak
alone: what the encoder says of it means nothing (tongue.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from matching.text.alignment import Alignment
from matching.text.echo import Echo, best_of
from matching.text.encoder import Encoder, legible, plain, shared_encoder
from matching.text.endings import Endings
from matching.text.exact import SCALE, Array, whole
from matching.text.grams import Grams
from matching.text.phrases import WINDOW, forms_of, length_of, main_part, phrases_of, readings_of
from matching.text.plurals import Plurals
from matching.text.tongue import parted
from matching.text.typos import Typos

# Spelling counts this much beside meaning (both are cosines), in whole texts and in phrases.
SPELLING = 0.8
PHRASE_SPELLING = 0.3
# Words one by one count three times as much as the meaning of the whole, those of the query more than those of the
# corpus; phrases count up to twice as much as the whole, the longer the text.
WORDS = 3.0
OF_QUERY = 0.6
PHRASES = 2.0
# What stands before the first comma or bracket of a short text counts half as much as the whole beside it.
MAIN = 0.5
# How near a text lies to its neighbours is taken off this many times; they are looked for among this many texts.
CROWD = 1.5
NEIGHBOURS = 10
CROWD_SAMPLE = 4000
# Queries whose scores are held at once: 64 x 15,000 numbers are 4 MB.
BLOCK = 64
# Phrases of long texts, and texts with their neighbours, are compared in portions: they need no more room than a line.
PORTION = 256


class Similarity:
    """Ranks a corpus of short texts for queries, which may be titles, sentences or paragraphs."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder or shared_encoder()
        self._alignment = Alignment(self._encoder)
        self._grams = Grams()

    def fit(self, corpus: Sequence[str]) -> Similarity:
        """Learn a corpus; its order breaks ties. A text speaks by the best of its readings. ValueError: no text."""
        if not corpus:
            raise ValueError("there is no text to find; give at least one")
        corpus = [plain(text) for text in corpus]
        self._typos = Typos(corpus, self._encoder.likelihood)
        self._plurals = Plurals(corpus)
        self._endings = Endings(reading for text in corpus for reading in readings_of(text))
        readings = [self._both_ways(readings_of(text)) for text in corpus]
        self._starts = np.cumsum([0, *map(len, readings)])[:-1]
        texts = [reading for text in readings for reading in text]
        readable = [parted(text)[0] for text in texts]
        usual = [*map(self._endings.usual, texts)]
        self._alignment.fit(usual, [*map(self._endings.usual, readable)])
        self._spelling = self._grams.fit(usual)
        self._columns = self._spelling.T.tocsr()
        self._meaning = whole(self._encoder.encode(readable))
        self._crowd = CROWD * _crowd(self._meaning)
        self._echo = Echo(self._meaning, self._spelling, SPELLING)
        return self

    def search(self, queries: Sequence[str], top: int) -> list[tuple[Array, Array]]:
        """Return, for each query, the places of its best texts in the corpus and their scores, best first."""
        return [best_of(row, top) for block in self.scores(queries) for row in block]

    def scores(self, queries: Sequence[str]) -> Iterator[Array]:
        """Yield the scores of all corpus texts, (queries, corpus), a block of queries after the other."""
        for start in range(0, len(queries), BLOCK):
            yield self._block([self._as_meant(text) for text in queries[start : start + BLOCK]])

    def _as_meant(self, query: str) -> str:
        """Return a query in the words of the corpus; a plural is no error, and an error may be one in a plural."""
        singular = self._plurals.singular
        return singular(self._typos.mend(singular(plain(query))))

    def _block(self, queries: Sequence[str]) -> Array:
        # What does not fit into one phrase is outside: the share of a text that only its phrases can bring to speak.
        outside = np.array([max(0.0, 1.0 - WINDOW / max(length_of(text), 1.0)) for text in queries], dtype=np.float32)
        wholes = self._forms(queries, outside)
        phrases = np.stack(
            [
                self._best_phrase(text) if share else row
                for text, share, row in zip(queries, outside, wholes, strict=True)
            ]
        )
        part = PHRASES * outside[:, None]
        scores = wholes + part * phrases - self._crowd
        # The best of a long text are found for many reasons, and say little of one another.
        share = (1.0 - outside[:, None]) ** 2
        scores = self._echo.heard(scores, share) / self._echo.most(share, _most(part))
        # Where nothing is said nothing is near.
        scores[[not legible(text) for text in queries]] = 0
        return np.maximum.reduceat(scores, self._starts, axis=1) if len(self._starts) else scores

    def _forms(self, queries: Sequence[str], outside: Array) -> Array:
        """Compare queries as wholes: the mean of their forms, and of what stands before a comma or bracket."""
        forms = [self._both_ways(forms_of(text)) for text in queries]
        mains = [
            [form for form in self._both_ways(forms_of(main_part(text))) if form not in own]
            for text, own in zip(queries, forms, strict=True)
        ]
        flat = [form for own, main in zip(forms, mains, strict=True) for form in (*own, *main)]
        # The whole text tells its language; a form of it is shorter.
        readable = [
            _readable(form, text)
            for text, own, main in zip(queries, forms, mains, strict=True)
            for form in (*own, *main)
        ]
        weights = np.concatenate(
            [
                _weights(len(own), len(main), MAIN * (1.0 - share))
                for own, main, share in zip(forms, mains, outside, strict=True)
            ]
        )
        lengths = [len(own) + len(main) for own, main in zip(forms, mains, strict=True)]
        starts = np.cumsum([0, *lengths])[:-1]
        usual = self._endings.usual
        of_corpus, of_query = self._alignment.scores([*map(usual, flat)], [*map(usual, readable)])
        words = OF_QUERY * of_query + (1.0 - OF_QUERY) * of_corpus
        scores = self._compare(flat, readable, SPELLING) + WORDS * words
        return np.add.reduceat(scores * weights[:, None], starts, axis=0)

    def _both_ways(self, texts: Sequence[str]) -> list[str]:
        """Return texts as they stand, and as they would read without what may be an error."""
        return list(dict.fromkeys([*texts, *map(self._typos.doubt, texts)]))

    def _compare(self, texts: Sequence[str], readable: Sequence[str], spelling: float) -> Array:
        """Compare texts by meaning, which knows endings, and by spelling, which takes the usual ones."""
        spelled = self._grams.rows([*map(self._endings.usual, texts)])
        meant = whole(self._encoder.encode(readable)) @ self._meaning.T / np.float32(SCALE**2)
        return meant + spelling * (spelled @ self._columns).toarray()

    def _best_phrase(self, text: str) -> Array:
        read, rest = parted(text)
        phrases = [(phrase.text, phrase.text) for phrase in phrases_of(read)]
        phrases += [(phrase.text, "") for phrase in phrases_of(rest)]
        phrases = phrases or [(text, read)]
        best = np.full(self._meaning.shape[0], -1.0, dtype=np.float32)
        for start in range(0, len(phrases), PORTION):
            some, readable = zip(*phrases[start : start + PORTION], strict=True)
            np.maximum(best, self._compare(some, readable, PHRASE_SPELLING).max(axis=0), out=best)
        return best


def _readable(form: str, text: str) -> str:
    """Return what of a form of a text the encoder can read."""
    read, rest = parted(text)
    return parted(form)[0] if read and rest else form if read else ""


def _weights(forms: int, mains: int, main: float) -> Array:
    """Return the weights of a query's forms and of those of its main part; they sum to 1."""
    share = main if mains else 0.0
    return np.array([1.0 / forms] * forms + [share / max(mains, 1)] * mains, dtype=np.float32) / (1.0 + share)


def _crowd(rows: Array) -> Array:
    """Return how near each whole row lies to its neighbours, 0 to 1; the nearest is mostly itself, and left out."""
    among = rows[:: 1 + len(rows) // CROWD_SAMPLE].T
    many = min(NEIGHBOURS + 1, among.shape[1])
    crowd = np.zeros(len(rows), dtype=np.float32)
    if many > 1:
        for start in range(0, len(rows), PORTION):
            near = rows[start : start + PORTION] @ among / np.float32(SCALE**2)
            alike = np.partition(near, -many, axis=1)[:, -many:]
            crowd[start : start + PORTION] = (alike.sum(axis=1) - alike.max(axis=1)) / (many - 1)
    return np.maximum(crowd, 0.0)


def _most(part: Array) -> Array:
    """Return what a text that is found word for word can reach before its like are heard."""
    return 1.0 + SPELLING + WORDS + part * (1.0 + PHRASE_SPELLING)
