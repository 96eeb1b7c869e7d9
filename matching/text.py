"""Finds taxonomy skills in free text of any language: character n-grams of words, and the phrase that spoke.

A label (or synonym) speaks where its words stand close together inside one clause. Words are compared by character
n-grams, so endings and small spelling differences do not matter; rare words of the taxonomy weigh more than others.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import unicodedata
from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sklearn.feature_extraction.text import TfidfVectorizer

from matching.reference import Reference

MAX_CHARACTERS = 8000
LONGEST_WORD = 40
WORD_LIKENESS = 0.62
SAME_STEM = 0.9
SAME_BUT_PLURAL = 0.95
LEAST_COSINE = 0.3
SHORTEST_STEM = 4
SHORTEST_START = 3
JOINT_COST = 2
LONE_WORD_LIKENESS = 0.92
LABEL_THRESHOLD = 0.78
EXTRA_WORDS = 1
NGRAMS = (2, 4)
CACHE_SIZE = 20_000
CONSTANTS = {
    "max_characters": MAX_CHARACTERS,
    "word_likeness": WORD_LIKENESS,
    "same_stem": (SAME_STEM, SAME_BUT_PLURAL, LEAST_COSINE),
    "shortest": (SHORTEST_STEM, SHORTEST_START),
    "joint_cost": JOINT_COST,
    "lone_word_likeness": LONE_WORD_LIKENESS,
    "label_threshold": LABEL_THRESHOLD,
    "extra_words": EXTRA_WORDS,
    "ngrams": NGRAMS,
}
# Words that carry no skill, in the languages whose writing parts words; they are skipped in labels and texts alike.
_EMPTY = (
    "a an as at by for from in into of on the their to with",
    "au aux avec chez d dans de des du en l la le les par pour sur un une",
    "al con del el los las para por su sus una",
    "в во для до за из к на о об от по при с со у",
    "في من على الى عن مع",
)
EMPTY_WORDS = frozenset(word for line in _EMPTY for word in line.split())
# Words that join two things: "social and work habits" is no social work.
_JOINTS = "and or et ou e o u y и или و او"
JOINTS = frozenset(_JOINTS.split())
# English endings under which a word keeps its stem (nurse, nursing; farmer, farming); n-grams alone part short words.
_ENDINGS = "s es e er ers or ors ing ings ed ion ions ist ists ant ants ment al ic ics y ies ty ties"
ENDINGS = frozenset(("", *_ENDINGS.split()))
PLURALS = frozenset(("", "s", "es"))
_CLAUSE = re.compile(r"[^.;:!?,()\[\]\n\r\t\u2022\u3002\uff1b\uff1a\uff01\uff1f\uff0c\u3001\u061f\u060c\u061b]+")
# Scripts without spaces between words are read character by character, all others word by word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_ONE_CHARACTER = re.compile(rf"[{_UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Link:
    """A skill found in a text: 0 to 1, and the words of the text that spoke for it."""

    code: str
    strength: float
    phrase: str


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word, its place in the text, and its slot: words that a joint parts lie further from one another."""

    text: str
    start: int
    end: int
    slot: int


@dataclass(frozen=True, slots=True)
class _Label:
    code: str
    words: tuple[str, ...]
    weight: float
    width: int


@dataclass(frozen=True, slots=True)
class _Find:
    link: Link
    first: int
    last: int
    mass: float


