import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text.typos import Typos, is_beside


def _likelihood(word: str) -> float:
    """Every spelling is as usual as any other here."""
    return 0.0


CORPUS = ["nurse in a hospital", "hospital kitchen", "teacher of geography", "miner", "бурение скважин", "打井技术人员"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hosptal nurse", "hospital nurse"),
        ("hospittal nurse", "hospital nurse"),
        ("hopsital nurse", "hospital nurse"),
        ("HOSPATAL nurse", "hospital nurse"),
        ("hospitla nurse", "hospital nurse"),
        ("hospitul nurse", "hospital nurse"),
        ("буурение скважин", "бурение скважин"),
    ],
)
def test_an_unknown_word_is_mended_by_the_one_beside_it(written: str, meant: str) -> None:
    assert Typos(CORPUS, _likelihood).mend(written) == meant


@pytest.mark.parametrize("text", ["miners", "hospitals", "nurse", "tea", "打井技朮人员", "", "Zanzibar hospitality"])
def test_endings_known_words_short_words_and_scripts_without_spaces_stay(text: str) -> None:
    assert Typos(CORPUS, _likelihood).mend(text) == text


def test_a_rare_word_of_the_corpus_is_doubted_and_not_mended() -> None:
    typos = Typos([*["hospital"] * 30, "hospetal", *["kitchen"] * 3, "kitshen"], _likelihood)
    assert typos.doubt("hospetal kitshen") == "hospital kitshen"
    assert typos.mend("hospetal") == "hospetal"


def test_in_a_carelessly_written_corpus_less_makes_an_error() -> None:
    careful = [*["hospital"] * 30, *["kitchen"] * 3, "kitshen"]
    careless = [*careful, "hospetal", "hosppital", "hopsital"]
    assert Typos(careful, _likelihood).doubt("kitshen") == "kitshen"
    assert Typos(careless, _likelihood).doubt("kitshen") == "kitchen"


def test_an_unlikely_spelling_speaks_for_an_error() -> None:
    corpus = [*["miner"] * 15, "minrr", *["diver"] * 15, "diner"]
    typos = Typos(corpus, lambda word: -30.0 if word == "minrr" else -10.0)
    assert (typos.doubt("minrr"), typos.doubt("diner")) == ("miner", "diner")


@given(st.text(alphabet="abcdef", min_size=5, max_size=12), st.data())
def test_words_that_differ_inside_by_one_letter_are_beside_each_other(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 2))
    longer = f"{word[:place]}x{word[place:]}"
    assert is_beside(word, longer) and is_beside(longer, word)
    assert is_beside(word, f"{word[:place]}x{word[place + 1 :]}")
    assert not is_beside(word, f"{word}s") and not is_beside(word, word)


def test_runs_of_letters_that_are_no_words_cost_nothing_and_stay() -> None:
    typos = Typos(["x" * 100_000, "hospital"], _likelihood)
    assert typos.doubt("x" * 50_000) == "x" * 50_000
