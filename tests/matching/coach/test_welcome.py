"""What shuts people out without need, and what only sounds so, in each of the six languages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from matching.coach import Draft, Finding
from matching.coach.welcome import KINDS, welcome
from matching.facts import UI_LANGUAGES
from tests.matching.coach.examples import TASKS

FOLDER = Path(__file__).parent / "welcome"
SAID: dict[str, dict[str, list[str]]] = {
    language: tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8")) for language in UI_LANGUAGES
}
SIX = pytest.mark.parametrize("language", UI_LANGUAGES)


def _found(language: str, text: str) -> Finding:
    return welcome(Draft(tasks=TASKS[language][0], skills_text=text))


@SIX
@pytest.mark.parametrize("kind", KINDS)
def test_what_shuts_people_out_is_quoted_under_its_kind(language: str, kind: str) -> None:
    for text in SAID[language][kind]:
        found = _found(language, text)
        assert found.evidence[kind], text
        assert found.share <= 0.5, text


@SIX
def test_who_is_served_and_what_is_good_is_left_alone(language: str) -> None:
    for text in SAID[language]["fine"]:
        assert {kind: hit for kind in KINDS if (hit := _found(language, text).evidence[kind])} == {}, text
        assert welcome(Draft(tasks=TASKS[language][0], plain_day=text)).share == 1


def test_every_kind_has_examples_in_every_language() -> None:
    assert all(set(table) == {*KINDS, "fine"} for table in SAID.values())
