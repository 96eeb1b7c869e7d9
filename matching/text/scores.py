"""Measures how well right answers are found: the model beside the plain baselines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.evaluation import average_precision, recall, reciprocal_rank
from matching.text.echo import best_of
from matching.text.encoder import Encoder
from matching.text.similarity import BLOCK, Similarity

RECALL_AT = 10
# A search: queries, corpus and how many; gives the places of the best texts for each query.
Search = Callable[[Sequence[str], Sequence[str], int], list[list[int]]]


def model_search(similarity: Similarity) -> Search:
    """Return the search of the model."""

    def search(queries: Sequence[str], corpus: Sequence[str], top: int) -> list[list[int]]:
        return [places.tolist() for places, _ in similarity.fit(corpus).search(queries, top)]

    return search


def bare_search(encoder: Encoder) -> Search:
    """Return the search by the rows of the bare encoder, whole texts, without head or anything beside."""

    def search(queries: Sequence[str], corpus: Sequence[str], top: int) -> list[list[int]]:
        rows = encoder.raw(corpus).T
        parts = (queries[start : start + BLOCK] for start in range(0, len(queries), BLOCK))
        return [best_of(row, top)[0].tolist() for part in parts for row in encoder.raw(part) @ rows]

    return search


def word_search(queries: Sequence[str], corpus: Sequence[str], top: int) -> list[list[int]]:
    """Rank by TF-IDF of words, the plainest baseline."""
    return _tfidf(TfidfVectorizer(sublinear_tf=True), queries, corpus, top)


def character_search(queries: Sequence[str], corpus: Sequence[str], top: int) -> list[list[int]]:
    """Rank by TF-IDF of character n-grams inside words, a strong baseline for titles."""
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, strip_accents="unicode")
    return _tfidf(vectorizer, queries, corpus, top)


def compare(
    queries: Mapping[str, str], corpus: Mapping[str, str], answers: Mapping[str, Collection[str]], top: int
) -> dict[str, dict[str, float]]:
    """Return MAP, MRR and R@10 of the model and of both baselines, over the queries that have right answers."""
    searches = {
        "model": model_search(Similarity()),
        "word TF-IDF": word_search,
        "character TF-IDF": character_search,
    }
    names, texts = list(corpus), list(corpus.values())
    asked = [query for query in queries if query in answers]
    rows = {}
    for name, search in searches.items():
        found = search([queries[query] for query in asked], texts, top)
        ranked = [[names[place] for place in places] for places in found]
        rows[name] = {
            "MAP": _mean(average_precision(one, answers[query]) for one, query in zip(ranked, asked, strict=True)),
            "MRR": _mean(reciprocal_rank(one, answers[query]) for one, query in zip(ranked, asked, strict=True)),
            "R@10": _mean(recall(one, answers[query], RECALL_AT) for one, query in zip(ranked, asked, strict=True)),
        }
    return rows


def _tfidf(vectorizer: TfidfVectorizer, queries: Sequence[str], corpus: Sequence[str], top: int) -> list[list[int]]:
    try:
        rows = vectorizer.fit_transform(corpus).T.tocsr()
    except ValueError:  # no text of the corpus has a word: all are alike, and stand in their order
        return [list(range(min(top, len(corpus)))) for _ in queries]
    found = []
    for start in range(0, len(queries), BLOCK):
        scores = (vectorizer.transform(queries[start : start + BLOCK]) @ rows).toarray()
        found += [best_of(row, top)[0].tolist() for row in scores]
    return found


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))
