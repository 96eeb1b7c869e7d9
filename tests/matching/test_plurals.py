import pytest

from matching.text.plurals import Plurals

CORPUS = ["jefe de obra", "jefa de obra", "juez", "director de museos", "journal", "nurse", "fishery", "gas de sala"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("JEFES DE OBRAS", "jefe DE obra"),
        ("Directores de museos", "director de museos"),
        ("jueces", "juez"),
        ("journaux", "journal"),
        ("fisheries", "fishery"),
    ],
)
def test_words_stand_in_the_number_in_which_the_corpus_has_them(written: str, meant: str) -> None:
    assert Plurals(CORPUS).singular(written) == meant


@pytest.mark.parametrize("text", ["museos", "gas", "teachers", "医生们", "", "nurse's"])
def test_words_that_the_corpus_has_so_or_does_not_have_stay(text: str) -> None:
    assert Plurals(CORPUS).singular(text) == text


def test_a_word_stays_where_both_numbers_are_as_usual() -> None:
    assert Plurals(["obra", "obras"]).singular("OBRAS") == "OBRAS"
