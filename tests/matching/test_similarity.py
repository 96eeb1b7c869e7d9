import numpy as np
import pytest

from matching.text.scores import character_search, word_search
from matching.text.similarity import Similarity

CORPUS = ["nurse", "well digging", "\N{WOMAN}"]


@pytest.fixture(scope="module")
def similarity() -> Similarity:
    return Similarity().fit(CORPUS)


@pytest.mark.parametrize("query", ["", "?", "\N{WOMAN}", " \n"])
def test_a_query_that_says_nothing_is_near_to_nothing(similarity: Similarity, query: str) -> None:
    [(places, scores)] = similarity.search([query], 3)
    assert places.tolist() == [0, 1, 2] and not scores.any()


@pytest.mark.parametrize("query", ["a", "the", "\ud800 nurse", "nurse " * 5000])
def test_odd_queries_are_answered(similarity: Similarity, query: str) -> None:
    [(_, scores)] = similarity.search([query], 3)
    assert np.isfinite(scores).all()


def test_a_corpus_without_words_stands_in_its_order_for_the_baselines() -> None:
    assert word_search(["nurse"], ["?", "!"], 2) == character_search(["nurse"], ["", ""], 2) == [[0, 1]]
