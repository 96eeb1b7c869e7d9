"""Takes a text apart into short passages, each of which may speak of one thing: clauses, and windows inside long ones.

A sentence encoded as a whole says little about each thing that it names; its passages say more. What is added at the
end of a text changes no passage before it, so nobody loses by writing more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matching.text.tongue import language_of, split
from matching.words import Word, words_of

MAX_CHARACTERS = 8000
MAX_PASSAGES = 80
MAX_STATEMENTS = 40
# Words that carry meaning: a window holds so many, and the next one starts so many later.
WINDOW, STRIDE = 3, 1
# A character of a script without spaces is about half a word.
WINDOW_UNSPACED, STRIDE_UNSPACED = 5, 2
CONSTANTS = {
    "max_characters": MAX_CHARACTERS,
    "max_passages": MAX_PASSAGES,
    "max_statements": MAX_STATEMENTS,
    "windows": (WINDOW, STRIDE, WINDOW_UNSPACED, STRIDE_UNSPACED),
}
_CLAUSE = re.compile(r"[^:,()\[\]\"\u201c\u201d\u00ab\u00bb\uff1a\uff0c\u3001\u060c\uff08\uff09]+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a text as they stand in it, where they start and end, and the language of their sentence."""

    text: str
    start: int
    end: int
    language: str

    def overlaps(self, other: Passage) -> bool:
        """Return whether two passages of one text share words."""
        return self.start < other.end and other.start < self.end


def sentences_of(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (start, sentence, its language) of a text, which is cut at `MAX_CHARACTERS`."""
    for start, sentence in split(text[:MAX_CHARACTERS]):
        yield start, sentence, language_of(sentence.strip())


def passages_of(text: str) -> list[Passage]:
    """Return the passages of a text in its order, `MAX_PASSAGES` at most."""
    passages: list[Passage] = []
    for start, sentence, language in sentences_of(text):
        for clause in _CLAUSE.finditer(sentence):
            for first, last in _spans(words_of(clause[0])):
                words = " ".join(clause[0][first:last].split())
                place = start + clause.start()
                passages.append(Passage(words, place + first, place + last, language))
        if len(passages) >= MAX_PASSAGES:
            break
    return passages[:MAX_PASSAGES]


def statements_of(text: str) -> list[Passage]:
    """Return the sentences of a text as wholes, `MAX_STATEMENTS` at most: what is said beyond naming."""
    found = []
    for start, sentence, language in sentences_of(text):
        words = sentence.strip()
        first = start + sentence.index(words[0])
        found.append(Passage(" ".join(words.split()), first, first + len(words), language))
    return found[:MAX_STATEMENTS]


def _spans(words: list[Word]) -> Iterator[tuple[int, int]]:
    """Yield start and end of what a clause says: each stretch between joints and numbers, or the windows in it."""
    stretch: list[Word] = []
    for word in words:
        is_number = bool(_DIGITS.fullmatch(word.text))
        if stretch and (is_number or word.slot > stretch[-1].slot + 1):
            yield from _windows(stretch)
            stretch = []
        if not is_number:
            stretch.append(word)
    yield from _windows(stretch)


def _windows(stretch: list[Word]) -> Iterator[tuple[int, int]]:
    single = sum(word.end - word.start == 1 for word in stretch)
    width, stride = (WINDOW_UNSPACED, STRIDE_UNSPACED) if 2 * single > len(stretch) else (WINDOW, STRIDE)
    for first in range(0, max(1, len(stretch) - width + stride), stride):
        part = stretch[first : first + width]
        if part:
            yield part[0].start, part[-1].end
