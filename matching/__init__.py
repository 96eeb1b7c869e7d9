"""Explained ranking of volunteers and assignments: a pure library without web, database or clock."""

from matching.criteria import CRITERIA, DEFAULT_WEIGHTS, NEUTRAL_VALUES, REASON_CODES
from matching.eligibility import CODES as ELIGIBILITY_CODES
from matching.explanation import BAND_STEP, ELIGIBLE, INELIGIBLE, NEAR, Explanation, Obstacle, Reason, band_of
from matching.matcher import VERSION, Matcher, linker_for, lot
from matching.records import CEFR_LEVELS, MODES, SKILL_LEVELS, Assignment, Volunteer
from matching.reference import Reference
from matching.schema import (
    ASSIGNMENT_COLUMNS,
    EXPERIENCE_LEVELS,
    MATCH_COLUMNS,
    VOLUNTEER_COLUMNS,
    Problem,
    SchemaError,
    parse_assignments,
    parse_volunteers,
)
from matching.text import Link, SkillLinker

__all__ = [
    "ASSIGNMENT_COLUMNS",
    "BAND_STEP",
    "CEFR_LEVELS",
    "CRITERIA",
    "DEFAULT_WEIGHTS",
    "ELIGIBILITY_CODES",
    "ELIGIBLE",
    "EXPERIENCE_LEVELS",
    "INELIGIBLE",
    "MATCH_COLUMNS",
    "MODES",
    "NEAR",
    "NEUTRAL_VALUES",
    "REASON_CODES",
    "SKILL_LEVELS",
    "VERSION",
    "VOLUNTEER_COLUMNS",
    "Assignment",
    "Explanation",
    "Link",
    "Matcher",
    "Obstacle",
    "Problem",
    "Reason",
    "Reference",
    "SchemaError",
    "SkillLinker",
    "Volunteer",
    "band_of",
    "linker_for",
    "lot",
    "parse_assignments",
    "parse_volunteers",
]
