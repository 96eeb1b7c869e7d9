"""Options of a select, written at once."""

from __future__ import annotations

from markupsafe import Markup
from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import InputRequired

from webapp.option_lists import KeptSelect, _written, grouped, options


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


def test_grouped_choices_stand_under_their_names() -> None:
    choices = [
        SelectChoice("", "Choose"),
        SelectChoice("a", "A", optgroup='"x"'),
        SelectChoice("b", "<B>", optgroup='"x"'),
    ]
    written = grouped(choices, "b")
    group = '<option value="a">A</option><option value="b" selected>&lt;B&gt;</option>'
    assert written == f'<option value="">Choose</option><optgroup label="&#34;x&#34;">{group}</optgroup>'


def test_a_kept_select_has_its_attributes_and_is_told_what_is_chosen() -> None:
    asked: list[str] = []

    def written(chosen: str) -> Markup:
        asked.append(chosen)
        return Markup("<o>")

    kind = SelectField("Kind", [InputRequired()], choices=["a"], widget=KeptSelect(written))
    form = BaseForm({"kind": kind})
    form.process(data={"kind": "a"})
    told = form["kind"](**{"aria-invalid": "true"})
    assert told == '<select aria-invalid="true" id="kind" name="kind" required><o></select>'
    assert asked == ["a"]
