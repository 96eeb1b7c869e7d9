"""The look keeps its promises: contrast, both reading directions, no inline style or script, a match that adds up."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel
from flask_wtf import CSRFProtect
from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, SelectMultipleField, StringField
from wtforms import widgets as wtforms_widgets
from wtforms.fields import FieldList, FormField, IntegerField, SelectChoice
from wtforms.validators import DataRequired, NumberRange

from tests.markup import Markup
from webapp.i18n import add_filters

WEBAPP = Path(__file__).resolve().parents[2] / "webapp"
STYLE = (WEBAPP / "static/style.css").read_text(encoding="utf-8")
LARGEST_STYLE = 24 * 1024
TEXT_ON = {
    "ink": ("paper", "sheet", "tint", "lapis-wash", "jade-wash", "madder-wash", "saffron-wash"),
    "soft": ("paper", "sheet", "tint", "lapis-wash", "jade-wash", "madder-wash", "saffron-wash"),
    "lapis": ("paper", "sheet", "tint", "lapis-wash", "jade-wash", "madder-wash", "saffron-wash"),
    "madder": ("paper", "sheet", "tint", "madder-wash"),
    "jade": ("paper", "sheet"),
    "on-dye": ("lapis", "madder"),
}


def _tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", css))


def _schemes() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
    return {"light": _tokens(light), "dark": _tokens(light) | _tokens(dark)}


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_every_ground(scheme: str) -> None:
    colours = _schemes()[scheme]
    poor = {
        (text, ground): round(_contrast(colours[text], colours[ground]), 2)
        for text, grounds in TEXT_ON.items()
        for ground in grounds
        if _contrast(colours[text], colours[ground]) < 4.5
    }
    assert poor == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_fields_can_be_seen(scheme: str) -> None:
    colours = _schemes()[scheme]
    assert min(_contrast(colours["rule"], colours[ground]) for ground in ("paper", "sheet", "tint")) >= 3


def test_style_sheet_is_small() -> None:
    assert len(STYLE.encode()) < LARGEST_STYLE


def test_style_sheets_know_no_left_and_right() -> None:
    sheets = STYLE + (WEBAPP / "static/print.css").read_text(encoding="utf-8").replace("@bottom-right", "")
    physical = r"(?:margin|padding|border)-(?:left|right|top|bottom)\b|[{;]\s*(?:left|right|top|bottom|width|height):"
    assert re.findall(physical, sheets) == []
    assert re.findall(r"(?:float|text-align):\s*(?:left|right)", sheets) == []


def test_templates_hold_no_inline_style_or_script() -> None:
    found = [
        str(path.relative_to(WEBAPP))
        for path in (WEBAPP / "templates").rglob("*.html")
        if re.search(
            r"<[^>]*\s(?:style|on[a-z]+)=|<style|<script(?![^>]*\ssrc=)", _without_comments(path.read_text("utf-8"))
        )
    ]
    assert found == []


def _without_comments(template: str) -> str:
    return re.sub(r"\{#.*?#\}", "", template, flags=re.DOTALL)


# Components, without the service around them


@pytest.fixture(scope="module")
def app() -> Flask:
    """An application with the templates and nothing else."""
    app = Flask("webapp")
    app.config.update(SECRET_KEY="of this test", TESTING=True)
    Babel(app)
    add_filters(app)
    CSRFProtect(app)
    return app


def _render(app: Flask, source: str, **values: object) -> str:
    with app.test_request_context("/"):
        return render_template_string(source, **values)


def _reason(criterion: str, contribution: float, possible: float, kind: str) -> SimpleNamespace:
    text = f"{criterion} {kind}"
    return SimpleNamespace(criterion=criterion, contribution=contribution, possible=possible, kind=kind, text=text)


REASONS = [
    _reason("skills", 30, 30, "met"),
    _reason("skills", 0, 10, "missing"),
    _reason("country", 10, 20, "unknown"),
    _reason("languages", 15, 15, "met"),
    _reason("availability", 7.5, 15, "missing"),
    _reason("interests", 5, 10, "unknown"),
]
SCORE = 67.5


def _widths(html: str, name: str) -> list[float]:
    return [float(width) for width in re.findall(rf'class="{name}"[^>]*? width="([\d.]+)%"', html)]


def test_bar_shows_each_share_to_scale(app: Flask) -> None:
    html = _render(app, "{% from 'components/match.html' import thin_bar %}{{ thin_bar(r, s) }}", r=REASONS, s=SCORE)
    assert _widths(html, "room") == [39.2, 19.2, 14.2, 14.2, 9.2]  # what could be given, less the gap between parts
    assert _widths(html, "earned") == pytest.approx([29.4, 14.2, 7.1], abs=0.01)
    assert _widths(html, "neutral") == pytest.approx([9.6, 4.6], abs=0.01)
    words = "Skills 30 of 40; Country 10 of 20; Languages 15 of 15; Time 7.5 of 15; Causes 5 of 10"
    assert words in " ".join(html.split())


def test_bar_takes_reasons_by_criterion_too(app: Flask) -> None:
    grouped: dict[str, list[SimpleNamespace]] = {}
    for reason in REASONS:
        grouped.setdefault(reason.criterion, []).append(reason)
    source = "{% from 'components/match.html' import match_bar %}{{ match_bar(r, s, '66–68') }}"
    assert _render(app, source, r=grouped, s=SCORE) == _render(app, source, r=REASONS, s=SCORE)


def test_numbers_add_up_and_reasons_stand_in_their_lists(app: Flask) -> None:
    source = "{% from 'components/match.html' import match_reasons %}{{ match_reasons(r, s) }}"
    html = _render(app, source, r=REASONS, s=SCORE)
    foot = html[html.index("<tfoot>") :]
    assert re.findall(r'class="num">([\d.]+)<', foot) == ["67.50", "100.00"]
    lists = re.findall(r"<h3>(.*?)</h3>\s*<ul(.*?)</ul>", html, re.DOTALL)
    assert [heading for heading, _ in lists] == ["Why it fits", "What is missing", "What is not known"]
    assert [body.count("<li") for _, body in lists] == [2, 2, 2]


class _Row(Form):
    year = IntegerField("Last used", [NumberRange(1950, 2100, "Write a year such as 2024.")])


class _Everything(Form):
    name = StringField("Your name", [DataRequired("Write your name.")], description="In any script.")
    mode = RadioField("How", [DataRequired("Choose one.")], choices=[SelectChoice("on_site", "On site")])
    where = SelectMultipleField(
        "Where",
        choices=[
            SelectChoice("KZ", "Kazakhstan", optgroup="Central Asia"),
            SelectChoice("KE", "Kenya", optgroup="East Africa"),
        ],
        widget=wtforms_widgets.ListWidget(),
        option_widget=wtforms_widgets.CheckboxInput(),
    )
    skills = FieldList(FormField(_Row), label="Skills", min_entries=1)


@pytest.fixture
def wrong_form() -> _Everything:
    """A form that was sent with everything wrong that can be."""
    form = _Everything(MultiDict([("skills-0-year", "12"), ("where", "KE")]))
    assert not form.validate()
    return form


FORM = """{% import 'components/forms.html' as forms %}
{% call forms.form(f) %}{% for field in f %}{{ forms.field(field) }}{% endfor %}{% endcall %}"""


def test_every_error_is_linked_to_its_field(app: Flask, wrong_form: _Everything) -> None:
    html = _render(app, FORM, f=wrong_form)
    links = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', html)
    assert links == [
        ("name", "Your name – Write your name."),
        ("mode-0", "How – Choose one."),
        ("skills-0-year", "Skills 1, Last used – Write a year such as 2024."),
    ]
    assert all(f'id="{target}"' in html for target, _ in links)
    name = re.search(r'<input[^>]*id="name"[^>]*>', html)
    assert name is not None
    assert 'aria-invalid="true"' in name[0]
    assert 'aria-describedby="name-hint name-error"' in name[0]
    assert 'id="name-hint"' in html
    assert 'id="name-error"' in html


def test_groups_open_where_something_is_chosen(app: Flask, wrong_form: _Everything) -> None:
    html = _render(app, FORM, f=wrong_form)
    opened = re.findall(r'<details class="options"( open)?>.*?</svg>([^<]+?)\s*<span', html, re.DOTALL)
    assert opened == [("", "Central Asia"), (" open", "East Africa")]


def test_enter_saves_and_removes_no_row(app: Flask, wrong_form: _Everything) -> None:
    html = _render(app, FORM, f=wrong_form)
    buttons = re.findall(r"<button[^>]*>", html)
    assert "name=" not in buttons[0]
    assert [re.findall(r'(?:name|value)="([^"]+)"', button) for button in buttons[1:]] == [
        ["remove_row", "skills-0"],
        ["add_row", "skills"],
    ]


def test_every_control_has_words(app: Flask, wrong_form: _Everything) -> None:
    page = Markup(_render(app, FORM, f=wrong_form))
    assert len(page.controls) == 9
    assert page.unlabelled() == []
    assert len(page.ids) == len(set(page.ids))
