"""Mends typing errors in short texts by the words of a corpus: what nobody writes is a word beside it, misspelled."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from matching.words import UNSPACED

# A shorter word has other words beside it that are meant; a longer run of letters is none.
SHORTEST, LONGEST = 5, 40
# A word of the corpus may be an error where one beside it is so many times as frequent: such a text is read both ways.
RATIO = 20
# So many letters at the end of a word may be its ending.
UNBENT = 2
_WORD = re.compile(rf"[^\W\d_{UNSPACED}]+")


class Typos:
    """The words of a corpus, and which of them stand beside one another (see `is_beside`)."""

    def __init__(self, corpus: Iterable[str]) -> None:
        self._counts = Counter(word for text in corpus for word in _WORD.findall(text.lower()) if _is_word(word))
        self._beside: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._counts):
            for key in set(_shortened(word)):
                self._beside[key].append(word)
        self._best: dict[str, str] = {}

    def mend(self, text: str) -> str:
        """Return a text whose unknown words are those of the corpus that stand beside them."""
        return self._replace(text, 0)

    def doubt(self, text: str) -> str:
        """Return a text in which rare words too are the frequent ones beside them."""
        return self._replace(text, RATIO)

    def _replace(self, text: str, ratio: int) -> str:
        def better(found: re.Match[str]) -> str:
            word = found[0].lower()
            if not _is_word(word):
                return found[0]
            best = self._beside_it(word)
            is_error = self._counts[best] > ratio * self._counts[word] and (ratio or not self._counts[word])
            return best if is_error else found[0]

        return _WORD.sub(better, text)

    def _beside_it(self, word: str) -> str:
        """Return the most frequent word of the corpus beside a word; the word itself where there is none."""
        if word not in self._best:
            near = {
                other for key in set(_shortened(word)) for other in self._beside.get(key, ()) if is_beside(word, other)
            }
            self._best[word] = max(sorted(near), key=lambda other: self._counts[other], default=word)
        return self._best[word]


def is_beside(word: str, other: str) -> bool:
    """Return whether two words differ inside by one letter more, less or other, or by two neighbours swapped.

    Words bend at their end, so that what differs there (miner, miners) is no error.
    """
    start = len(os.path.commonprefix((word, other)))
    one, two = word[start:], other[start:]
    end = len(os.path.commonprefix((one[::-1], two[::-1])))
    one, two = one[: len(one) - end], two[: len(two) - end]
    if not start or end < UNBENT:
        return False
    return max(len(one), len(two)) == 1 or (len(one) == len(two) == 2 and one == two[::-1])


def _is_word(letters: str) -> bool:
    return SHORTEST <= len(letters) <= LONGEST


def _shortened(word: str) -> Iterator[str]:
    """Yield a word, and the word without each of its letters: words beside one another share one of these."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
