"""Mends typing errors in short texts by the words of a corpus: what nobody writes is a word beside it, misspelled."""

from __future__ import annotations

import math
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from matching.words import UNSPACED

# A shorter word has other words beside it that are meant; a longer run of letters is none.
SHORTEST, LONGEST = 4, 40
# A word of the corpus may be an error where one beside it is so many times as frequent: such a text is read both ways.
# In a corpus where so many texts have such an error less is enough.
RATIO, CARELESS_RATIO = 20, 2
CARELESS = 0.05
# An unlikely spelling speaks for an error: so much of its distance in likelihood counts beside the frequencies.
UNLIKELY = 0.1
_WORD = re.compile(rf"[^\W\d_{UNSPACED}]+")


class Typos:
    """The words of a corpus, and which of them stand beside one another (see `is_beside`)."""

    def __init__(self, corpus: Sequence[str], likelihood: Callable[[str], float]) -> None:
        """Learn a corpus; `likelihood` is the logarithm of how usual the spelling of a word is in any language."""
        self._likelihood = likelihood
        self._counts = Counter(word for text in corpus for word in _WORD.findall(text.lower()) if _is_word(word))
        self._beside: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._counts):
            for key in set(_shortened(word)):
                self._beside[key].append(word)
        self._best: dict[str, str] = {}
        self._least = math.log(RATIO)
        if sum(self.doubt(text) != text for text in corpus) > CARELESS * len(corpus):
            self._least = math.log(CARELESS_RATIO)

    def mend(self, text: str) -> str:
        """Return a text whose unknown words are those of the corpus that stand beside them."""
        return self._replace(text, lambda word, best: word not in self._counts)

    def doubt(self, text: str) -> str:
        """Return a text in which rare words too are the frequent ones beside them."""
        return self._replace(text, self._is_rare_beside)

    def _is_rare_beside(self, word: str, best: str) -> bool:
        return word not in self._counts or self._usual(best) - self._usual(word) > self._least

    def _replace(self, text: str, is_error: Callable[[str, str], bool]) -> str:
        def better(found: re.Match[str]) -> str:
            word = found[0].lower()
            best = self._beside_it(word) if _is_word(word) else word
            return best if best != word and is_error(word, best) else found[0]

        return _WORD.sub(better, text)

    def _beside_it(self, word: str) -> str:
        """Return the most usual word of the corpus beside a word; the word itself where there is none."""
        if word not in self._best:
            near = {
                other for key in set(_shortened(word)) for other in self._beside.get(key, ()) if is_beside(word, other)
            }
            self._best[word] = max(sorted(near), key=self._usual, default=word)
        return self._best[word]

    def _usual(self, word: str) -> float:
        return math.log(self._counts[word]) + UNLIKELY * self._likelihood(word)


def is_beside(word: str, other: str) -> bool:
    """Return whether two words differ inside by one letter more, less or other, or by two neighbours swapped.

    Words bend at their end, so that what differs in the last letter (miner, miners) is no error, unless it is swapped.
    """
    start = len(os.path.commonprefix((word, other)))
    one, two = word[start:], other[start:]
    end = len(os.path.commonprefix((one[::-1], two[::-1])))
    one, two = one[: len(one) - end], two[: len(two) - end]
    if start and len(one) == len(two) == 2:
        return one == two[::-1]
    return bool(start and end) and max(len(one), len(two)) == 1


def _is_word(letters: str) -> bool:
    return SHORTEST <= len(letters) <= LONGEST


def _shortened(word: str) -> Iterator[str]:
    """Yield a word, and the word without each of its letters: words beside one another share one of these."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
