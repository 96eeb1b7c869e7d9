"""What answers a question, what says little and what refuses to answer, in each of the six languages."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matching.coach import Draft, coach
from matching.facts import UI_LANGUAGES
from tests.matching.coach.whole import WHOLE

FOLDER = Path(__file__).parent / "answers"
ANSWERS: dict[str, dict[str, Any]] = {
    language: tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8")) for language in UI_LANGUAGES
}
CHECK_OF = {
    "community_consulted": "community",
    "handover": "handover",
    "counterpart": "handover",
    "supervisor": "supervision",
    "locals_sought": "displacement",
    "why_not_paid_local": "displacement",
    "learning": "both_learn",
    "local_strengths": "both_learn",
    "plain_day": "real_day",
    "hardest_thing": "real_day",
    "national_priority": "serves",
}
SIX = pytest.mark.parametrize("language", UI_LANGUAGES)
EACH = pytest.mark.parametrize("name", CHECK_OF)


def _share(code: str, draft: Draft) -> float:
    return next(found.share for found in coach(draft).findings if found.code == code)


def _part(name: str, text: str) -> float:
    """Return how much of what a field can give to its check a text gives."""
    blank, here, whole = (_share(CHECK_OF[name], replace(WHOLE, **{name: one})) for one in ("", text, WHOLE_OF[name]))
    return (here - blank) / (whole - blank)


WHOLE_OF = {name: getattr(WHOLE, name) for name in CHECK_OF}


@SIX
@EACH
def test_an_answer_counts_and_few_words_do_not(language: str, name: str) -> None:
    table = ANSWERS[language][name]
    assert {text: part for text in table["good"] if (part := _part(name, text)) < 0.95} == {}
    assert {text: part for text in table["vague"] if (part := _part(name, text)) > 0.5} == {}


@SIX
@EACH
def test_a_refusal_is_no_answer_and_is_quoted(language: str, name: str) -> None:
    for text in ANSWERS[language][name]["refused"]:
        assert _part(name, text) == pytest.approx(0), text
        found = next(one for one in coach(replace(WHOLE, **{name: text})).findings if one.code == CHECK_OF[name])
        assert found.evidence["refused"], text


@SIX
def test_sentences_and_texts_are_measured(language: str) -> None:
    table = ANSWERS[language]["tasks"]
    good, long, short = (Draft(tasks=table[name]) for name in ("good", "long", "short"))
    assert _share("reading", good) == _share("length", good) == 1
    assert _share("reading", long) < 0.8
    assert _share("length", short) < 0.4


@SIX
def test_own_words_on_life_and_skills_stand_for_half(language: str) -> None:
    for name, codes in {"conditions_text": ("living", "safety"), "skills_text": ("skills_named",)}.items():
        for code in codes:
            assert all(_share(code, Draft(**{name: text})) == 0.5 for text in ANSWERS[language][name]["good"])
            assert all(_share(code, Draft(**{name: text})) <= 0.25 for text in ANSWERS[language][name]["vague"])


def test_every_language_answers_the_same_questions() -> None:
    asked = {*CHECK_OF, "tasks", "conditions_text", "skills_text"}
    assert all(set(table) == asked for table in ANSWERS.values())
