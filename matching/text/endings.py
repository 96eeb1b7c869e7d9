"""Learns from a corpus which endings of words change nothing in it: "operador de grúa" beside "operadora de grúa".

Lists of occupations name men and women apart in most languages, and titles that are looked for mostly only the men. No
ending is written down here: two endings are twins where the texts of the corpus often differ in them and nothing else.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from matching.text.encoder import MAX_CHARACTERS
from matching.text.plurals import ENDINGS
from matching.words import EMPTY_WORDS, JOINTS, UNSPACED, fold

# Endings are twins where so many pairs of words differ in them; they have so many letters, and the stem has more.
LEAST = 10
LONGEST_ENDING = 4
SHORTEST_STEM = 3
# A twin that is so much rarer than the word is another word, or an error in it.
LEAST_SHARE = 0.2
# Where more words fill the same gap they are a list of things ("shop for ...").
MOST_IN_A_GAP = 50
# Number is read elsewhere (plurals.py): "nurses" may be the heading above "nurse".
PLURALS = frozenset(plural for plural, _ in ENDINGS)
_WORD = re.compile(rf"[^\W\d_{UNSPACED}]+")


class Endings:
    """The twin endings of a corpus, its words, and those that stand first in its texts."""

    def __init__(self, corpus: Iterable[str]) -> None:
        texts = sorted({text[:MAX_CHARACTERS].lower() for text in corpus})
        self._counts = Counter(word for text in texts for word in _WORD.findall(text))
        self._first = Counter(found[0] for text in texts for found in _first_words(text))
        found = _differences(_gaps(texts)).items()
        twins = {ends: pairs for ends, pairs in found if len(pairs) >= LEAST and not PLURALS & set(ends)}
        # From the ending that is less usual in these words to the other.
        self._twins = sorted(
            (other, one) if self._use(ones) >= self._use(others) else (one, other)
            for (one, other), pairs in twins.items()
            for ones, others in [zip(*pairs, strict=True)]
        )

    def usual(self, text: str) -> str:
        """Return a text whose first words, up to the first small one, end as the corpus has them most often."""
        parts, start = [], 0
        for found in _first_words(text):
            parts += [text[start : found.start()], self._most_usual(found[0])]
            start = found.end()
        return "".join([*parts, text[start:]])

    def _most_usual(self, written: str) -> str:
        steps = [written.lower()]
        while known := [twin for twin in self._twins_of(steps[-1]) if twin not in steps]:
            steps.append(max(known, key=self._counts.__getitem__))
        return steps[-1] if len(steps) > 1 else written

    def _twins_of(self, word: str) -> Iterator[str]:
        for less, more in self._twins:
            twin = word.removesuffix(less) + more
            if word.endswith(less) and len(word) >= len(less) + SHORTEST_STEM and self._is_as_usual(twin, word):
                yield twin

    def _is_as_usual(self, twin: str, word: str) -> bool:
        return self._first[twin] > LEAST_SHARE * self._first[word]

    def _use(self, words: Iterable[str]) -> int:
        return sum(self._counts[word] for word in words)


def _differences(gaps: Iterable[set[str]]) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Return which pairs of words that fill a gap differ in which two endings."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for words in gaps:
        for one, other in combinations(sorted(words), 2):
            stem = len(os.path.commonprefix((one, other)))
            if stem >= SHORTEST_STEM and max(len(one), len(other)) <= stem + LONGEST_ENDING:
                found[one[stem:], other[stem:]].add((one, other))
    return found


def _gaps(texts: Iterable[str]) -> Iterator[set[str]]:
    """Yield the words that stand in the same gap of texts that are otherwise the same."""
    gaps: dict[tuple[str, str], set[str]] = defaultdict(set)
    for text in texts:
        for found in _first_words(text):
            gaps[text[: found.start()], text[found.end() :]].add(found[0])
    return (words for words in gaps.values() if len(words) <= MOST_IN_A_GAP)


def _first_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words before the first that carries no meaning: those after it ("mechanic of ...") are no title."""
    begun = False
    for found in _WORD.finditer(text):
        word = fold(found[0])
        if word not in EMPTY_WORDS and word not in JOINTS:
            begun = True
            yield found
        elif begun and word in EMPTY_WORDS:
            return
