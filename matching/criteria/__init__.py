"""The soft criteria, one file each; their order here is the order in which every score is summed and shown."""

from __future__ import annotations

from collections.abc import Mapping

from matching.criteria import availability, country, interests, languages, skills
from matching.criteria.availability import AvailabilityCriterion
from matching.criteria.base import Criterion, Part
from matching.criteria.country import CountryCriterion
from matching.criteria.interests import InterestsCriterion
from matching.criteria.languages import LanguagesCriterion
from matching.criteria.skills import MOST_FROM_TEXT, SkillsCriterion, skills_named
from matching.reference import Reference

DEFAULT_WEIGHTS: Mapping[str, float] = {
    skills.NAME: 0.45,
    country.NAME: 0.20,
    languages.NAME: 0.15,
    availability.NAME: 0.10,
    interests.NAME: 0.10,
}
# What is not known counts with these shares of its line, and says so.
NEUTRAL_VALUES: Mapping[str, float] = {
    skills.NAME: skills.NEUTRAL,
    country.NAME: country.NEUTRAL,
    languages.NAME: languages.NEUTRAL,
    availability.NAME: availability.NEUTRAL,
    interests.NAME: interests.NEUTRAL,
}
CRITERIA = tuple(DEFAULT_WEIGHTS)
# Every reason code there is: whoever shows reasons needs words for each.
REASON_CODES = tuple(
    code for criterion in (skills, country, languages, availability, interests) for code in criterion.CODES
)


def build_criteria(reference: Reference, neutral: Mapping[str, float]) -> list[Criterion]:
    """Return the criteria in their fixed order, each with its neutral value."""
    return [
        SkillsCriterion(reference, neutral[skills.NAME]),
        CountryCriterion(reference, neutral[country.NAME]),
        LanguagesCriterion(neutral[languages.NAME]),
        AvailabilityCriterion(neutral[availability.NAME]),
        InterestsCriterion(neutral[interests.NAME]),
    ]


__all__ = [
    "CRITERIA",
    "DEFAULT_WEIGHTS",
    "MOST_FROM_TEXT",
    "NEUTRAL_VALUES",
    "REASON_CODES",
    "Criterion",
    "Part",
    "build_criteria",
    "skills_named",
]
