"""The assignments of the synthetic world, by how many of its people they leave eligible: about 50, 5 or 1 of 100.

Each kind draws what its host asks for (languages, dates, a licence, a stay), and keeps what leaves as many eligible
as it is meant to, judged by the matcher's own rules on the first people of the world.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from random import Random

import numpy as np

from data.bench.world import World
from data.bench.world_texts import numbers
from matching import Assignment, linker_for
from matching.facts import UI_LANGUAGES, Skill
from matching.pool import Pool
from matching.records import AskedLanguage, AskedSkill, Hours
from matching.standing import Standing

# Distinct pieces of work grow as distinct texts do, from this many common ones.
COMMON_WORK = 200
JUDGED_ON = 4_000


@dataclass(frozen=True)
class Kind:
    """What hosts of one kind ask for; `share` of the people is eligible, `low` to `high` at the outside."""

    share: float
    low: float
    high: float
    modes: tuple[str, ...]
    languages: tuple[tuple[str, ...], ...]
    levels: tuple[int, ...]
    weeks: tuple[int, ...]
    months: tuple[int, ...]
    licensed: float


# By the share of the people that is eligible.
KINDS = {
    0.5: Kind(0.5, 0.40, 0.60, ("on_site", "online", "either"), ((), (), ("en",)), (1, 2), (2, 4, 8), (9, 12, 18), 0.0),
    0.05: Kind(
        0.05,
        0.035,
        0.065,
        ("on_site", "on_site", "either"),
        (("en",), ("fr",), ("es",), ("ar",), ("ru",)),
        (3, 4, 5),
        (8, 12, 20, 26),
        (4, 6, 9),
        0.0,
    ),
    0.01: Kind(
        0.01,
        0.006,
        0.014,
        ("on_site", "either"),
        (("fr", "en"), ("es", "en"), ("pt",), ("sw",), ("fr", "ar"), ("de",)),
        (3, 4, 5),
        (12, 20, 26),
        (4, 6, 9),
        0.3,
    ),
}


@dataclass(frozen=True)
class Work:
    """The assignments of a world; `judged_on` of its people decide who is eligible for how much."""

    world: World = field(default_factory=World)
    judged_on: int = JUDGED_ON

    def assignments(self, share: float, number: int) -> list[Assignment]:
        """Return `number` assignments of a kind; KeyError: no such share."""
        kind = KINDS[share]
        found: list[Assignment] = []
        for one in self._drafts(kind):
            if len(found) == number:
                break
            if kind.low <= self.eligible(one) <= kind.high:
                found.append(one)
        return found

    def eligible(self, assignment: Assignment) -> float:
        """Return the share of the first people of the world that passes every rule."""
        return float((Standing(self._people, assignment).status == 0).mean())

    @cached_property
    def _people(self) -> Pool:
        people = [one for chunk in self.world.volunteers(self.judged_on) for one in chunk]
        return Pool(people, linker_for(self.world.reference))

    def _drafts(self, kind: Kind) -> Iterator[Assignment]:
        place = sorted(KINDS).index(kind.share)
        dice = Random(f"{self.world.seed} {kind.share}")  # noqa: S311
        chance = np.random.default_rng([self.world.seed, 2, place])
        number = 0
        while True:
            for work in numbers(chance, 1_000, COMMON_WORK).tolist():
                yield self._draft(f"k{place}{number:06}", kind, work, dice)
                number += 1

    def _draft(self, name: str, kind: Kind, work: int, dice: Random) -> Assignment:
        job = _job(self.world, work)
        mode = dice.choice(kind.modes)
        months = dice.choice(kind.months)
        start = date(2027 + dice.randint(3, 14) // 12, dice.randint(1, 12), 1)
        spoken = dice.choice(kind.languages)
        licensed = job.essential[0].code if job.essential and dice.random() < kind.licensed else ""
        clock = Hours(9 * 60, 17 * 60, "Asia/Almaty") if mode != "on_site" and dice.random() < 0.3 else None
        places = (dice.randint(1, 3), dice.randint(0, 1), dice.randint(0, 1))
        return Assignment(
            id=name,
            title=job.title,
            tasks=job.tasks,
            expected_results=job.expected_results,
            essential=job.essential,
            desirable=job.desirable,
            licensed_skills=(licensed,) if licensed else (),
            experience_level="experienced",
            languages=tuple(AskedLanguage(code, dice.choice(kind.levels), dice.random() < 0.1) for code in spoken),
            languages_helpful=(dice.choice(("sw", "fr", "en", "ar")),) if dice.random() < 0.4 else (),
            country=dice.choice(self.world.countries[: dice.choice((10, 40, 160))]),
            start_on=start,
            end_on=date.fromordinal(start.toordinal() + months * 30),
            weeks=dice.choice(kind.weeks),
            places_international=places[0],
            places_national=places[1],
            places_local=places[2],
            mode=mode,
            weekly_hours=dice.choice((2, 4)) if mode != "on_site" and dice.random() < 0.5 else None,
            hours=clock,
            goals=job.goals,
            host_verified=True,
        )


@dataclass(frozen=True)
class Job:
    """What a host needs done: words, skills and goals go together, whoever asks and when."""

    title: str
    tasks: str
    expected_results: str
    essential: tuple[AskedSkill, ...]
    desirable: tuple[AskedSkill, ...]
    goals: tuple[int, ...]


@lru_cache(maxsize=100_000)
def _job(world: World, number: int) -> Job:
    dice = Random(f"{world.seed} work {number}")  # noqa: S311
    skills = list(world.reference.skills.values())
    first = int(dice.choices(range(len(skills)), weights=world.popularity.tolist())[0])
    near = [skills[place] for place in world.families[first].tolist() if place != first] or skills
    one, two, three = skills[first], dice.choice(near), dice.choice(near)
    said = world.texts.asked(dice.choice(UI_LANGUAGES), one, two)
    # One host in eight names no skill: they are read from its text.
    named = dice.random() < 0.875
    return Job(
        said.title,
        said.tasks,
        said.expected_results,
        _asked(dice, (one, two) if dice.random() < 0.5 else (one,)) if named else (),
        _asked(dice, (three,)) if named and three.code not in (one.code, two.code) else (),
        tuple(sorted(dice.sample(range(1, 18), dice.choice((1, 2, 2, 3))))),
    )


def _asked(dice: Random, skills: tuple[Skill, ...]) -> tuple[AskedSkill, ...]:
    return tuple(AskedSkill(skill.code, dice.choice((1, 2, 2, 3))) for skill in skills)
