"""Finding skills for what people say in other words: paraphrases in six languages, none of them made from a label."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from data.evaluation.figure import Figure, at_least
from matching.evaluation import bootstrap
from matching.reference import Reference
from matching.text.encoder import shared_encoder
from matching.text.similarity import Similarity

FILE = Path(__file__).with_name("paraphrases.csv")
LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")
GOAL = 0.97
TOP = 10

# Scores of every text of a corpus for every query: (queries, corpus).
Scores: TypeAlias = np.ndarray
System: TypeAlias = Callable[[Sequence[str], Sequence[str]], Scores]


def figures() -> list[Figure]:
    """Return, for each language, how many paraphrases find their skill among the first ten of all skills."""
    rows = read_rows()
    queries, right = [row["text"] for row in rows], [row["code"] for row in rows]
    spoken = np.array([row["lang"] for row in rows])
    places = {name: places_of(system, queries, right) for name, system in SYSTEMS.items()}
    return [figure for language in LANGUAGES for figure in _of_language(language, spoken == language, places)]


def read_rows() -> list[dict[str, str]]:
    """Return the paraphrases: code, lang, text."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places_of(system: System, queries: Sequence[str], right: Sequence[str]) -> np.ndarray:
    """Return the place of each query's skill among all skills, from 1; a skill stands where its best label does."""
    codes, texts, owners = _labels()
    found = system(queries, texts)
    best = np.full((len(queries), len(codes)), -np.inf)
    for column, owner in enumerate(owners):
        np.maximum(best[:, owner], found[:, column], out=best[:, owner])
    wanted = np.array([codes.index(code) for code in right])
    own = best[np.arange(len(queries)), wanted][:, None]
    # An equal score counts against the answer where the other skill stands first in the taxonomy.
    ahead = (best > own) | ((best == own) & (np.arange(len(codes))[None, :] < wanted[:, None]))
    return ahead.sum(axis=1) + 1


def similarity(queries: Sequence[str], corpus: Sequence[str]) -> Scores:
    """Score by the product's own way: meaning and spelling."""
    return np.vstack(list(Similarity().fit(corpus).scores(queries)))


def bare_encoder(queries: Sequence[str], corpus: Sequence[str]) -> Scores:
    """Score by the frozen encoder alone."""
    encoder = shared_encoder()
    return np.asarray(encoder.raw(queries) @ encoder.raw(corpus).T)


def tfidf(queries: Sequence[str], corpus: Sequence[str], characters: bool) -> Scores:
    """Score by word or character TF-IDF learned from the labels."""
    grams = {"analyzer": "char_wb", "ngram_range": (2, 4)} if characters else {}
    learned = TfidfVectorizer(sublinear_tf=True, **grams).fit(corpus)
    return np.asarray((learned.transform(queries) @ learned.transform(corpus).T).toarray())


SYSTEMS: dict[str, System] = {
    "ours": similarity,
    "encoder": bare_encoder,
    "characters": partial(tfidf, characters=True),
    "words": partial(tfidf, characters=False),
}


def _labels() -> tuple[list[str], list[str], list[int]]:
    """Return all codes, every distinct label or synonym in any language, and the number of the skill of each."""
    skills = list(Reference.load().skills.values())
    texts: list[str] = []
    owners: list[int] = []
    for number, skill in enumerate(skills):
        own = dict.fromkeys(text for _, text in skill.names())
        texts += own
        owners += [number] * len(own)
    return [skill.code for skill in skills], texts, owners


def _of_language(language: str, chosen: np.ndarray, places: dict[str, np.ndarray]) -> list[Figure]:
    return [
        at_least(
            f"paraphrases {language}: right skill @{top}",
            bootstrap(places["ours"][chosen] <= top),
            GOAL if top == TOP else None,
            beside={name: float((of[chosen] <= top).mean()) for name, of in places.items() if name != "ours"},
        )
        for top in (TOP, 1)
    ]
