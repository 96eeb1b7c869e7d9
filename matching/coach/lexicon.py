"""Finds the phrases of the table of words (data/reference/coach/words.csv) in texts, whatever their language.

Text and table are folded alike (case, accents, look-alike letters), so that only the words count. A `*` in the table
ends the beginning of a word. Arabic words are compared without their article and joined particles.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache

from matching.reference import DEFAULT_FOLDER
from matching.words import EMPTY_WORDS, JOINTS, Word, every_word_of

_ARABIC_HEAD = re.compile("^(?:[\u0648\u0641]?(?:\u0627\u0644|\u0628\u0627\u0644|\u0644\u0644)|[\u0648\u0628\u0644])")
_SHORTEST_ARABIC = 3
Entry = tuple[tuple[str, bool], ...]  # (word, whether any ending may follow)
Span = tuple[int, int]


class Lexicon:
    """The phrases of one check, in all languages."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._by_start: dict[str, list[Entry]] = defaultdict(list)
        for phrase in phrases:
            entry = _entry(phrase)
            if entry:
                self._by_start[entry[0][0]].append(entry)
        self._longest = max(map(len, self._by_start), default=0)

    def spans(self, words: Sequence[str]) -> list[Span]:
        """Return where phrases stand in folded words, as (first, after the last); the longest where several begin."""
        found, at = [], 0
        while at < len(words):
            length = max((len(entry) for entry in self._starting(words[at]) if _stands(entry, words, at)), default=0)
            if length:
                found.append((at, at + length))
            at += length or 1
        return found

    def _starting(self, word: str) -> list[Entry]:
        starts = (word[:size] for size in range(1, min(len(word), self._longest) + 1))
        return [entry for start in starts for entry in self._by_start.get(start, ())]


@cache
def lexicon(check: str) -> Lexicon:
    """Return the phrases of a check."""
    joining = sorted(EMPTY_WORDS | JOINTS) if check == "general" else []
    return Lexicon([*joining, *(row["word"] for row in rows() if row["check"] == check)])


@lru_cache(maxsize=32768)
def spans_of(check: str, words: tuple[str, ...]) -> tuple[Span, ...]:
    """Return where phrases of a check stand in folded words; remembered, as live advice asks again and again."""
    return tuple(lexicon(check).spans(words))


@cache
def rows() -> tuple[dict[str, str], ...]:
    """Return the table: check, language, word."""
    with (DEFAULT_FOLDER / "coach" / "words.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines, strict=True))


def bare(word: Word) -> str:
    """Return a folded word as it is compared: in Arabic without article and joined particles."""
    cut = _ARABIC_HEAD.sub("", word.text)
    return cut if len(cut) >= _SHORTEST_ARABIC else word.text


def _stands(entry: Entry, words: Sequence[str], at: int) -> bool:
    here = words[at : at + len(entry)]
    return len(here) == len(entry) and all(
        word.startswith(wanted) if is_open else word == wanted
        for word, (wanted, is_open) in zip(here, entry, strict=True)
    )


def _entry(phrase: str) -> Entry:
    open_ends = {match.start() for match in re.finditer(r"\*", phrase)}
    return tuple((bare(word), word.end in open_ends) for word in every_word_of(phrase))
