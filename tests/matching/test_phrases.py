"""Phrases of a text, the two forms of one title, and the words that carry meaning."""

from __future__ import annotations

import pytest

from matching.text.phrases import MAX_PHRASES, content_words, forms_of, phrases_of


def test_phrases_stay_inside_a_clause_and_say_where_they_stand() -> None:
    text = "repair of pumps, and wells"
    found = phrases_of(text)
    assert [phrase.text for phrase in found] == ["repair", "repair of pumps", "pumps", "wells"]
    assert [text[phrase.start : phrase.end] for phrase in found] == [phrase.text for phrase in found]


def test_a_sign_of_an_unspaced_script_is_no_phrase_of_its_own() -> None:
    assert [phrase.text for phrase in phrases_of("打水井")] == ["打水", "打水井", "水井"]


def test_a_phrase_counts_once_and_a_long_text_is_read_up_to_a_limit() -> None:
    assert [phrase.text for phrase in phrases_of("Wells. wells! WELLS")] == ["Wells"]
    words = [f"{chr(97 + one)}{chr(97 + two)}x" for one in range(26) for two in range(26)]
    assert len(phrases_of(" ".join(words))) == MAX_PHRASES


@pytest.mark.parametrize(
    ("title", "forms"),
    [
        ("acteur / actrice de cinéma", ["acteur de cinéma", "actrice de cinéma"]),
        ("well   digger", ["well digger"]),
        ("pump/borehole", ["pump/borehole"]),
        ("/nurse/", ["/nurse/"]),
        ("agent/agente et dessinateur/dessinatrice", None),
    ],
)
def test_two_words_of_like_beginning_are_two_forms_of_one_title(title: str, forms: list[str] | None) -> None:
    both = ["agent", "agente"], ["dessinateur", "dessinatrice"]
    assert set(forms_of(title)) == set(forms or (f"{one} et {two}" for one in both[0] for two in both[1]))


def test_words_that_carry_no_meaning_count_where_there_are_no_others() -> None:
    assert content_words("the nurses and the wells") == content_words("nurses wells")
    assert content_words("打水井") == ["打水", "水井"]
    assert content_words("井") == ["井"]
