"""Languages: required ones up to their minimum, helpful ones up to B1, and how each is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.criteria.base import Evidence, Facts, Part, Places, same_for_all, step
from matching.pool import Numbers, Pool
from matching.records import CEFR_LEVELS, AskedLanguage, Assignment

NAME = "languages"
NEUTRAL = 0.4
REQUIRED_SHARE = 0.8
OWN_WORD = 0.85
ONE_STEP_BELOW = 0.5
# A helpful language is as helpful as it gets at B1.
HELPFUL_LEVEL = 3

LANGUAGE_MET = "LANGUAGE_MET"
LANGUAGE_ONE_STEP_BELOW = "LANGUAGE_ONE_STEP_BELOW"
LANGUAGE_NOT_MET = "LANGUAGE_NOT_MET"
LANGUAGE_NOT_KNOWN = "LANGUAGE_NOT_KNOWN"
HELPFUL_HELD = "LANGUAGE_HELPFUL_HELD"
HELPFUL_MISSING = "LANGUAGE_HELPFUL_MISSING"
NONE_REQUIRED = "LANGUAGE_NONE_REQUIRED"
CODES = (
    LANGUAGE_MET,
    LANGUAGE_ONE_STEP_BELOW,
    LANGUAGE_NOT_MET,
    LANGUAGE_NOT_KNOWN,
    HELPFUL_HELD,
    HELPFUL_MISSING,
    NONE_REQUIRED,
)
Held = tuple[int, str | None]  # level, and how it is known


@dataclass(frozen=True)
class LanguagesCriterion:
    """Above the minimum nothing is gained: a native speaker is no better than the level that the work needs."""

    neutral: float = NEUTRAL
    name: str = NAME

    def constants(self) -> Mapping[str, Any]:
        """Return every number that shapes the score."""
        return {
            "required_share": REQUIRED_SHARE,
            "own_word": OWN_WORD,
            "one_step_below": ONE_STEP_BELOW,
            "helpful_level": HELPFUL_LEVEL,
        }

    def parts(self, pool: Pool, assignment: Assignment, online: bool) -> list[Part]:
        """Return a line per language that the host named, and one where it required none."""
        required, helpful = assignment.languages, helpful_languages(assignment)
        share = REQUIRED_SHARE if helpful else 1.0
        parts = [self._required(pool, asked, share / len(required)) for asked in required]
        if not required:
            parts.append(same_for_all(pool, self.neutral, share, NONE_REQUIRED, False, {}))
        return parts + [self._helpful(pool, code, (1.0 - share) / len(helpful)) for code in helpful]

    def _required(self, pool: Pool, asked: AskedLanguage, share: float) -> Part:
        held = pool.language_levels[asked.code]
        # One step below A1 is nothing at all: it may be a near match, but it earns nothing.
        below = np.where((held == asked.level - 1) & (held > 0), ONE_STEP_BELOW, 0.0)
        credit = np.where(held >= asked.level, 1.0, below) * _trust(pool, asked.code)
        value = step(pool.named_language, credit, self.neutral) * share

        def tell(held: Held | None) -> tuple[str, Evidence]:
            evidence = {"language": asked.code, "needed": CEFR_LEVELS[asked.level - 1], "safety": asked.safety}
            if held is None:
                return LANGUAGE_NOT_KNOWN, evidence
            level = held[0]
            evidence |= _evidence(held)
            if level >= asked.level:
                return LANGUAGE_MET, evidence
            one_below = level and level == asked.level - 1
            return (LANGUAGE_ONE_STEP_BELOW if one_below else LANGUAGE_NOT_MET), evidence

        return Part(value, share, pool.named_language, _held(pool, asked.code), tell)

    def _helpful(self, pool: Pool, code: str, share: float) -> Part:
        held = pool.language_levels[code]
        credit = np.minimum(held, HELPFUL_LEVEL) / HELPFUL_LEVEL * _trust(pool, code)
        value = step(pool.named_language, credit, self.neutral) * share

        def tell(held: Held | None) -> tuple[str, Evidence]:
            if held is None:
                return LANGUAGE_NOT_KNOWN, {"language": code, "helpful": True}
            evidence = {"language": code, "helpful": True, **_evidence(held)}
            return (HELPFUL_HELD if held[0] else HELPFUL_MISSING), evidence

        return Part(value, share, pool.named_language, _held(pool, code), tell)


def helpful_languages(assignment: Assignment) -> list[str]:
    """Return the helpful languages that are not required as well."""
    required = {asked.code for asked in assignment.languages}
    return [code for code in dict.fromkeys(assignment.languages_helpful) if code not in required]


def _trust(pool: Pool, code: str) -> Numbers:
    return np.where(pool.language_proofs[code], 1.0, OWN_WORD)


def _held(pool: Pool, code: str) -> Facts:
    """Return the level of a language and how it is known, of some people; None where a profile names no language."""
    named, levels, proofs = pool.named_language, pool.language_levels[code], pool.language_proofs[code]

    def basis(number: int, level: int) -> str:
        held = pool.volunteers[number].languages
        return next(one.basis for one in held if one.code == code and one.level == level and one.basis != "own")

    def facts(places: Places) -> Iterator[Held | None]:
        columns = (column[places].tolist() for column in (named, levels, proofs))
        for number, is_named, level, is_proven in zip(places.tolist(), *columns, strict=True):
            if not is_named:
                yield None
            elif is_proven:
                yield level, basis(number, level)
            else:
                yield level, "own" if level else None

    return facts


def _evidence(held: Held) -> Evidence:
    level, basis = held
    return {"held": CEFR_LEVELS[level - 1] if level else None, "basis": basis}
