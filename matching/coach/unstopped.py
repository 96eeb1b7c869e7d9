"""Parts an empty sentence from the one before it where the full stop between them is missing.

Else its words would count as those of a sentence that says something. A capital letter within a sentence, or another
script, may be a name: it begins a sentence only where all that follows says nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from matching.coach.telling import measured
from matching.text.tongue import known_to_encoder
from matching.words import UNSPACED, every_word_of

# A shorter end of a sentence is too little to be judged; in scripts without spaces a character is half a word.
FEWEST_WORDS = 4
# As an end of a sentence is harder to judge than a whole one, it has to say clearly nothing.
SURELY_EMPTY = -0.03
_BEGINNINGS = re.compile(rf"(?<=[\w)\]:,%])\s+(?=[^\W\d_]|[\u00bf\u00a1])|(?<=[^\s{UNSPACED}])(?=[{UNSPACED}])")


def parted(sentences: Sequence[str]) -> tuple[str, ...]:
    """Return the sentences, those in two parts of which the end is an empty sentence of its own."""
    ends = {sentence: tuple(_ends_of(sentence)) for sentence in sentences}
    doubtful = [sentence[at:] for sentence, places in ends.items() for at in places]
    if not doubtful or not known_to_encoder("\n".join(sentences)):
        return tuple(sentences)
    empty = {end for end, clear in zip(doubtful, measured(doubtful), strict=True) if clear <= SURELY_EMPTY}
    return tuple(part for sentence in sentences for part in _parts(sentence, ends[sentence], empty))


def _parts(sentence: str, places: Sequence[int], empty: set[str]) -> tuple[str, ...]:
    """Return a sentence in two at the first place from which on it says nothing."""
    at = next((place for place in places if sentence[place:] in empty), None)
    return (sentence,) if at is None else (sentence[:at].strip(), sentence[at:])


def _ends_of(sentence: str) -> Iterator[int]:
    """Yield where within a sentence another may begin."""
    for found in _BEGINNINGS.finditer(sentence):
        at = found.end()
        if _may_begin(sentence[: found.start()], sentence[at:]) and len(every_word_of(sentence[at:])) >= FEWEST_WORDS:
            yield at


def _may_begin(before: str, after: str) -> bool:
    """Whether the letters change their script, or a word with a capital comes before one without."""
    letters = [sign for sign in before if sign.isalpha()]
    if letters and _script(letters[-1]) != _script(after.lstrip("\u00bf\u00a1")[:1]):
        return True
    first, second = ([*after.lstrip("\u00bf\u00a1").split(None, 2), "", ""])[:2]
    return first[:1].isupper() and (len(first) == 1 or not first.isupper()) and not second[:1].isupper()


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0] if letter else ""
