"""What reading a cell depends on besides the cell, and how a cell with a list is parted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class Context:
    """What the reading of one row depends on besides the cell."""

    today: date
    date_order: str = ""
    shift_years: int = 0
    skill_level: str = ""  # for skills that name none
    language_level: str = ""  # for languages that name none

    def level(self, name: str) -> str:
        """Return the level called `name` (skill_level or language_level)."""
        return self.skill_level if name == "skill_level" else self.language_level

    def with_level(self, name: str, word: str) -> Context:
        """Return the same with another level called `name`."""
        if word == self.level(name):
            return self
        if name == "skill_level":
            return replace(self, skill_level=word)
        return replace(self, language_level=word)


def items(cell: str, marks: str = "|;,、，；\n") -> list[str]:
    """Return the parts of a list; the first of `marks` that occurs parts it."""
    for mark in marks:
        if mark in cell:
            return [part.strip() for part in cell.split(mark) if part.strip()]
    return [cell.strip()] if cell.strip() else []
