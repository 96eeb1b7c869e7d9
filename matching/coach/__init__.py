"""The coach: how well an assignment is described, as named checks with shares and evidence, never as sentences."""

from matching.coach.brackets import filled_in, to_fill_in
from matching.coach.checks import CHECKS, Advice, Check, coach
from matching.coach.draft import Draft, DraftLanguage, DraftMoney, DraftSkill
from matching.coach.finding import Finding
from matching.coach.time import stay_is_too_long

__all__ = [
    "CHECKS",
    "Advice",
    "Check",
    "Draft",
    "DraftLanguage",
    "DraftMoney",
    "DraftSkill",
    "Finding",
    "coach",
    "filled_in",
    "stay_is_too_long",
    "to_fill_in",
]