def fold(text: str) -> str:
    """Fold case, width and accents; the length may change."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in unicodedata.normalize("NFD", wide) if unicodedata.category(sign) != "Mn")


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


class SkillLinker:
    """Links texts to the skills of one taxonomy; a seen text costs nothing."""

    def __init__(self, reference: Reference) -> None:
        texts = [
            (skill.code, text)
            for skill in reference.skills.values()
            for text in (*skill.labels.values(), *skill.synonyms)
        ]
        self._fit_words(texts)
        self._labels = self._weigh(texts)
        self._labels_with: dict[str, list[int]] = {}
        for number, label in enumerate(self._labels):
            for word in label.words:
                self._labels_with.setdefault(word, []).append(number)
        self._texts: OrderedDict[bytes, dict[str, Link]] = OrderedDict()
        self._alike: dict[str, dict[str, float]] = {}

    def link(self, text: str) -> dict[str, Link]:
        """Return the skills that a text names, by code, the clearest first."""
        return self.link_all([text])[0]

    def link_all(self, texts: Sequence[str]) -> list[dict[str, Link]]:
        """Link many texts at once: the same results as one by one, sooner."""
        capped = [text[:MAX_CHARACTERS] for text in texts]
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in capped]
        new = {key: text for key, text in zip(keys, capped, strict=True) if key not in self._texts}
        self._compare(word.text for text in new.values() for word in words_of(text))
        found = {key: self._read(text) for key, text in new.items()}
        results = [found[key] if key in found else self._texts[key] for key in keys]
        self._texts.update(found)
        while len(self._texts) > CACHE_SIZE:
            self._texts.popitem(last=False)
        return results

    def _fit_words(self, texts: Iterable[tuple[str, str]]) -> None:
        # A word that many labels share (community, support) says little; it is counted once per skill.
        spread = {(code, word.text) for code, text in texts for word in words_of(text)}
        counts = Counter(word for _, word in spread)
        skills = len({code for code, _ in spread})
        self._rarity = {word: 1.0 + math.log((1 + skills) / (1 + count)) for word, count in counts.items()}
        self._words = sorted(counts)
        self._vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=NGRAMS, lowercase=False, sublinear_tf=True)
        self._vectors = self._vectorizer.fit_transform(self._words).T.tocsr()

    def _weigh(self, texts: Iterable[tuple[str, str]]) -> list[_Label]:
        labels = []
        for code, text in texts:
            words = words_of(text)
            if words:
                distinct = tuple(dict.fromkeys(word.text for word in words))
                width = words[-1].slot - words[0].slot + 1 + (EXTRA_WORDS if len(distinct) > 1 else 0)
                weight = math.fsum(self._rarity[word] for word in distinct)
                labels.append(_Label(code, distinct, weight, width))
        return labels

    def _compare(self, words: Iterable[str]) -> None:
        """Keep, for each word not seen before, the taxonomy words that are written alike."""
        new = sorted({word for word in words if word not in self._alike})
        self._alike.update({word: {} for word in new})
        spaced = [word for word in new if len(word) > 2]
        self._alike.update({word: {word: 1.0} for word in new if len(word) <= 2 and word in self._rarity})
        if not spaced:
            return
        cosines = (self._vectorizer.transform(spaced) @ self._vectors).tocoo()
        close = cosines.data >= LEAST_COSINE
        for row, column, cosine in zip(cosines.row[close], cosines.col[close], cosines.data[close], strict=True):
            alike = word_likeness(spaced[row], self._words[column], float(cosine))
            if alike:
                self._alike[spaced[row]][self._words[column]] = alike

    def _read(self, text: str) -> dict[str, Link]:
        best: dict[str, Link] = {}
        for clause in _CLAUSE.finditer(text):
            for link in self._read_clause(clause[0]):
                if link.code not in best or link.strength > best[link.code].strength:
                    best[link.code] = link
        return dict(sorted(best.items(), key=lambda item: (-item[1].strength, item[0])))

    def _read_clause(self, clause: str) -> list[Link]:
        words = words_of(clause)
        places: dict[str, list[tuple[float, Word]]] = {}
        for word in words:
            for known, likeness in self._alike[word.text].items():
                places.setdefault(known, []).append((likeness, word))
        finds = [find for number in self._promising(places) if (find := self._find(number, places, clause))]
        return _longest(finds)

    def _promising(self, places: Iterable[str]) -> list[int]:
        mass: dict[int, float] = {}
        for word in places:
            for number in self._labels_with[word]:
                mass[number] = mass.get(number, 0.0) + self._rarity[word]
        return sorted(n for n, found in mass.items() if found >= LABEL_THRESHOLD * self._labels[n].weight)

    def _find(self, number: int, places: dict[str, list[tuple[float, Word]]], clause: str) -> _Find | None:
        """Return the best window of the clause for one label, or None where none reaches the threshold."""
        label, best = self._labels[number], None
        threshold = LABEL_THRESHOLD if len(label.words) > 1 else LONE_WORD_LIKENESS
        for slot in sorted({word.slot for known in label.words for _, word in places.get(known, ())}):
            find = self._in_window(label, places, slot, clause)
            if find.mass >= threshold * label.weight and (best is None or find.mass > best.mass):
                best = find
        return best

    def _in_window(self, label: _Label, places: dict[str, list[tuple[float, Word]]], slot: int, clause: str) -> _Find:
        """Return what a window that opens at a slot holds of a label; each word of the text speaks once."""
        masses, used = [], []
        for known in label.words:
            inside = [
                (likeness, -word.slot, word)
                for likeness, word in places.get(known, ())
                if slot <= word.slot < slot + label.width and word not in used
            ]
            if inside:
                likeness, _, word = max(inside, key=lambda found: found[:2])
                masses.append(likeness * self._rarity[known])
                used.append(word)
        first, last = min(used, key=lambda word: word.slot), max(used, key=lambda word: word.slot)
        mass = math.fsum(masses)
        phrase = " ".join(clause[first.start : last.end].split())
        return _Find(Link(label.code, round(mass / label.weight, 6), phrase), first.slot, last.slot, mass)


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


def _longest(finds: list[_Find]) -> list[Link]:
    """Let the label with most to say speak where several share the same words: water point repair, not repair."""
    kept: list[_Find] = []
    for find in sorted(finds, key=lambda one: (-one.mass, one.link.code)):
        inside = any(other.first <= find.first and find.last <= other.last for other in kept)
        same = any(other.link.code == find.link.code for other in kept)
        if not inside and not same:
            kept.append(find)
    return [find.link for find in kept]
