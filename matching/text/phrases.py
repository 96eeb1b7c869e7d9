"""Takes texts apart: phrases of a sentence, forms of a title that names two, words that carry meaning."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from matching.words import EMPTY_WORDS, JOINTS, UNSPACED, fold, words_of

# A phrase has up to so many words; skills and titles are rarely longer.
WINDOW = 5
# Scripts without spaces are read by characters, of which two make about one word.
CHARACTERS_A_WORD = 2
# A page of text has fewer phrases; what is longer is read up to here.
MAX_PHRASES = 1200
# "A / B" are two forms of one title where their words start alike: acteur / actrice.
SHORTEST_START = 3
MOST_FORMS = 4
_CLAUSE = re.compile(
    r"(?:[^.,;:!?()\[\]<>\n\r\t\u2022*\u3002\uff1b\uff1a\uff01\uff1f\uff0c\u3001\u061f\u060c\u061b/\s-]"
    r"|(?<=\w)\.(?=\w)|(?<=\S)-(?=\S)|[^\S\n\r\t](?!-\s))+"
)
_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+[+#]*")
_UNSPACED = re.compile(rf"[{UNSPACED}]+")
_COMMA = re.compile(r"[,;\uff0c\u3001\u060c]")
_BRACKET = re.compile(r"\s*[(\[\uff08][^()\[\]\uff08\uff09]*[)\]\uff09]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words of a text, and where they stand in it."""

    text: str
    start: int
    end: int


def phrases_of(text: str) -> list[Phrase]:
    """Return the phrases of a text: windows of words inside its clauses, each wording once, at most MAX_PHRASES."""
    found: dict[str, Phrase] = {}
    for phrase in _windows(text):
        if len(found) >= MAX_PHRASES:
            break
        found.setdefault(phrase.text.casefold(), phrase)
    return list(found.values())


def forms_of(text: str) -> list[str]:
    """Return the forms of a title: "acteur / actrice de cinéma" gives both; most texts are their own only form."""
    forms = [" ".join(text.split())]
    while len(forms) < MOST_FORMS:
        parted = [_parted(form) for form in forms]
        if all(len(one) == 1 for one in parted):
            break
        forms = list(dict.fromkeys(form for one in parted for form in one))
    return forms[:MOST_FORMS]


def without_brackets(text: str) -> str:
    """Return a text without what stands in brackets; the text itself where nothing else would remain."""
    bare = " ".join(_BRACKET.sub("", text).split())
    return bare if any(sign.isalnum() for sign in bare) else text


def readings_of(text: str) -> list[str]:
    """Return the ways in which a name may be read: as it stands, without brackets, and each of its forms."""
    return list(dict.fromkeys([text, *forms_of(without_brackets(text))]))


def main_part(text: str) -> str:
    """Return what stands before the first comma, without brackets: "drivers, vans up to 3.5 t" are drivers first."""
    bare = without_brackets(text)
    main = _COMMA.split(bare, maxsplit=1)[0].strip()
    return main if any(sign.isalnum() for sign in main) else bare


def length_of(text: str) -> float:
    """Return how many words a text has; in scripts without spaces two characters count as one."""
    return sum(1.0 / CHARACTERS_A_WORD if _UNSPACED.match(match[0]) else 1.0 for match in _WORD.finditer(text))


def content_words(text: str) -> list[str]:
    """Return the distinct folded words that carry meaning; scripts without spaces give pairs of characters."""
    found: list[str] = []
    last = None
    for word in words_of(text):
        unspaced = bool(_UNSPACED.fullmatch(word.text))
        if unspaced and last is not None and last.end == word.start:
            found.append(last.text + word.text)
        elif not unspaced:
            found.append(word.text)
        last = word if unspaced else None
    if not found:
        found = [word.text for word in words_of(text)]
    return list(dict.fromkeys(found))


def _windows(text: str) -> Iterator[Phrase]:
    for clause in _CLAUSE.finditer(text):
        words = [(m.start() + clause.start(), m.end() + clause.start(), m[0]) for m in _WORD.finditer(clause[0])]
        for first in range(len(words)):
            if _carries(words[first][2]):
                yield from _windows_from(text, words, first)


def _windows_from(text: str, words: list[tuple[int, int, str]], first: int) -> Iterator[Phrase]:
    size = 0.0
    for last in range(first, len(words)):
        unspaced = bool(_UNSPACED.match(words[last][2]))
        size += 1.0 / CHARACTERS_A_WORD if unspaced else 1.0
        if size > WINDOW:
            return
        if _carries(words[last][2]) and not (unspaced and last == first):
            start, end = words[first][0], words[last][1]
            yield Phrase(" ".join(text[start:end].split()), start, end)


def _carries(word: str) -> bool:
    folded = fold(word)
    return folded not in EMPTY_WORDS and folded not in JOINTS


def _parted(text: str) -> list[str]:
    """Part a text at its first slash that stands between words of like beginning."""
    for slash in re.finditer("/", text):
        left, right = text[: slash.start()].split(), text[slash.end() :].split()
        for width in range(min(len(left), len(right)), 0, -1):
            if all(_alike(one, other) for one, other in zip(left[-width:], right[:width], strict=True)):
                return [" ".join(left + right[width:]), " ".join(left[:-width] + right)]
    return [text]


def _alike(word: str, other: str) -> bool:
    one, two = fold(word), fold(other)
    return one == two or len(os.path.commonprefix((one, two))) >= SHORTEST_START
