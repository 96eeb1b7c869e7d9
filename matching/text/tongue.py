"""Says in which language a text is written, and what of it the sentence encoder can read.

On a language that it does not know the encoder fails silently: it gives rows that look like any others and mean
nothing. Such sentences are read by their letters only (linker.py), against the labels in their own language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
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
# A name of a place can turn a text. A few words at an end, or more with capital letters, may be one, and so may what
# stands behind the first comma or bracket, if what remains has so many letters and seems to be in a known language.
NAME_WORDS, LEAST_REST = 2, 8
CAPITAL_WORDS, LEAST_TRADE = 5, 4
# Longer texts tell their language in spite of a name.
SHORT_WORDS = 12
# What remains without a name that has capitals or stands behind, and a sentence beside others in unknown languages, may
# be so much likelier in an unknown one: of the names of skills in six known languages 94 to 100 of a hundred lie below,
# of those in four unknown ones 1 to 6.
DOUBT = 3.0
# Letters that Arabic and Russian do not have; where so large a share of the words has one, the text is in neither, if
# it is not without them. (Loan words and names have them in Arabic too.)
FOREIGN_LETTERS = frozenset("پچژگٹڈڑےہںھۀەېښځڼ" + "іїєґўәғқңөұүһҳҷӣӯҭђјљњћџѓќѕ")
FOREIGN_WORDS = 1 / 3
CONSTANTS = {
    "known": sorted(KNOWN),
    "margin": MARGIN,
    "max_characters": MAX_CHARACTERS,
    "name": (NAME_WORDS, LEAST_REST, CAPITAL_WORDS, LEAST_TRADE, SHORT_WORDS),
    "doubt": DOUBT,
    "foreign": ("".join(sorted(FOREIGN_LETTERS)), FOREIGN_WORDS),
}
_SENTENCE = re.compile(r"[^.;!?\n\r\t\u2022\u3002\uff1b\uff01\uff1f\u061f\u061b|]+")
_BEHIND = re.compile(r"[,;(\[:\u060c\uff0c\u3001\uff08\uff1a/]|\s[\u2013\u2014-]\s")
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
    plain = _plain(text)
    readable = plain.casefold()
    if not any(sign.isalpha() for sign in readable):
        return "en"
    heard = _heard(readable)
    words = list(_WORD.finditer(plain))
    foreign = [word for word in words if not FOREIGN_LETTERS.isdisjoint(word[0].casefold())]
    if words and len(foreign) >= FOREIGN_WORDS * len(words):
        # Of Cyrillic words only names may go, which have a capital letter; in Arabic script nothing tells names.
        caseless = any(word[0].swapcase() == word[0] for word in foreign)
        if not caseless and not all(word[0][0].isupper() for word in foreign):
            return heard.unknown
        doubt = 0.0 if caseless else DOUBT
        return _likeliest([_without(plain, foreign)], LEAST_TRADE, doubt) or heard.unknown
    if heard.lead > MARGIN:
        return _without_name(plain, words) or heard.unknown
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


def _is_clearly_known(sentence: str) -> bool:
    return _heard(_plain(sentence).casefold()).lead <= DOUBT


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])


def _without_name(plain: str, words: Sequence[re.Match[str]]) -> str:
    """Return the known language of a short text without words that may be a name; empty where there is none."""
    if len(words) > SHORT_WORDS:
        return ""
    ends = [some for many in range(1, NAME_WORDS + 1) for some in (words[:many], words[-many:])]
    found = _likeliest([_without(plain, some) for some in ends], LEAST_REST, 0.0)
    if found:
        return found
    behind = _BEHIND.search(plain)
    capital = [word for word in words if word[0][0].isupper()]
    rests = [plain[: behind.start()]] if behind else []
    if len(capital) <= CAPITAL_WORDS and len(capital) < len(words):
        rests.append(_without(plain, capital))
    return _likeliest(rests, LEAST_TRADE, DOUBT)


def _without(plain: str, words: Sequence[re.Match[str]]) -> str:
    """Return a text without some of its words."""
    ends = [0, *(word.end() for word in words)]
    return "".join(plain[end:start] for end, start in zip(ends, [*(word.start() for word in words), None], strict=True))


def _likeliest(rests: Sequence[str], least: int, doubt: float) -> str:
    """Return the known language that what remains of a text seems to be in; or nothing."""
    heard = [_heard(rest.casefold()) for rest in rests if sum(sign.isalpha() for sign in rest) >= least]
    best = min(heard, key=lambda one: one.lead, default=None)
    return best.known if best is not None and best.lead <= doubt else ""
