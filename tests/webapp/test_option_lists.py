"""Options of a select, written at once."""

from __future__ import annotations

from webapp.option_lists import _written, options


def test_codes_and_words_are_escaped_and_the_chosen_one_is_marked() -> None:
    written = options([("", "any"), ('a"b', "<b>"), ("fr", "French")], "fr")
    first, second = '<option value="">any</option>', '<option value="a&#34;b">&lt;b&gt;</option>'
    assert written == f'{first}{second}<option value="fr" selected>French</option>'


def test_nothing_chosen_marks_nothing_and_a_blank_choice_is_a_choice() -> None:
    assert "selected" not in options([("", "any")], None)
    assert options([("", "any")], "") == '<option value="" selected>any</option>'


def test_what_somebody_sends_in_place_of_a_code_is_not_kept() -> None:
    choices = [("", "any"), ("one", "only here")]
    before = options(choices, None), _written.cache_info().currsize
    assert (options(choices, "x" * 100_000), options(choices, ["one"]), _written.cache_info().currsize) == (
        before[0],
        before[0],
        before[1],
    )
