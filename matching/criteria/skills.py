"""Skills: what is asked against what is stated, near it in the taxonomy, or written in the experience text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from typing import Any, Protocol

import numpy as np

from matching.criteria.base import Evidence, Facts, Part, Places, same_for_all, step
from matching.pool import Flags, Numbers, Pool
from matching.records import AskedSkill, Assignment
from matching.reference import Reference
from matching.schema import EXPERIENCE_LEVELS, LEAST_LEVEL
from matching.text import Likeness, SkillLinker

NAME = "skills"
NEUTRAL = 0.15
ESSENTIAL_SHARE = 0.75
EXACT = 1.0
TAXONOMY_FACTORS = {"narrower": 0.6, "broader": 0.6, "related": 0.5}
TEXT_MOST = 0.4
MOST_FROM_TEXT = 6
# What the words of both sides have in common beyond skills: its share where skills are named, where they are read from
# the text, and where none can be read.
TEXT_SHARES = {"named": 0.4, "read": 0.5, "none": 1.0}

SKILL_STATED = "SKILL_STATED"
SKILL_NARROWER = "SKILL_NARROWER"
SKILL_BROADER = "SKILL_BROADER"
SKILL_RELATED = "SKILL_RELATED"
SKILL_IN_TEXT = "SKILL_IN_TEXT"
SKILL_NOT_KNOWN = "SKILL_NOT_KNOWN"
ASKED_NOT_KNOWN = "SKILLS_ASKED_NOT_KNOWN"
TEXT_ALIKE = "TEXT_ALIKE"
TEXT_NOT_ALIKE = "TEXT_NOT_ALIKE"
TEXT_NOT_KNOWN = "TEXT_NOT_KNOWN"
CODES = (
    SKILL_STATED,
    SKILL_NARROWER,
    SKILL_BROADER,
    SKILL_RELATED,
    SKILL_IN_TEXT,
    SKILL_NOT_KNOWN,
    ASKED_NOT_KNOWN,
    TEXT_ALIKE,
    TEXT_NOT_ALIKE,
    TEXT_NOT_KNOWN,
)
CODES_BY_RELATION = {"narrower": SKILL_NARROWER, "broader": SKILL_BROADER, "related": SKILL_RELATED}
# What speaks for a skill: stated skills that count (code, level, last used), and how clearly words do, and which.
Phrase = tuple[float, str]
Speaking = tuple[tuple[tuple[str, int, int | None], ...], Phrase | None]
Alike = tuple[bool, float | None, tuple[int, int] | None]


class Told(Protocol):
    """What an assignment says in words, wherever it is kept."""

    @property
    def title(self) -> str:
        """What the person will do."""
        ...

    @property
    def skills_text(self) -> str:
        """Skills in the host's words."""
        ...

    @property
    def tasks(self) -> str:
        """What is done."""
        ...

    @property
    def expected_results(self) -> str:
        """What shall come of it."""
        ...


@dataclass(frozen=True)
class Wanted:
    """A skill that the criterion looks for, with its share and, where it was read from the text, the words."""

    code: str
    level: int
    share: float
    essential: bool
    phrase: str = ""

    def evidence(self) -> Evidence:
        """Return what is asked, as data."""
        asked: Evidence = {"skill": self.code, "asked": self.level, "essential": self.essential}
        return {**asked, "read_from_text": self.phrase} if self.phrase else asked


