"""Text across languages: what a text says about skills, and how near two texts lie to one another."""

from matching.text import likeness, linker
from matching.text.calibration import Calibration
from matching.text.letters import Link
from matching.text.likeness import Likeness, Said
from matching.text.linker import SkillLinker
from matching.text.passages import MAX_CHARACTERS

# The calibration names the fingerprint of the head to which it belongs.
CONSTANTS = {**linker.CONSTANTS, **likeness.CONSTANTS, "calibration": Calibration.load().to_dict()}

__all__ = ["CONSTANTS", "MAX_CHARACTERS", "Likeness", "Link", "Said", "SkillLinker"]
