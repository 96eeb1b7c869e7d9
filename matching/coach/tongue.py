"""In which language a text is written, as far as it decides whether the coach's words fit: one of the six, or another.

By its script, by letters that none of the six has, and in Latin script by the words that join others. A near relative
without such letters (Portuguese in plain letters) is taken for the language that it resembles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from matching.coach.lexicon import rows
from matching.words import fold

OTHER = "other"
# Fewer words do not show it. In real openings in English more than a third of the words join others.
FEWEST_WORDS = 25
FEWEST_JOINING = 0.15
FEWEST_FOREIGN = 0.08
_LETTERS = {
    "zh": "\u4e00-\u9fff",
    "ru": "\u0400-\u052f",
    "ar": "\u0600-\u06ff\u0750-\u077f",
    "latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
}
_FOREIGN = re.compile(
    "[\u00df\u00e3\u00f5\u00f8\u00e5\u0100-\u0151\u0154-\u024f\u1e00-\u1eff]"  # Latin, but those of French
    "|[\u0454\u0456\u0457\u045e\u0490-\u04ff]"
    "|[\u0679\u067e\u0686\u0688\u0691\u0698\u06a9\u06af\u06be\u06c1\u06cc\u06d2]"
    "|[\u3040-\u30ff]"
)
_WORD = re.compile(rf"[{_LETTERS['zh']}]|[\u3040-\u30ff]+|[^\W\d_]+")


def language_of(text: str) -> str | None:
    """Return the code of one of the six, OTHER, or None where there is too little to tell."""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    if sum(bool(_FOREIGN.search(word.lower())) for word in words) >= FEWEST_FOREIGN * len(words):
        return OTHER
    script = max((*_LETTERS, OTHER), key=lambda one: sum(_script_of(word) == one for word in words))
    return _by_joining([fold(word) for word in words]) if script == "latin" else script


@lru_cache(maxsize=32768)  # a draft is read again after every key
def _script_of(word: str) -> str:
    return next((name for name, letters in _LETTERS.items() if re.match(f"[{letters}]", word)), OTHER)


def _by_joining(words: Sequence[str]) -> str:
    shares = {one: sum(word in _joining(one) for word in words) / len(words) for one in ("en", "fr", "es")}
    best = max(shares, key=lambda one: shares[one])
    return best if shares[best] >= FEWEST_JOINING else OTHER


@cache
def _joining(language: str) -> frozenset[str]:
    """Return the short words of a language that tell nothing: they join others in every text."""
    found = (row["word"] for row in rows() if (row["check"], row["language"]) == ("general", language))
    return frozenset(fold(word) for word in found if len(word) <= 4 and "*" not in word)
