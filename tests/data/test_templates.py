"""The templates: whole in every language, true to the tables, poor as they stand and good once they are filled in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from matching import Draft, DraftSkill, coach_draft
from tests.matching.coach.whole import WHOLE
from webapp import vocabulary
from webapp.assignment_templates import FOLDER, TEXTS, Template, TemplateError, read_templates
from webapp.config import LANGUAGES
from webapp.models.assignments import CONTACT
from webapp.services.coach import to_fill_in

TEMPLATES = read_templates()
# A gate that an office may well set: what still has blanks stays below it, even where all else is answered.
GATE = 80
BRACKETS = re.compile(r"[\[\]\uff3b\uff3d]")


def draft_of(template: Template, texts: dict[str, str]) -> Draft:
    """Return a draft that is whole but for what the template begins."""
    asked = [(code, level, True) for code, level in template.essential.items()]
    asked += [(code, level, False) for code, level in template.desirable.items()]
    return replace(
        WHOLE,
        sector=template.sector,
        hours=template.hours,
        weeks=template.weeks,
        supervision_hours=template.supervision_hours,
        contact_children=template.contact_children,
        sdg_targets=template.sdg_targets,
        skills=tuple(DraftSkill(*one) for one in asked),
        **texts,
    )


def test_nearly_every_sector_has_a_template() -> None:
    assert len(TEMPLATES) >= 14
    assert set(vocabulary.reference().sectors) == {template.sector for template in TEMPLATES.values()}
    assert {path.suffix for path in FOLDER.iterdir()} == {".toml"}


@pytest.mark.parametrize("code", TEMPLATES)
def test_the_facts_of_a_template_are_known_codes(code: str) -> None:
    template, tables = TEMPLATES[code], vocabulary.reference()
    skills = [*template.essential, *template.desirable]
    assert set(skills) <= set(tables.skills)
    assert len(set(skills)) == len(skills)
    assert {*template.essential.values(), *template.desirable.values()} <= {1, 2, 3, 4}
    assert set(template.sdg_targets) <= set(tables.sdg_targets)
    assert template.contact_children in CONTACT


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", TEMPLATES)
def test_a_template_scores_poorly_until_it_is_filled_in(code: str, language: str) -> None:
    template = TEMPLATES[code]
    texts = template.texts[language]
    assert [name for name in TEXTS if not to_fill_in(texts[name])] == ["title"]
    filled = {name: BRACKETS.sub("", text) for name, text in texts.items()}
    assert coach_draft(draft_of(template, texts)).score < GATE
    assert coach_draft(draft_of(template, filled)).score > 93


def test_a_title_fits_its_column_and_stands_for_one_template() -> None:
    for language in LANGUAGES:
        titles = [template.texts[language]["title"] for template in TEMPLATES.values()]
        assert len(set(titles)) == len(titles)
        assert max(map(len, titles)) <= 120


def _file(**over: str) -> str:
    texts = {name: f"{name} [which one]" for name in TEXTS} | over
    facts = 'sector = "health"\nessential = { PUB-03 = 2 }\ndesirable = { PUB-05 = 1 }\nhours = 30\nweeks = 12\n'
    facts += 'supervision_hours = 2\ncontact_children = "none"\nsdg_targets = ["3.3"]\n'
    tables = ("".join([f"[{code}]\n", *(f'{name} = "{text}"\n' for name, text in texts.items())]) for code in LANGUAGES)
    return facts + "".join(tables)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda text: text.replace("hours = 30\n", ""), "t.toml: hours is missing"),
        (lambda text: text.replace("[ru]", "[de]"), "t.toml: ru is missing"),
        (lambda text: text.replace('"none"', '""'), "contact_children is missing, blank or no str"),
        (lambda text: text[: text.index("handover", text.index("[ar]"))], "ar, handover is missing"),
        (lambda text: text[::-1].replace("]eno hcihw[", "]eno hcihw[ ]ohw[", 1)[::-1], "ar, handover has other blanks"),
        (lambda text: text.replace("[en]", 'money = "free"\n[en]'), "money is no part of a template"),
        (lambda text: text + 'funder = "us"\n', "ar, funder is no text of a template"),
        (lambda text: text.replace("[en]", "[en"), "t.toml: "),
    ],
)
def test_a_wrong_file_is_named_with_the_place(tmp_path: Path, change: Callable[[str], str], complaint: str) -> None:
    (tmp_path / "t.toml").write_text(_file(), encoding="utf-8")
    assert list(read_templates.__wrapped__(tmp_path)) == ["t"]
    (tmp_path / "t.toml").write_text(change(_file()), encoding="utf-8")
    with pytest.raises(TemplateError, match=re.escape(complaint)):
        read_templates.__wrapped__(tmp_path)
