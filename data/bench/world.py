"""A synthetic world of any size: invented volunteers with the skew of real ones, the same for a seed on every machine.

People come in chunks, each drawn from the seed and its own number: the first ten thousand of a million are the ten
thousand of a small world. Countries, skills and languages follow a steep curve (a few are frequent, most are rare);
what hangs together in life hangs together here: skills of one family, languages of the country, a text that tells of
the skill one has. Everything may be missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from data.bench.world_texts import Texts, numbers
from data.sample.make.people import ZONES
from matching import Reference, Volunteer
from matching.facts import UI_LANGUAGES
from matching.records import HeldLanguage, HeldSkill, Hours, Licence, Window

CHUNK = 10_000
Counts = NDArray[np.int64]
MOST_SKILLS = 6
NEIGHBOURHOOD = 0.7  # so many further skills are of the family of the first one
BASES = ("own", "own", "own", "certificate", "interview")
OTHER_LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh", "pt", "sw", "de", "hi", "tr", "fa", "ur", "id", "it")
CLOCKS = ((8, 12), (9, 17), (13, 18), (17, 22), (6, 10), (20, 2))
FIRST_YEAR = 2027
# VIOs that send nobody to some countries; most send everywhere.
NO_GO_LISTS = 8


def steep(many: int, exponent: float = 1.0) -> NDArray[np.float64]:
    """Return shares that fall as 1, 1/2, 1/3, ... to the power of `exponent`."""
    shares = 1.0 / np.arange(1, many + 1) ** exponent
    return np.asarray(shares / shares.sum())


@dataclass(frozen=True)
class World:
    """Everything that is drawn once for a seed: who is frequent, who sends nobody where, and all texts."""

    seed: int = 0

    @cached_property
    def reference(self) -> Reference:
        """The shipped tables."""
        return Reference.load()

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Countries of the route tables, the most frequent first."""
        return tuple(self._shuffled(sorted(self.reference.partners), 1))

    @cached_property
    def popularity(self) -> NDArray[np.float64]:
        """How frequent each skill of the taxonomy is."""
        return np.asarray(self._chance(2).permutation(steep(len(self.reference.skills), 0.8)))

    @cached_property
    def texts(self) -> Texts:
        """What people write."""
        return Texts(self.reference, self.popularity, self.seed)

    def volunteers(self, number: int, start: int = 0) -> Iterator[list[Volunteer]]:
        """Yield the volunteers from `start` to `number`, a chunk after the other."""
        for chunk in range(start // CHUNK, -(-number // CHUNK)):
            people = _Chunk(self, chunk).people()
            first = chunk * CHUNK
            yield people[max(0, start - first) : max(0, number - first)]

    def _chance(self, part: int) -> np.random.Generator:
        return np.random.default_rng([self.seed, 0, part])

    def _shuffled(self, items: list[str], part: int) -> list[str]:
        return [items[place] for place in self._chance(part).permutation(len(items))]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The skills of the taxonomy in their order."""
        return tuple(self.reference.skills)

    @cached_property
    def families(self) -> list[Counts]:
        """For each skill the numbers of all skills of its family."""
        family = np.array([skill.family for skill in self.reference.skills.values()])
        members = {name: np.flatnonzero(family == name) for name in set(family.tolist())}
        return [members[name] for name in family.tolist()]

    @cached_property
    def no_go(self) -> tuple[tuple[str, ...], ...]:
        """What each VIO's list holds."""
        chance = self._chance(3)
        return tuple(
            tuple(chance.choice(self.countries, size, replace=False).tolist())
            for size in [0, 0, 0, *chance.integers(1, 9, NO_GO_LISTS - 3).tolist()]
        )

    @cached_property
    def tongues(self) -> list[tuple[str, ...]]:
        """What is spoken in each country, in the order of `countries`."""
        return [self.reference.partners[code].official_languages[:3] or ("en",) for code in self.countries]


class _Chunk:
    """The columns of a chunk, drawn at once, and the records made of them."""

    def __init__(self, world: World, number: int) -> None:
        self.world = world
        self.first = number * CHUNK
        self._dice = np.random.default_rng([world.seed, 1, number])

    def people(self) -> list[Volunteer]:
        """Return the records."""
        home = self._dice.choice(len(self.world.countries), CHUNK, p=steep(len(self.world.countries), 0.9)).tolist()
        tongues = [self.world.tongues[place] for place in home]
        text, told = self._texts(tongues)
        skills = self._skills(told)
        dice = self._dice
        consents, abroad, anywhere = (dice.random(CHUNK) < share for share in (0.97, 0.9, 0.22))
        no_go = dice.integers(0, NO_GO_LISTS, CHUNK).tolist()
        shortest, longest = self._stays()
        columns = zip(
            [self.world.countries[place] for place in home],
            consents.tolist(),
            (consents & abroad).tolist(),
            skills,
            self._licences(skills, home),
            self._languages(tongues),
            self._places((0.42, 0.18, 0.15, 0.15, 0.06, 0.04)),
            self._routes(),
            anywhere.tolist(),
            self._places((0.86, 0.08, 0.06)),
            [self.world.no_go[place] for place in no_go],
            self._windows(),
            shortest,
            longest,
            self._modes(),
            self._online_hours(),
            self._hours(home),
            self._causes(),
            self._places((0.75, 0.18, 0.07)),
            text,
            strict=True,
        )
        return [Volunteer(f"w{place:07}", *values) for place, values in enumerate(columns, start=self.first)]

    def _picks(self, items: int, exponent: float, many: int = CHUNK) -> list[int]:
        found: list[int] = self._dice.choice(items, many, p=steep(items, exponent)).tolist()
        return found

    def _texts(self, tongues: list[tuple[str, ...]]) -> tuple[list[str], list[int | None]]:
        """Return what each wrote (a quarter wrote nothing), and the skill of which it tells."""
        which, writes = numbers(self._dice, CHUNK).tolist(), (self._dice.random(CHUNK) < 0.75).tolist()
        texts: list[str] = []
        told: list[int | None] = []
        for number, wrote, spoken in zip(which, writes, tongues, strict=True):
            language = next((code for code in spoken if code in UI_LANGUAGES), "en")
            texts.append(self.world.texts.told(language, number) if wrote else "")
            told.append(int(self.world.texts.skills[language][number]) if wrote else None)
        return texts, told

    def _skills(self, told: list[int | None]) -> list[tuple[HeldSkill, ...]]:
        """Return the stated skills: the one that is told of first, then mostly of its family; some state none."""
        world, dice = self.world, self._dice
        firsts = dice.choice(len(world.codes), CHUNK, p=world.popularity).tolist()
        others = dice.choice(len(world.codes), (CHUNK, MOST_SKILLS), p=world.popularity).tolist()
        near = (dice.random((CHUNK, MOST_SKILLS)) < NEIGHBOURHOOD).tolist()
        within = dice.random((CHUNK, MOST_SKILLS)).tolist()
        levels = dice.choice((1, 2, 3, 4), (CHUNK, MOST_SKILLS), p=(0.2, 0.4, 0.3, 0.1)).tolist()
        years = dice.integers(2012, 2027, (CHUNK, MOST_SKILLS)).tolist()
        sizes = dice.choice(MOST_SKILLS + 1, CHUNK, p=(0.08, 0.12, 0.2, 0.25, 0.2, 0.1, 0.05)).tolist()
        found = []
        for row, size in enumerate(sizes):
            said = told[row]
            first = firsts[row] if said is None else said
            family = world.families[first]
            held = [first]
            for slot in range(1, size):
                chosen = int(family[int(within[row][slot] * len(family))]) if near[row][slot] else others[row][slot]
                if chosen not in held:
                    held.append(chosen)
            found.append(
                tuple(
                    HeldSkill(world.codes[skill], level, year)
                    for skill, level, year in zip(held[:size], levels[row], years[row], strict=False)
                )
            )
        return found

    def _licences(self, skills: list[tuple[HeldSkill, ...]], home: list[int]) -> list[tuple[Licence, ...]]:
        lot, years = self._dice.random(CHUNK).tolist(), self._dice.integers(2026, 2033, CHUNK).tolist()
        licensed = {code for code, skill in self.world.reference.skills.items() if skill.licensed}
        return [
            tuple(
                Licence(skill.code, self.world.countries[place], date(year, 12, 31) if one < 0.5 else None)
                for skill in held
                if skill.code in licensed and one < 0.8
            )
            for held, place, one, year in zip(skills, home, lot, years, strict=True)
        ]

    def _languages(self, tongues: list[tuple[str, ...]]) -> list[tuple[HeldLanguage, ...]]:
        """Return the languages: those of the country, then others; 4 of 100 name none."""
        dice = self._dice
        silent = (dice.random(CHUNK) < 0.04).tolist()
        others = [self._picks(len(OTHER_LANGUAGES), 1.1) for _ in range(2)]
        many = dice.choice(3, CHUNK, p=(0.3, 0.45, 0.25)).tolist()
        levels = dice.choice((1, 2, 3, 4, 5, 6), (CHUNK, 4), p=(0.08, 0.17, 0.25, 0.25, 0.18, 0.07)).tolist()
        basis = dice.integers(0, len(BASES), (CHUNK, 4)).tolist()
        found = []
        for row, spoken in enumerate(tongues):
            held = {spoken[0]: HeldLanguage(spoken[0], 7)}
            more = [*spoken[1:], *(OTHER_LANGUAGES[others[slot][row]] for slot in range(many[row]))]
            for code, level, proof in zip(more, levels[row], basis[row], strict=False):
                held.setdefault(code, HeldLanguage(code, level, BASES[proof]))
            found.append(() if silent[row] else tuple(held.values()))
        return found

    def _places(self, shares: tuple[float, ...]) -> list[tuple[str, ...]]:
        """Return countries for each: none with the first share, one with the second, and so on."""
        sizes = self._dice.choice(len(shares), CHUNK, p=shares).tolist()
        drawn = iter(self._picks(len(self.world.countries), 0.8, sum(sizes)))
        countries = self.world.countries
        return [tuple(dict.fromkeys(countries[next(drawn)] for _ in range(size))) for size in sizes]

    def _routes(self) -> list[tuple[str, ...]]:
        routes = sorted(self.world.reference.routes)
        sizes = self._dice.choice(3, CHUNK, p=(0.7, 0.22, 0.08)).tolist()
        drawn = iter(self._picks(len(routes), 0.7, sum(sizes)))
        return [tuple(dict.fromkeys(routes[next(drawn)] for _ in range(size))) for size in sizes]

    def _windows(self) -> list[tuple[Window, ...]]:
        """Return stretches of whole months; a tenth names none, a quarter names a second one after a gap."""
        dice = self._dice
        many = dice.choice(3, CHUNK, p=(0.1, 0.65, 0.25)).tolist()
        months = np.stack(
            [
                dice.integers(0, 18, CHUNK),
                1 + dice.geometric(0.12, CHUNK),
                dice.integers(1, 7, CHUNK),
                dice.integers(1, 13, CHUNK),
            ],
            axis=1,
        )
        found = []
        for size, (start, length, gap, again) in zip(many, np.minimum(months, 30).tolist(), strict=True):
            second = start + length + gap
            both = (_window(start, start + length), _window(second, second + again))
            found.append(both[:size])
        return found

    def _stays(self) -> tuple[list[int | None], list[int | None]]:
        dice = self._dice
        shortest = dice.choice((1, 2, 4, 8, 12, 26), CHUNK, p=(0.2, 0.2, 0.3, 0.15, 0.1, 0.05)).tolist()
        longer = dice.choice((2, 4, 12, 26, 52, 104), CHUNK, p=(0.1, 0.15, 0.25, 0.25, 0.15, 0.1)).tolist()
        knows = (dice.random((CHUNK, 2)) < (0.6, 0.75)).tolist()
        return (
            [least if known[0] else None for least, known in zip(shortest, knows, strict=True)],
            [least + more if known[1] else None for least, more, known in zip(shortest, longer, knows, strict=True)],
        )

    def _modes(self) -> list[tuple[str, ...]]:
        kinds = (("on_site", "online"), ("on_site",), ("online",), ())
        return [kinds[kind] for kind in self._dice.choice(4, CHUNK, p=(0.6, 0.25, 0.1, 0.05)).tolist()]

    def _online_hours(self) -> list[int | None]:
        known = (self._dice.random(CHUNK) < 0.6).tolist()
        drawn = self._dice.choice((2, 4, 6, 10, 15, 20, 30), CHUNK).tolist()
        return [hours if one else None for hours, one in zip(drawn, known, strict=True)]

    def _hours(self, home: list[int]) -> list[Hours | None]:
        clocks = self._dice.integers(0, len(CLOCKS), CHUNK).tolist()
        known = (self._dice.random(CHUNK) < 0.4).tolist()
        zones = [ZONES.get(code) for code in self.world.countries]
        return [
            Hours(CLOCKS[clock][0] * 60, CLOCKS[clock][1] * 60, zone) if one and (zone := zones[place]) else None
            for clock, one, place in zip(clocks, known, home, strict=True)
        ]

    def _causes(self) -> list[tuple[int, ...]]:
        sizes = self._dice.choice(5, CHUNK, p=(0.2, 0.3, 0.25, 0.15, 0.1)).tolist()
        drawn = iter(self._picks(17, 0.5, sum(sizes)))
        return [tuple(sorted({next(drawn) + 1 for _ in range(size)})) for size in sizes]


def _window(start: int, end: int) -> Window:
    return Window(_month(start), date.fromordinal(_month(end).toordinal() - 1))


def _month(number: int) -> date:
    return date(FIRST_YEAR + number // 12, number % 12 + 1, 1)
