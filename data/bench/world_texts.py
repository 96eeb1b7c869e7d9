"""What the people of the synthetic world write, and what its hosts ask for: texts in six languages, by number.

A text is made from its number alone, so that a world of any size says the same things. Numbers are drawn with a long
tail (`numbers`): distinct texts grow with about the square root of the people, as the words of a language do. Sentences
come from this project's own examples of what people say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random

import numpy as np
from numpy.typing import NDArray

from data.sample.make.people import MORE, TELLS
from matching import Reference
from matching.facts import UI_LANGUAGES, Skill

TAIL = 2.2  # exponent of the tail: distinct texts grow as n ** (1 / TAIL)
COMMON = 150  # so many texts are about equally common before the tail starts
MOST = 200_000
YEARS = (2, 5, 10, 15, 20)
# Titles, tasks and expected results of work, by language; {one} is the skill asked for, {two} the one beside it.
ASKS = {
    "en": (
        "{one} with a local team",
        "Help the team with {one}. Show colleagues how {two} is done.",
        "The team goes on with {one} by itself.",
    ),
    "zh": ("与当地团队一起做{one}", "协助团队开展{one}。向同事演示如何做{two}。", "团队能独立继续做{one}。"),
    "fr": (
        "{one} avec une équipe locale",
        "Aider l'équipe pour ceci : {one}. Montrer aux collègues : {two}.",
        "L'équipe continue seule : {one}.",
    ),
    "es": (
        "{one} con un equipo local",
        "Ayudar al equipo con {one}. Mostrar a los colegas {two}.",
        "El equipo sigue por sí mismo con {one}.",
    ),
    "ru": (
        "{one} вместе с местной командой",
        "Помогать команде: {one}. Показать коллегам: {two}.",
        "Команда сама продолжает: {one}.",
    ),
    "ar": ("{one} مع فريق محلي", "مساعدة الفريق في {one}. تعليم الزملاء {two}.", "يواصل الفريق {one} بنفسه."),
}


def numbers(chance: np.random.Generator, many: int, common: int = COMMON) -> NDArray[np.int64]:
    """Draw numbers of texts: the first `common` often, then ever more seldom, without an end before MOST."""
    drawn = common * ((1.0 - chance.random(many)) ** (-1.0 / (TAIL - 1.0)) - 1.0)
    return np.minimum(drawn, MOST - 1).astype(np.int64)


@dataclass(frozen=True)
class Asked:
    """The words of an assignment: its language and three texts."""

    language: str
    title: str
    tasks: str
    expected_results: str


class Texts:
    """All texts of a world, made when they are first asked for."""

    def __init__(self, reference: Reference, popularity: NDArray[np.float64], seed: int) -> None:
        self._skills = list(reference.skills.values())
        self._popularity = popularity
        self._seed = seed
        self._told: dict[tuple[str, int], str] = {}

    @cached_property
    def skills(self) -> dict[str, NDArray[np.int64]]:
        """The skill of which each text of a language tells, by its number."""
        return {
            language: np.random.default_rng([self._seed, place]).choice(len(self._skills), MOST, p=self._popularity)
            for place, language in enumerate(UI_LANGUAGES)
        }

    def told(self, language: str, number: int) -> str:
        """Return what somebody wrote of their experience."""
        key = (language, number)
        if key not in self._told:
            self._told[key] = self._tell(language, number)
        return self._told[key]

    def _tell(self, language: str, number: int) -> str:
        dice = Random(f"{self._seed} {language} {number}")  # noqa: S311  (invented people need no secrets)
        skill = self._skills[self.skills[language][number]]
        examples = skill.examples.get(language, ())
        if examples and dice.random() < 0.7:
            said = f"{dice.choice(examples)}{_stop(language)}"
        else:
            other = dice.choice(self._skills)
            said = (
                TELLS[language]
                .format(one=_label(skill, language), two=_label(other, language), years=dice.choice(YEARS), more="")
                .strip()
            )
        more = dice.choice(MORE[language]) if dice.random() < 0.5 else ""
        return f"{said}{'' if language == 'zh' or not more else ' '}{more}"

    def asked(self, language: str, one: Skill, two: Skill) -> Asked:
        """Return what a host writes of work that needs two skills."""
        words = {"one": _label(one, language), "two": _label(two, language)}
        title, tasks, results = (text.format(**words) for text in ASKS[language])
        return Asked(language, title[0].upper() + title[1:], tasks, results)


def _label(skill: Skill, language: str) -> str:
    label = skill.label(language)
    return label[0].lower() + label[1:]


def _stop(language: str) -> str:
    return "。" if language == "zh" else "."
