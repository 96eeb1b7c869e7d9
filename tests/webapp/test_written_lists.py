"""Lists that are written at once."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Flask, render_template_string
from markupsafe import Markup

from webapp.config import LANGUAGES
from webapp.tongue import speaking
from webapp.written_lists import tongue_buttons, why

SIGN = Markup("<svg/>")


def test_what_somebody_wrote_is_escaped_in_sentences_and_in_reasons() -> None:
    told = why(["a <b>", SimpleNamespace(text="c & d"), Markup("<i>e</i>")], "met", SIGN)
    lines = ("a &lt;b&gt;", "c &amp; d", "<i>e</i>")
    assert (
        told
        == '<ul class="why">' + "".join(f'<li class="met"><svg/><span>{one}</span></li>' for one in lines) + "</ul>"
    )
    assert why([], "met", SIGN) == ""


def test_the_button_of_the_language_of_the_page_alone_is_marked(app: Flask) -> None:
    for language in LANGUAGES:
        with app.test_request_context(), speaking(language):
            told = render_template_string("{{ languages|tongue_buttons }}", languages=list(LANGUAGES.items()))
        buttons = told.splitlines()
        assert len(buttons) == len(LANGUAGES)
        assert [f'value="{language}"' in one for one in buttons] == ["aria-current" in one for one in buttons]


def test_names_of_languages_are_escaped(app: Flask) -> None:
    with app.test_request_context():
        assert ">A &amp; B</button>" in tongue_buttons([("en", "A & B")])
