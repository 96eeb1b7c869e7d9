import pytest

from matching.text.endings import LEAST, MOST_IN_A_GAP, Endings

STEMS = ["operad", "conduct", "sold", "montad", "pint", "lij", "labrad", "esquilad", "fumigad", "tornead"]
PAIRS = [f"{stem}{ending} de barcos" for stem in STEMS for ending in ("or", "ora")]
OCCUPATIONS = [
    *PAIRS,
    *(f"{stem}{ending} de campo" for stem in STEMS for ending in ("isto", "ista")),
    *(f"{stem}isto" for stem in STEMS),
    "pintor",
    "ingeniera mecánica",
    "ingeniero mecánico",
    "taller de mecánica",
]


def test_first_words_take_the_usual_of_the_endings_that_change_nothing_in_the_corpus() -> None:
    endings = Endings(OCCUPATIONS)
    assert endings.usual("PINTORA de puentes") == "pintor de puentes"
    assert endings.usual("Pintor de puentes") == "Pintor de puentes"


def test_several_first_words_agree_and_words_after_a_small_one_stay() -> None:
    endings = Endings(OCCUPATIONS)
    assert endings.usual("ingeniera mecánica de mecánica") == "ingeniero mecánico de mecánica"
    assert endings.usual("la pintora") == "la pintor"


def test_an_ending_leads_on_to_the_most_usual_one() -> None:
    small = [f"{stem}{ending} en tierra" for stem in STEMS for ending in ("orita", "ora")]
    alone = [f"{stem}or" for stem in STEMS]
    assert Endings([*PAIRS, *small, *alone]).usual("pintorita") == "pintor"


def test_a_twin_that_the_corpus_does_not_have_is_not_made_up() -> None:
    assert Endings(OCCUPATIONS).usual("Corredora de barcos") == "Corredora de barcos"


def test_endings_that_differ_now_and_then_are_no_twins() -> None:
    assert Endings([*PAIRS[2:], "pintor"]).usual("pintora") == "pintora"


def test_a_twin_that_is_far_rarer_is_taken_for_an_error_and_left() -> None:
    often = [f"pintora de {place}" for place in range(20)]
    assert Endings([*PAIRS, *(f"{stem}or" for stem in STEMS[:4]), *often]).usual("pintora") == "pintora"


def test_a_plural_stays_for_it_may_be_the_heading_above_the_singular() -> None:
    corpus = [f"{stem}{ending}" for stem in STEMS for ending in ("or", "ores")] + [f"{stem}or uno" for stem in STEMS]
    assert Endings(corpus).usual("pintores") == "pintores"


def test_a_long_list_of_things_tells_nothing_of_endings() -> None:
    stems = [f"cos{chr(97 + place)}{chr(97 + place)}" for place in range(1 + MOST_IN_A_GAP // 2)]
    assert (
        Endings([*(f"tienda {stem}{ending}" for stem in stems for ending in "eo"), stems[0] + "e"]).usual(
            stems[0] + "o"
        )
        == stems[0] + "o"
    )


@pytest.mark.parametrize(
    ("stems", "usual", "other"),
    [
        ([f"{letter}gärtner" for letter in "abcdefghij"], "", "in"),
        ([f"معل{letter}" for letter in "ابتثجحخدذر"], "", "ة"),
        ([f"ras{letter}teu" for letter in "abcdefghij"], "r", "se"),
    ],
)
def test_the_endings_of_any_language_are_learned(stems: list[str], usual: str, other: str) -> None:
    corpus = [f"{stem}{ending}" for stem in stems for ending in (usual, other)] + [stem + " 1" for stem in stems]
    assert len(stems) == LEAST
    assert Endings(corpus).usual(stems[0] + other) == stems[0] + usual


@pytest.mark.parametrize("text", ["", "de", "12", "医生", "nurse in a hospital"])
def test_texts_without_twins_stay(text: str) -> None:
    assert Endings(OCCUPATIONS).usual(text) == text
