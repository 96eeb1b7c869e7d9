"""Says in which language a text is written, and what of it the sentence encoder can read.

On a language that it does not know the encoder fails silently: it gives rows that look like any others and mean
nothing. Such sentences are read by their letters only (linker.py), against the labels in their own language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# The sixteen languages that the encoder was trained on (both kinds of written Chinese are one code here).
TRAINED_ON = frozenset(["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"])
# Near relatives, for which short texts of the above are mistaken.
READ_ALIKE = frozenset(
    ["an", "ary", "arz", "ast", "ca", "ext", "gl", "id", "la", "ms", "oc", "pcm", "vec", "wuu", "yue"]
)
KNOWN = TRAINED_ON | READ_ALIKE
# By so much (natural logarithm of the likelihood) another language has to be likelier than every known one. Of 4,800
# short phrases in the six languages at most one in a thousand crosses it; sentences in others lie at 28 and more.
MARGIN = 12.0
MAX_CHARACTERS = 1000
# A name of a place can turn a short text: up to so many words in a row may be one, if what remains has so many letters
# and is likelier in a language that the encoder knows. Longer texts tell their language in spite of a name.
NAME_WORDS, LEAST_REST, SHORT_WORDS = 2, 8, 12
# Beside sentences in another language, so many letters tell that a sentence is in a known one.
LEAST_SENTENCE = 20
# Letters that Arabic and Russian do not have; where so large a share of the words has one, the text is in neither.
FOREIGN_LETTERS = frozenset("پچژگٹڈڑےہںھۀەڭۇېښځڼ" + "іїєґўәғқңөұүһҳҷӣӯҭђјљњћџѓќѕ")
FOREIGN_WORDS = 1 / 3
CONSTANTS = {
    "known": sorted(KNOWN),
    "margin": MARGIN,
    "max_characters": MAX_CHARACTERS,
    "name": (NAME_WORDS, LEAST_REST, SHORT_WORDS),
    "least_sentence": LEAST_SENTENCE,
    "foreign": ("".join(sorted(FOREIGN_LETTERS)), FOREIGN_WORDS),
}
_SENTENCE = re.compile(r"[^.;!?\n\r\t\u2022\u3002\uff1b\uff01\uff1f\u061f\u061b|]+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u02bc-][^\W\d_]+)*")


def known_to_encoder(text: str) -> bool:
    """Return whether the encoder may speak on a text: False only where another language is clearly likelier."""
    return language_of(text) in KNOWN


@lru_cache(maxsize=20_000)
def language_of(text: str) -> str:
    """Return the language of a text as ISO 639-1, or 639-3 where there is no shorter code.

    A language that the encoder does not know is named only where it is clearly likelier than all that it knows, so
    that a word or two of Russian are not taken for Bulgarian, nor a place in Tanzania for Swahili. A text without
    letters counts as English.
    """
    readable = _readable(text)
    if not any(sign.isalpha() for sign in readable):
        return "en"
    words = [found[0] for found in _WORD.finditer(readable)]
    heard = _heard(readable)
    if words and sum(not FOREIGN_LETTERS.isdisjoint(word) for word in words) >= FOREIGN_WORDS * len(words):
        return heard.unknown
    if heard.lead > MARGIN:
        return _without_name(readable) or heard.unknown
    return heard.known


def split(text: str) -> Iterator[tuple[int, str]]:
    """Yield (start, sentence) of a text, for the sentences that have a letter."""
    for found in _SENTENCE.finditer(text):
        if any(sign.isalpha() for sign in found[0]):
            yield found.start(), found[0]


@lru_cache(maxsize=20_000)
def parted(text: str) -> tuple[str, str]:
    """Return what of a text the encoder can read, and the rest: sentences in languages that it does not know."""
    is_known = known_to_encoder(text)
    sentences = [sentence.strip() for _, sentence in split(text)]
    if len(sentences) < 2:
        return (text, "") if is_known else ("", text)
    flags = [known_to_encoder(one) if is_known else _is_clearly_known(one) for one in sentences]
    if len(set(flags)) == 1:
        return (text, "") if flags[0] else ("", text)
    both = list(zip(sentences, flags, strict=True))
    read, rest = (". ".join(one for one, flag in both if flag is wanted) for wanted in (True, False))
    return read, rest


class _Heard(NamedTuple):
    """The likeliest known and unknown language, and by how much the latter is likelier."""

    known: str
    unknown: str
    lead: float


@lru_cache(maxsize=20_000)
def _heard(readable: str) -> _Heard:
    # Late: the detector takes half a second to load, and many commands read no text.
    import py3langid

    ranked = py3langid.rank(readable)
    known, first = next((code, value) for code, value in ranked if code in KNOWN)
    unknown, second = next((code, value) for code, value in ranked if code not in KNOWN)
    return _Heard(known, unknown, second - first)


def _readable(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).casefold()


def _is_clearly_known(sentence: str) -> bool:
    readable = _readable(sentence)
    return sum(sign.isalpha() for sign in readable) >= LEAST_SENTENCE and _heard(readable).lead <= 0.0


def _without_name(readable: str) -> str:
    """Return the known language of a short text without a word or two that may be a name; empty where there is none."""
    words = list(_WORD.finditer(readable))
    if len(words) > SHORT_WORDS:
        return ""
    rests = [
        readable[: words[first].start()] + readable[words[first + many - 1].end() :]
        for many in range(1, NAME_WORDS + 1)
        for first in range(len(words) - many + 1)
    ]
    heard = [_heard(rest) for rest in rests if sum(sign.isalpha() for sign in rest) >= LEAST_REST]
    best = min(heard, key=lambda one: one.lead, default=None)
    return best.known if best is not None and best.lead <= 0.0 else ""
