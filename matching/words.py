"""Takes texts apart into words and says which words are alike, in any script."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass

from matching.lookalikes import one_script

LONGEST_WORD = 40
WORD_LIKENESS = 0.62
SAME_STEM = 0.9
SAME_BUT_PLURAL = 0.95
SHORTEST_STEM = 4
SHORTEST_START = 3
JOINT_COST = 2
CONSTANTS = {
    "word_likeness": WORD_LIKENESS,
    "same_stem": (SAME_STEM, SAME_BUT_PLURAL),
    "shortest": (SHORTEST_STEM, SHORTEST_START),
    "joint_cost": JOINT_COST,
}
# Words that carry no skill, in the languages whose writing parts words; they are skipped in labels and texts alike.
_EMPTY = (
    "a an as at by for from in into of on the their to with",
    "au aux avec chez d dans de des du en l la le les par pour sur un une",
    "al con del el los las para por su sus una",
    "в во для до за из к на о об от по при с со у",
    "في من على الى عن مع",
    "का की के को में से पर",
    "از به در را که",
    "کا کی کے کو میں سے پر",
)
EMPTY_WORDS = frozenset(word for line in _EMPTY for word in line.split())
# Words that join two things: "social and work habits" is no social work.
_JOINTS = "and or et ou e o u y и или و او और या اور یا এবং ও"
JOINTS = frozenset(_JOINTS.split())
# English endings under which a word keeps its stem (nurse, nursing; farmer, farming); n-grams alone part short words.
_ENDINGS = "s es e er ers or ors ing ings ed ion ions ist ists ant ants ment al ic ics y ies ty ties"
ENDINGS = frozenset(("", *_ENDINGS.split()))
PLURALS = frozenset(("", "s", "es"))
# Scripts without spaces between words are read character by character, all others word by word.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# Signs that stand on, under or around a letter (vowels in the scripts of India, accents): they part no word.
_MARKS = "".join(sign for sign in map(chr, range(0x300, 0xE00)) if unicodedata.category(sign) in ("Mn", "Mc"))
_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+(?:[{_MARKS}]+[^\W_{UNSPACED}]*)*")
# In the scripts of India a mark is a vowel or joins two consonants, so that it stays; a dot below (nukta) is an accent.
_KEPT_MARKS = frozenset(map(chr, range(0x900, 0xE00))) - frozenset("\u093c\u09bc\u0a3c\u0abc\u0b3c")
_ONE_CHARACTER = re.compile(rf"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word, its place in the text, and its slot: words that a joint parts lie further from one another."""

    text: str
    start: int
    end: int
    slot: int


def fold(text: str) -> str:
    """Fold case, width, accents and look-alike letters; the length may change."""
    wide = one_script(unicodedata.normalize("NFKC", text)).casefold()
    parts = unicodedata.normalize("NFD", wide)
    return "".join(sign for sign in parts if sign in _KEPT_MARKS or unicodedata.category(sign) != "Mn")


def words_of(text: str) -> list[Word]:
    """Return the words of a text that carry meaning."""
    words, slot = [], 0
    for match in _WORD.finditer(text):
        word = fold(match[0])[:LONGEST_WORD]
        if word in JOINTS:
            slot += JOINT_COST
        elif word and word not in EMPTY_WORDS:
            words.append(Word(word, match.start(), match.end(), slot))
            slot += 1
    return words


def every_word_of(text: str) -> list[Word]:
    """Return all words of a text, also those that only join others: where phrases are looked for as they stand."""
    folded = ((match, fold(match[0])[:LONGEST_WORD]) for match in _WORD.finditer(text))
    return [Word(word, match.start(), match.end(), 0) for match, word in folded if word]


def word_likeness(word: str, other: str, cosine: float) -> float:
    """Return how alike two folded words are, 0 where they are not: by stem, or by character n-grams (`cosine`)."""
    start = os.path.commonprefix((word, other))
    if len(start) >= SHORTEST_STEM and word[len(start) :] in ENDINGS and other[len(start) :] in ENDINGS:
        plural = word[len(start) :] in PLURALS and other[len(start) :] in PLURALS
        return max(SAME_BUT_PLURAL if plural else SAME_STEM, min(1.0, round(cosine, 9)))
    # Latin and Cyrillic words bend at the end: what starts differently is another word (story, history).
    bends_at_end = max(word) < "\u0530"
    if cosine < WORD_LIKENESS or (bends_at_end and len(start) < SHORTEST_START):
        return 0.0
    return min(1.0, round(cosine, 9))
