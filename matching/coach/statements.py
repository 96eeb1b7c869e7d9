"""Takes a text apart into statements, and says how much each says: words that could stand anywhere count nothing.

All lengths are counted in words that say something, so that nobody gains by writing more of the others. In scripts
without spaces a character counts half a word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp

from matching.coach.brackets import to_fill_in
from matching.coach.lexicon import Span, bare, spans_of
from matching.coach.telling import clearness_of
from matching.coach.unstopped import parted
from matching.words import UNSPACED, every_word_of

MAX_CHARACTERS = 8000
# A statement with fewer telling words names no work, unless it is as short as an entry of a list.
LEAST_TOLD = 3.0
LIST_ENTRY = 1 / 3
# Each phrase of saving takes this many telling words from its statement: a sentence about saving alone tells nothing.
SAVING_COST = 2
# Where no sentence of a text is clear, what they nearly say earns this share, less than one telling word in all. It
# fades by the factor e with each such step below the line.
FAINT, FADES = 0.1, 0.05
# Hints of less than this are none, so that words that say nothing, put into an empty sentence, lift nothing.
HINT_DIGITS = 5
# The end of a sentence, but not the dot of a single letter (e.g., U.S.) or of these; or a sign that begins an entry.
_SHORTENED = "".join(rf"(?<!\b{short}\.)" for short in ("Dr", "Mr", "Mrs", "Ms", "St", "Sr", "Sra", "ej", "ex"))
_ENDS = re.compile(
    rf"(?<=[.!?\u061f\u06d4])(?<!\b[^\W\d_]\.){_SHORTENED}\s+"
    r"|[\n\r\u2022\u25aa\u25cf\u25e6\u2705\u2713\u2714\u27a4\u3002\uff01\uff1f\uff1b;\u061b|]+"
)
# What numbers the entries of a list, also within a line where it is a digit, and addresses on the net tell no work.
_LABELS = re.compile(
    r"(?:^|(?<=[.!?;]\s)|(?<=[\u3002\uff1b]))[ \t]*\(?\d{1,2}(?:[.)][ \t]*(?=\D)|[\u3001\uff09])"
    r"|^[ \t]*\(?[^\W\d_](?:[.)][ \t]+|[\u3001\uff09])",
    re.MULTILINE,
)
_ADDRESSES = re.compile(r"[\w.+-]{1,64}@[\w.-]*\w|(?:https?://|www\.)[!-~]*[\w/]", re.ASCII | re.IGNORECASE)
_ANNOUNCING = (":", "\uff1a")
_ONE_SIGN = re.compile(rf"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or line: its words, its telling words that no statement before it had, its lengths, its phrases.

    `told` is the length of the new telling words, `telling` that of all; none where the whole sentence is not `clear`
    (telling.py), as words of which each tells something may say nothing together. `faint` is what is left of them
    then, the less the farther the sentence lies below the line.
    """

    text: str
    words: tuple[str, ...]
    new: frozenset[str]
    length: float
    told: float
    telling: float
    vague: tuple[str, ...]
    clear: float
    faint: float = 0.0

    @property
    def is_hollow(self) -> bool:
        """Whether it could stand in any assignment, in whatever words."""
        return self.clear <= 0

    @property
    def is_concrete(self) -> bool:
        """Whether it says enough to know what is done, and something that was not said before."""
        return self.told > 0 and self._names_work()

    @property
    def is_empty(self) -> bool:
        """Whether it names no work, not even work told before, and announces none either (Your tasks:)."""
        return not self._names_work() and not self.text.endswith(_ANNOUNCING)

    def repeats(self, before: Iterable[Collection[str]], least_new: float) -> bool:
        """Whether it names work of which less than `least_new` (a share) is new beside one statement before it."""
        return self.is_concrete and any(_length(self.new.difference(one)) < least_new * self.told for one in before)

    def found(self, check: str, spared: str = "") -> tuple[str, ...]:
        """Return the phrases of a check that stand in it, as they are written; none that one of `spared` touches."""
        return _quoted(self.text, _unspared(check, self.words, spared) if spared else spans_of(check, self.words))

    def _names_work(self) -> bool:
        return self.telling >= LEAST_TOLD or 0 < LIST_ENTRY * self.length <= self.telling


