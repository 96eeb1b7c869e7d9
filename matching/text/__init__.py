"""Text across languages: what a text says about skills, and how near two texts lie to one another."""

from matching.text.linker import CONSTANTS, MAX_CHARACTERS, Link, SkillLinker

__all__ = ["CONSTANTS", "MAX_CHARACTERS", "Link", "SkillLinker"]
