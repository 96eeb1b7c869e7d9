"""Takes a text apart into statements, and says how much each says: words that could stand anywhere count nothing.

All lengths are counted in words that say something, so that nobody gains by writing more of the others. In scripts
without spaces a character counts half a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from matching.coach.brackets import to_fill_in
from matching.coach.lexicon import Span, bare, lexicon
from matching.words import UNSPACED, every_word_of

MAX_CHARACTERS = 8000
# A statement with fewer telling words names no work, unless it is as short as an entry of a list.
LEAST_TOLD = 3.0
LIST_ENTRY = 0.4
_ENDS = re.compile(r"(?<=[.!?\u061f\u06d4])\s+|[\n\r\u2022\u3002\uff01\uff1f\uff1b;\u061b|]+")
_ONE_SIGN = re.compile(rf"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or line: its words, its telling words that no statement before it had, its lengths, its phrases."""

    text: str
    words: tuple[str, ...]
    new: frozenset[str]
    length: float
    told: float
    vague: tuple[str, ...]

    @property
    def is_concrete(self) -> bool:
        """Whether it says enough to know what is done."""
        return self.told >= LEAST_TOLD or 0 < LIST_ENTRY * self.length <= self.told

    def found(self, check: str) -> tuple[str, ...]:
        """Return the phrases of a check that stand in it, as they are written."""
        return _quoted(self.text, lexicon(check).spans(self.words))


@lru_cache(maxsize=4096)
def statements_of(text: str) -> tuple[Statement, ...]:
    """Return the statements of a text in its order."""
    seen: set[str] = set()
    found = []
    for part in _ENDS.split(text[:MAX_CHARACTERS]):
        statement = _statement(part.strip(), seen)
        if statement.words:
            found.append(statement)
            seen |= statement.new
    return tuple(found)


def told(text: str) -> float:
    """Return how many telling words a text has in its concrete statements, each counted once."""
    return sum(statement.told for statement in statements_of(text) if statement.is_concrete)


def enough(text: str, wanted: float) -> float:
    """Return the share of `wanted` telling words that a text has, 1 at most."""
    return min(1.0, told(text) / wanted)


def found_in(check: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Return the phrases of a check in texts, each once."""
    phrases = (phrase for text in texts for one in statements_of(text) for phrase in one.found(check))
    return tuple(dict.fromkeys(phrase.casefold() for phrase in phrases))


def _statement(text: str, seen: set[str]) -> Statement:
    words = tuple(bare(word) for word in every_word_of(text))
    vague = lexicon("vague").spans(words)
    # It talks of people who need saving, or holds a blank: so it tells no work, or none yet.
    if lexicon("saviour").spans(words) or to_fill_in(text):
        return Statement(text, words, frozenset(), _length(words), 0, _quoted(text, vague))
    empty = {at for first, last in [*vague, *lexicon("general").spans(words)] for at in range(first, last)}
    new = frozenset(word for at, word in enumerate(words) if at not in empty and word not in seen)
    return Statement(text, words, new, _length(words), _length(new), _quoted(text, vague))


def _length(words: Iterable[str]) -> float:
    return sum(0.5 if _ONE_SIGN.fullmatch(word) else 1.0 for word in words)


def _quoted(text: str, spans: list[Span]) -> tuple[str, ...]:
    if not spans:
        return ()
    places = every_word_of(text)
    return tuple(text[places[first].start : places[last - 1].end] for first, last in spans)