@lru_cache(maxsize=4096)
def statements_of(text: str) -> tuple[Statement, ...]:
    """Return the statements of a text in its order."""
    seen: set[str] = set()
    nearly_seen: set[str] = set()
    found = []
    sentences = parted(sentences_of(text))
    for sentence, clear in zip(sentences, clearness_of(sentences), strict=True):
        statement = _statement(sentence, nearly_seen if clear <= 0 else seen, clear)
        if statement.length:
            found.append(statement)
    return tuple(found)


def sentences_of(text: str) -> tuple[str, ...]:
    """Return the sentences and entries of lists of a text that hold words, in its order."""
    parts = _ENDS.split(_LABELS.sub("\n", _ADDRESSES.sub(" ", text[:MAX_CHARACTERS])))
    return tuple(part.strip() for part in parts if every_word_of(part))


def told(text: str) -> float:
    """Return how many telling words a text has in its concrete statements, each counted once."""
    return sum(statement.told for statement in statements_of(text) if statement.is_concrete)


def enough(text: str, wanted: float) -> float:
    """Return the share of `wanted` telling words that a text has, 1 at most; a little where it only hints at them."""
    return min(1.0, (told(text) or hinted(text)) / wanted)


def hinted(text: str) -> float:
    """Return how many telling words, less than one, a text hints at of which no sentence says something.

    It grows with the words and twice with their density, so that sentences emptier than those beside them take away.
    """
    found = statements_of(text)
    faint, length = sum(one.faint for one in found), sum(one.length for one in found)
    hints = FAINT * faint * (faint / length) ** 2 if length else 0.0
    return round(hints / (1 + hints), HINT_DIGITS)


def hollow(*texts: str) -> tuple[str, ...]:
    """Return the sentences that could stand in any assignment, but for those that announce a list."""
    found = (one for text in texts for one in statements_of(text) if one.is_hollow)
    return tuple(one.text for one in found if not one.text.endswith(_ANNOUNCING))


def found_in(check: str, texts: Iterable[str], spared: str = "") -> tuple[str, ...]:
    """Return the phrases of a check in texts, each once; none that a phrase of the check `spared` touches."""
    phrases = (phrase for text in texts for one in statements_of(text) for phrase in one.found(check, spared))
    return tuple(dict.fromkeys(phrase.casefold() for phrase in phrases))


def places_of(check: str, texts: Mapping[str, str], spared: str = "") -> tuple[str, ...]:
    """Return the names of the texts in which phrases of a check stand."""
    return tuple(name for name, text in texts.items() if found_in(check, (text,), spared))


def _statement(text: str, seen: set[str], clear: float) -> Statement:
    """Return a statement of which the words in `seen` are not new, and add its own to them where it counts."""
    words = tuple(bare(word) for word in every_word_of(text))
    vague, saving = spans_of("vague", words), _unspared("saviour", words, "spared")
    quoted = _quoted(text, vague)
    if to_fill_in(text):  # a sentence with a blank tells no work yet
        return Statement(text, words, frozenset(), _length(words), 0, 0, quoted, clear)
    spans = [*vague, *saving, *spans_of("general", words)]
    empty = {at for first, last in spans for at in range(first, last)}
    telling = frozenset(word for at, word in enumerate(words) if at not in empty)
    new, cost = telling - seen, SAVING_COST * len(saving)
    told, all_told = (max(0.0, _length(some) - cost) for some in (new, telling))
    faint = told * exp(min(clear, 0) / FADES)
    if clear <= 0:
        seen |= new
        return Statement(text, words, frozenset(), _length(words), 0, 0, quoted, clear, faint)
    statement = Statement(text, words, new, _length(words), told, all_told, quoted, clear, faint)
    if statement.is_concrete:  # what counts nothing takes no word from what comes after it
        seen |= new
    return statement


def _length(words: Iterable[str]) -> float:
    # A number tells nothing without what it counts.
    return sum(0.5 if _ONE_SIGN.fullmatch(word) else 1.0 for word in words if not word.isdecimal())


def _unspared(check: str, words: tuple[str, ...], spared: str) -> list[Span]:
    fine = spans_of(spared, words)
    return [one for one in spans_of(check, words) if not any(_touch(one, other) for other in fine)]


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _quoted(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    if not spans:
        return ()
    places = every_word_of(text)
    return tuple(text[places[first].start : places[last - 1].end] for first, last in spans)