@dataclass(frozen=True)
class SkillsCriterion:
    """Each asked skill is a line; the best of what speaks for it counts, and a level only up to what is asked."""

    reference: Reference
    neutral: float = NEUTRAL
    name: str = NAME

    def constants(self) -> Mapping[str, Any]:
        """Return every number that shapes the score."""
        return {
            "essential_share": ESSENTIAL_SHARE,
            "taxonomy_factors": TAXONOMY_FACTORS,
            "text_most": TEXT_MOST,
            "most_from_text": MOST_FROM_TEXT,
            "text_shares": TEXT_SHARES,
        }

    def parts(self, pool: Pool, assignment: Assignment, online: bool) -> list[Part]:
        """Return a line per skill asked, and one for the words of both sides; a neutral one where nothing is asked."""
        likeness = pool.likeness(*words_asked(assignment))
        wanted, share = self.shares(pool, assignment, likeness.is_asked)
        if not wanted and not share:
            return [same_for_all(pool, self.neutral, 1.0, ASKED_NOT_KNOWN, False, {})]
        parts = [self._part(pool, skill) for skill in wanted]
        return [*parts, self._text_part(pool, likeness, share)] if share else parts

    def shares(self, pool: Pool, assignment: Assignment, has_words: bool) -> tuple[list[Wanted], float]:
        """Return the skills that are looked for, with their shares, and the share of the words of both sides."""
        wanted = self.wanted(pool, assignment)
        share = TEXT_SHARES[_basis(assignment, wanted)] if has_words else 0.0
        return [replace(skill, share=skill.share * (1.0 - share)) for skill in wanted], share

    def wanted(self, pool: Pool, assignment: Assignment) -> list[Wanted]:
        """Return the skills that the assignment asks for: those the host named, else those its text names."""
        if not assignment.essential and not assignment.desirable:
            return self._from_text(pool, assignment)
        essential_share = ESSENTIAL_SHARE if assignment.desirable else 1.0
        desirable_share = 1.0 - essential_share if assignment.essential else 1.0
        return [
            *_shared(assignment.essential, essential_share, essential=True),
            *_shared(assignment.desirable, desirable_share, essential=False),
        ]

    def _from_text(self, pool: Pool, assignment: Assignment) -> list[Wanted]:
        level = EXPERIENCE_LEVELS.get(assignment.experience_level, LEAST_LEVEL)
        found = list(skills_named(pool.linker, assignment).items())[:MOST_FROM_TEXT]
        return [Wanted(code, level, 1.0 / len(found), essential=True, phrase=phrase) for code, phrase in found]

    def _part(self, pool: Pool, wanted: Wanted) -> Part:
        stated = pool.skills[wanted.code] > 0
        best = _credit(pool.skills[wanted.code], wanted.level, EXACT)
        for code, relation in self.near(wanted.code):
            if code in pool.skills:
                best = np.maximum(best, _credit(pool.skills[code], wanted.level, TAXONOMY_FACTORS[relation]))
        best = np.maximum(best, pool.mentions[wanted.code] * most_from_text(wanted.level))
        # What lies near in the taxonomy, or in the text, lifts a skill that nobody stated; it never lowers it.
        known = stated | (best > self.neutral)
        value = step(known, best, self.neutral) * wanted.share
        speaking = self._speaking(pool, wanted.code, best > 0)
        return Part(value, wanted.share, known, speaking, lambda fact: self._tell(wanted, fact))

    def _speaking(self, pool: Pool, wanted: str, any_speaks: Flags) -> Facts:
        counted = {wanted, *(code for code, _ in self.near(wanted))}

        def speaking(places: Places) -> Iterator[Speaking]:
            for number, speaks in zip(places.tolist(), any_speaks[places].tolist(), strict=True):
                if not speaks:
                    yield (), None
                    continue
                held, link = pool.volunteers[number].skills, pool.mention(number, wanted)
                mine = tuple([(one.code, one.level, one.last_used) for one in held if one.code in counted])
                yield mine, (link.strength, link.phrase) if link else None

        return speaking

    def _tell(self, wanted: Wanted, fact: Speaking) -> tuple[str, Evidence]:
        held, link = fact
        if not held and not link:
            return SKILL_NOT_KNOWN, wanted.evidence()
        years = {code: last_used for code, _, last_used in held}
        levels = {code: level for code, level, _ in sorted(held, key=itemgetter(1))}
        credit, code, evidence = max(self._sources(wanted, levels, years, link), key=itemgetter(0))
        if wanted.code not in levels and credit <= self.neutral:
            return SKILL_NOT_KNOWN, wanted.evidence()
        return code, {**wanted.evidence(), **evidence}

    def _sources(
        self, wanted: Wanted, levels: Mapping[str, int], years: Mapping[str, int | None], link: Phrase | None
    ) -> Iterator[tuple[float, str, Evidence]]:
        """Yield all that speaks for the skill, in the order in which equal credit is told."""
        level = levels.get(wanted.code, 0)
        evidence: Evidence = {"level": level, "last_used": years.get(wanted.code)}
        yield min(level, wanted.level) / wanted.level, SKILL_STATED, evidence
        for code, relation in self.near(wanted.code):
            if code in levels:
                credit = TAXONOMY_FACTORS[relation] * (min(levels[code], wanted.level) / wanted.level)
                evidence = {"held": code, "level": levels[code], "last_used": years[code]}
                yield credit, CODES_BY_RELATION[relation], evidence
        if link:
            strength, phrase = link
            yield strength * most_from_text(wanted.level), SKILL_IN_TEXT, {"phrase": phrase}

    def _text_part(self, pool: Pool, likeness: Likeness, share: float) -> Part:
        values = likeness.values()
        # Words lift a line; they never lower it, so that writing is never worse than silence. Words that are not alike
        # are known all the same: nothing is open about them.
        lifts = values > self.neutral
        return Part(
            step(lifts, values, self.neutral) * share,
            share,
            lifts | pool.wrote,
            lambda places: self._alike(pool, likeness, values, places),
            lambda fact: _tell_text(likeness, fact),
        )

    def _alike(self, pool: Pool, likeness: Likeness, values: Numbers, places: Places) -> Iterator[Alike]:
        """Yield whether somebody wrote, the likeness where it lifts the line, and the two statements that speak."""
        wrote, alike = pool.wrote[places].tolist(), values[places].tolist()
        pairs = likeness.pairs(places[values[places] > self.neutral])
        for is_writer, value in zip(wrote, alike, strict=True):
            yield (is_writer, value, next(pairs)) if value > self.neutral else (is_writer, None, None)

    def near(self, code: str) -> list[tuple[str, str]]:
        """Return the skills that earn part of a skill's credit, each with its relation."""
        return self._neighbours.get(code, [])

    @cached_property
    def _neighbours(self) -> dict[str, list[tuple[str, str]]]:
        """Return for each skill the others that earn part of its credit, and what they are to it."""
        found: dict[str, dict[str, str]] = {code: {} for code in self.reference.skills}
        for skill in self.reference.skills.values():
            if skill.broader in found:
                found[skill.broader].setdefault(skill.code, "narrower")
                found[skill.code].setdefault(skill.broader, "broader")
        for skill in self.reference.skills.values():
            for other in skill.related:
                if other in found:
                    found[skill.code].setdefault(other, "related")
                    found[other].setdefault(skill.code, "related")
        return {code: sorted(near.items()) for code, near in found.items()}


