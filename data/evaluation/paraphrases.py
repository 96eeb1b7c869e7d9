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
from matching.text.exact import whole
from matching.text.meanings import Meanings

FILE = Path(__file__).with_name("paraphrases.csv")
LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")
GOAL = 0.97
TOP = 10

# Scores of every skill for every query: (queries, skills), in the order of the codes.
Scores: TypeAlias = np.ndarray
System: TypeAlias = Callable[[Sequence[str], Reference], Scores]


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
    """Return the place of each query's skill among all skills, from 1; an equal score counts against it."""
    reference = Reference.load()
    codes = sorted(reference.skills)
    scores = system(queries, reference)
    own = scores[np.arange(len(queries)), [codes.index(code) for code in right]][:, None]
    return np.asarray((scores >= own).sum(axis=1))


def by_meaning(queries: Sequence[str], reference: Reference) -> Scores:
    """Score as the product reads a statement: near to what a skill is called and to what people say who have it."""
    meanings = Meanings(reference)
    return meanings.scores(whole(meanings.encoder.encode(queries)))


def by_names(queries: Sequence[str], reference: Reference) -> Scores:
    """Score likewise, without the examples of what people say."""
    examples = {
        (code, language, text)
        for code, skill in reference.skills.items()
        for language, said in skill.examples.items()
        for text in said
    }
    meanings = Meanings(reference, without=frozenset(examples))
    return meanings.scores(whole(meanings.encoder.encode(queries)))


def bare_encoder(queries: Sequence[str], reference: Reference) -> Scores:
    """Score by the frozen encoder alone, a skill by the best of all that speaks of it."""
    texts, starts = _said(reference)
    encoder = shared_encoder()
    return _best(encoder.raw(queries) @ encoder.raw(texts).T, starts)


def tfidf(queries: Sequence[str], reference: Reference, characters: bool) -> Scores:
    """Score by word or character TF-IDF, a skill by the best of all that speaks of it."""
    texts, starts = _said(reference)
    grams = {"analyzer": "char_wb", "ngram_range": (2, 4)} if characters else {}
    learned = TfidfVectorizer(sublinear_tf=True, **grams).fit(texts)
    return _best((learned.transform(queries) @ learned.transform(texts).T).toarray(), starts)


SYSTEMS: dict[str, System] = {
    "ours": by_meaning,
    "names alone": by_names,
    "encoder": bare_encoder,
    "characters": partial(tfidf, characters=True),
    "words": partial(tfidf, characters=False),
}


def _said(reference: Reference) -> tuple[list[str], Scores]:
    """Return all that speaks of skills, skill by skill in the order of their codes, and where each skill starts."""
    texts = [[text for _, text in reference.skills[code].said()] for code in sorted(reference.skills)]
    return [text for one in texts for text in one], np.cumsum([0, *map(len, texts)])[:-1]


def _best(scores: Scores, starts: Scores) -> Scores:
    return np.asarray(np.maximum.reduceat(scores, starts, axis=1))


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
