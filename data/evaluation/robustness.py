"""How much is lost where texts are written otherwise: upper case, no accents, full width, look-alikes, one typo."""

from __future__ import annotations

import dataclasses
import random
import sys
import unicodedata
from collections.abc import Callable

from data.evaluation.figure import Figure, at_most, missing
from data.evaluation.shared_sets import MELO, Absent, TextSet, melo
from data.evaluation.text_sets import blind_encoder, precisions
from matching.evaluation import Interval, paired_gain
from matching.text.scores import model_search
from matching.text.similarity import Similarity

SEED = 20_260_101
SAMPLE = 400
MOST_LOST = 0.10
_LOOK_ALIKE = str.maketrans("aeopcxyABEKMHOPCTX", "аеорсхуАВЕКМНОРСТХ")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FEWEST_LETTERS = 4


def upper(text: str, chance: random.Random) -> str:
    """Write in capitals."""
    return text.upper()


def no_accents(text: str, chance: random.Random) -> str:
    """Leave the accents out."""
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in parts if unicodedata.category(sign) != "Mn"))


def full_width(text: str, chance: random.Random) -> str:
    """Write in the wide letters of East Asian keyboards."""
    return text.translate(_FULL_WIDTH)


def look_alikes(text: str, chance: random.Random) -> str:
    """Write every Latin letter that has a Cyrillic twin as that twin."""
    return text.translate(_LOOK_ALIKE)


def one_typo(text: str, chance: random.Random) -> str:
    """Drop, double, exchange or mistype one letter inside one of the longer words."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= _FEWEST_LETTERS and word.isalpha()]
    if not long:
        return text
    place = chance.choice(long)
    word, at = words[place], chance.randrange(1, len(words[place]) - 1)
    words[place] = chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + chance.choice(_LETTERS) + word[at + 1 :],
        )
    )
    return " ".join(words)


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "upper case": upper,
    "missing accents": no_accents,
    "full width": full_width,
    "look-alikes": look_alikes,
    "one typo": one_typo,
}


def figures() -> list[Figure]:
    """Return which share of MAP is lost by each change, of the queries alone and of the corpus too."""
    try:
        return [figure for language in MELO for figure in _figures_of(_sample(melo(language)))]
    except Absent as error:
        sys.stderr.write(f"robustness: {error}; its rows count as missed\n")
        return [
            missing(f"MELO {language}, MAP lost: {change} in {where}", MOST_LOST)
            for language in MELO
            for change in CHANGES
            for where in ("queries", "all texts")
        ]


def _figures_of(texts: TextSet) -> list[Figure]:
    search = model_search(Similarity(blind_encoder()))
    as_written = precisions(texts, search)
    usual = float(as_written.mean())
    rows = []
    for name, change in CHANGES.items():
        for where in ("queries", "all texts"):
            chance = random.Random(SEED)  # noqa: S311 - a drawing that can be repeated, no secret
            queries = [change(text, chance) for text in texts.queries]
            corpus = [change(text, chance) for text in texts.corpus] if where == "all texts" else texts.corpus
            changed = precisions(dataclasses.replace(texts, queries=queries, corpus=corpus), search)
            beside = {"as written": usual, "changed": float(changed.mean())}
            gap = paired_gain(as_written, changed)
            lost = Interval(gap.value / usual, gap.low / usual, gap.high / usual)
            rows.append(at_most(f"{texts.name}, MAP lost: {name} in {where}", lost, MOST_LOST, beside=beside))
    return rows


def _sample(texts: TextSet) -> TextSet:
    """Return the set with so many queries, drawn by the seed."""
    chance = random.Random(SEED)  # noqa: S311 - a drawing that can be repeated, no secret
    drawn = sorted(chance.sample(range(len(texts.queries)), min(SAMPLE, len(texts.queries))))
    queries, answers = [texts.queries[one] for one in drawn], [texts.answers[one] for one in drawn]
    return dataclasses.replace(texts, queries=queries, answers=answers)
