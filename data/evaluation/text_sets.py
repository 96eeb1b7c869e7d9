"""How well the nearest texts are the right ones, on the labelled sets: the model beside TF-IDF and the bare encoder.

Every figure stands twice: with the shipped head, and with a head that was trained without the concepts that are right
answers. Goals hold for the second.
"""

from __future__ import annotations

import sys
from functools import lru_cache

import numpy as np

from data.evaluation.figure import Figure, at_least, missing
from data.evaluation.shared_sets import MELO, SENTENCES, Absent, TextSet, melo, right_concepts, right_skills, sentences
from data.model.train import train
from matching.evaluation import average_precision, bootstrap, paired_gain
from matching.text.encoder import Encoder
from matching.text.exact import Array
from matching.text.scores import Search, bare_search, character_search, model_search, word_search
from matching.text.similarity import Similarity

GOALS = {"fra_fr": 0.66, "esp_es": 0.40, "house": 0.40, "tech": 0.55}
# The best that is published for the set, with far larger models; unknown for the sentences.
PUBLISHED = {"fra_fr": 0.726, "esp_es": 0.459}
WITHOUT = "head without the answers"


def figures() -> list[Figure]:
    """Return MAP on each set with both heads, and the paired gain over word TF-IDF on the sentences."""
    try:
        return [figure for name in GOALS for figure in _figures_of(name)]
    except Absent as error:
        sys.stderr.write(f"text_sets: {error}; its rows count as missed\n")
        return [missing(f"{_title(name)} MAP, {WITHOUT}", goal) for name, goal in GOALS.items()] + [
            missing(f"{_title(name)} gain over word TF-IDF, {WITHOUT}", 0.0) for name in SENTENCES
        ]


def set_of(name: str) -> TextSet:
    """Return one of the four sets by its short name."""
    return melo(name) if name in MELO else sentences(name)


def precisions(texts: TextSet, search: Search) -> Array:
    """Return the average precision of each query."""
    found = search(texts.queries, texts.corpus, texts.top)
    pairs = zip(found, texts.answers, strict=True)
    return np.array([average_precision(_names(ranked), set(_names(right))) for ranked, right in pairs])


@lru_cache(maxsize=1)
def blind_encoder() -> Encoder:
    """Return the encoder under a head that has seen no concept that is a right answer."""
    return Encoder(train(without_concepts=right_concepts(), without_skills=right_skills()))


@lru_cache(maxsize=1)
def shipped_encoder() -> Encoder:
    """Return the encoder as it is shipped."""
    return Encoder()


def _figures_of(name: str) -> list[Figure]:
    texts, title = set_of(name), _title(name)
    word = precisions(texts, word_search)
    beside = {
        "word": float(word.mean()),
        "character": float(precisions(texts, character_search).mean()),
        "bare encoder": float(precisions(texts, bare_search(shipped_encoder())).mean()),
    }
    beside |= {"published": PUBLISHED[name]} if name in PUBLISHED else {}
    rows = []
    for head, encoder, goal in (("shipped head", shipped_encoder(), None), (WITHOUT, blind_encoder(), GOALS[name])):
        ours = precisions(texts, model_search(Similarity(encoder)))
        rows.append(at_least(f"{title} MAP, {head}", bootstrap(ours), goal, beside=beside))
        if name in SENTENCES:
            least = None if goal is None else 0.0
            rows.append(at_least(f"{title} gain over word TF-IDF, {head}", paired_gain(ours, word), least))
    return rows


def _title(name: str) -> str:
    return f"MELO {name}" if name in MELO else f"{name.upper()} validation"


def _names(places: set[int] | list[int]) -> list[str]:
    return [str(place) for place in places]
