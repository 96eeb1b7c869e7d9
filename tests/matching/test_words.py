"""Words of every script stay whole, and what only looks different is folded."""

from __future__ import annotations

import pytest

from matching.words import fold, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("स्वास्थ्य और शिक्षा", ["स्वास्थ्य", "शिक्षा"]),
        ("স্বাস্থ্য ও শিক্ষা", ["স্বাস্থ্য", "শিক্ষা"]),
        ("مراقبت از بیماران", ["مراقبت", "بیماران"]),
        ("صحت اور تعلیم", ["صحت", "تعلیم"]),
        ("chăm sóc", ["cham", "soc"]),
        ("护理", ["护", "理"]),
    ],
)
def test_a_sign_on_a_letter_parts_no_word_and_joints_are_left_out(text: str, words: list[str]) -> None:
    assert [word.text for word in words_of(text)] == words


def test_a_vowel_sign_is_a_letter_and_an_accent_is_none() -> None:
    assert fold("काम") != fold("कम")
    assert fold("क़ानून") == fold("कानून")
    assert fold("Été") == fold("ETE") == "ete"
