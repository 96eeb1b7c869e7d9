import numpy as np
import pytest

from data.evaluation.unknown_tongues import ranks_of
from matching.text.encoder import shared_encoder
from matching.text.scores import bare_search, character_search, model_search, word_search
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


def test_only_the_best_are_returned_and_equal_ones_in_their_order() -> None:
    twins = Similarity().fit(["well digging", "nurse", "nurse", "teacher"])
    [(places, scores), (of_nothing, none)] = twins.search(["a nurse", "?"], 2)
    assert places.tolist() == [1, 2] and scores[0] == scores[1] > 0.5
    assert of_nothing.tolist() == [0, 1] and not none.any()


def test_a_corpus_of_one_text_and_one_without_letters_are_searched() -> None:
    [(places, scores)] = Similarity().fit(["nurse"]).search(["nurse"], 3)
    assert places.tolist() == [0] and scores[0] > 0.9
    [(places, scores)] = Similarity().fit(["?", "!"]).search(["nurse"], 3)
    assert places.tolist() == [0, 1] and scores[0] == scores[1] < 0.2


def test_a_title_of_men_finds_that_of_women_before_another_trade() -> None:
    trades = ["almendras", "barcos", "cables", "discos", "esmaltes", "fardos", "globos", "hilos", "imanes", "jaulas"]
    stems = ["operad", "montad", "pint", "lij", "labrad", "fumigad", "tornead", "empaquetad", "clasificad", "enlatad"]
    pairs = [f"{stem}{end} de {what}" for stem, what in zip(stems, trades, strict=True) for end in ("or", "ora")]
    corpus = ["pintora de porcelana", "pintor de paredes", *pairs]
    [(places, _)] = Similarity().fit(corpus).search(["PINTORES DE PORCELANA"], 2)
    assert [corpus[place] for place in places] == ["pintora de porcelana", "pintor de paredes"]


@pytest.mark.parametrize("written", ["MOZOS DE CUADRA", "\uff2d\uff4f\uff5a\uff4f\uff53 de cuadra"])
def test_a_plural_is_read_before_it_is_taken_for_an_error(written: str) -> None:
    corpus = ["motos de carrera", "mozo de cuadra"]
    [(places, _)] = Similarity().fit(corpus).search([written], 1)
    assert corpus[places[0]] == "mozo de cuadra"


@pytest.mark.parametrize("language", ["bn", "am", "sw"])
def test_in_a_language_that_the_encoder_does_not_know_letters_speak_alone(language: str) -> None:
    """What the encoder says of such a sentence means nothing, and drowned the name that stands in it."""
    bare = np.mean(ranks_of(language, bare_search(shared_encoder())))
    assert bare < 0.75
    assert np.mean(ranks_of(language, model_search(Similarity()))) > 0.97


def test_a_word_is_understood_where_it_stands_in_a_sentence_that_can_be_read() -> None:
    mixed = Similarity().fit(["আমি তিন বছর নেপালে কাজ করেছি nurse", "a nurse in a hospital"])
    [(places, scores)] = mixed.search(["nursing in a clinic"], 2)
    assert places[0] == 1 and scores[0] > scores[1]


MIXED = [
    "agua potable en Mwanza, Tanzania",
    "seremala na fundi umeme wa nyumba",
    "fundi",
    "I dug wells with a fundi for two years. Nimefanya kazi ya kuchimba visima vya maji kwa miaka mitano",
    "जल पंप की मरम्मत",
    "water pump repair",
    "ремонт насосов; су құдығын қазу",
    "من پرستار هستم",
    "well",
]
NAMES = ["drinking water", "carpentry", "electrical work in houses", "well digging", "nursing", "fundi", "जल", "насос"]


def test_a_text_scores_the_same_in_any_company() -> None:
    """Whatever language its neighbours in a batch are in, and whoever else is in it: to the last bit."""
    fitted = Similarity().fit(NAMES)
    together = np.concatenate(list(fitted.scores(MIXED)))
    backwards = np.concatenate(list(fitted.scores(MIXED[::-1])))[::-1]
    alone = np.concatenate([next(fitted.scores([text])) for text in MIXED])
    many = np.concatenate(list(fitted.scores(MIXED * 20)))
    assert np.array_equal(together, alone)
    assert np.array_equal(together, backwards)
    assert np.array_equal(many, np.tile(together, (20, 1)))


def test_a_sentence_that_cannot_be_read_silences_no_other() -> None:
    fitted = Similarity().fit(["nursing", "carpentry", "well digging", "bee keeping"])
    alone = "J'ai creusé des puits pendant trois ans"
    mixed = f"{alone}. Ninaongea Kiswahili na nimeishi kijijini kwa miaka mingi"
    first, second = ([int(place) for place in places] for places, _ in fitted.search([alone, mixed], 1))
    assert first == second == [2]


@pytest.mark.parametrize("place", ["", " en Mwanza, Tanzania", " en Kigali, Rwanda", " en Tashkent, Uzbekistan"])
def test_a_place_does_not_hide_what_is_said(place: str) -> None:
    labels = ["drinking water supply", "teaching mathematics", "nursing", "solar power", "bee keeping", "carpentry"]
    [(places, _)] = Similarity().fit(labels).search([f"agua potable{place}"], 1)
    assert places.tolist() == [0]


def test_nothing_to_find_is_said() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Similarity().fit([])