def words_asked(assignment: Assignment) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts that say what an assignment asks for, and the codes of the skills beside them."""
    texts = (assignment.title, assignment.skills_text, assignment.tasks, assignment.expected_results)
    return texts, tuple(skill.code for skill in (*assignment.essential, *assignment.desirable))


def skills_named(linker: SkillLinker, work: Told) -> dict[str, str]:
    """Return the skills that an assignment's text names, clearest first, each with the words that speak for it.

    Where a host names none, the first MOST_FROM_TEXT are asked for.
    """
    # What is written as a skill, or as the title, speaks before what stands somewhere in the tasks.
    texts = (work.skills_text, work.title, work.tasks, work.expected_results)
    phrases: dict[str, str] = {}
    for links in linker.link_all(texts):
        for code, link in links.items():
            phrases.setdefault(code, link.phrase)
    return phrases


def most_from_text(asked: int) -> float:
    """Return the most that words in a text can earn: never more than the lowest level that could be stated."""
    return min(TEXT_MOST, 1 / asked)


def _basis(assignment: Assignment, wanted: list[Wanted]) -> str:
    if assignment.essential or assignment.desirable:
        return "named"
    return "read" if wanted else "none"


def _credit(levels: np.ndarray, asked: int, factor: float) -> Numbers:
    return factor * (np.minimum(levels, asked) / asked)


def _tell_text(likeness: Likeness, fact: Alike) -> tuple[str, Evidence]:
    wrote, value, pair = fact
    if pair is None:
        return (TEXT_NOT_ALIKE if wrote else TEXT_NOT_KNOWN), {}
    phrase, asked = likeness.words(pair)
    return TEXT_ALIKE, {"phrase": phrase, "asked_phrase": asked, "likeness": value}


def _shared(asked: tuple[AskedSkill, ...], share: float, essential: bool) -> list[Wanted]:
    return [Wanted(skill.code, skill.level, share / len(asked), essential) for skill in asked]
