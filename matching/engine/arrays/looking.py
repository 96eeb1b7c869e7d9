"""What bytes add to the most that people can score, and which rules they fail, by whole columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from matching.criteria import country, interests, languages, skills
from matching.engine.arrays.kinds import Bytes, Places
from matching.engine.language_credits import TOLD
from matching.engine.levels import Levels
from matching.engine.segment import CAUSE, LANGUAGE
from matching.engine.view import View

if TYPE_CHECKING:
    from matching.engine.looks import Look, Looks

Key = TypeVar("Key")
OUT = 2  # who fails so many rules, or one by much, is not listed
AT_ONCE = 50  # looks of a kind, before fails are cut back: what all of them add must not run over a byte
UNNAMED = 128  # added to a number of goals where the profile names none
NO_RULE: Bytes = np.zeros(256, np.uint8)  # of no byte any rule fails


def looked_up(view: View, looks: Looks) -> tuple[Bytes, Levels]:
    """Return how many rules people fail by little (OUT or more: not listed), and the rows of their bounds."""
    fails, values = np.zeros(view.size, np.uint8), np.repeat(looks.same[:, None], view.size, axis=1)
    # A level that nobody has stands for a profile without any language.
    unnamed = ((view.flags & np.uint8(LANGUAGE)) == 0).view(np.uint8) * np.uint8(TOLD)
    for code, look in in_turn(looks.languages, fails):
        held = view.language(code) | unnamed
        values[looks.rows[languages.NAME]] += np.take(look.points, held)
        fails += np.take(look.fails, held)
    of_skills = values[looks.rows[skills.NAME]]
    for number, look in in_turn(looks.skills, fails):
        whose, codes = view.covered(number)
        of_skills += look.points[0]
        of_skills[whose] += (look.points - look.points[0])[codes]  # a difference below nought goes round, and back
        fails[whose] += look.fails[codes]
    if looks.wishes is not None:
        row, points = looks.wishes
        values[looks.rows[country.NAME]] += np.take(points, view.column("wishes", row))
    if looks.goals is not None:
        asked, points = looks.goals
        unnamed = ((view.flags & np.uint8(CAUSE)) == 0).view(np.uint8) * np.uint8(UNNAMED)
        shared = np.bitwise_count(view.column("goals") & asked)
        values[looks.rows[interests.NAME]] += np.take(points, shared | unnamed)
    return fails, values


def in_turn(looks: Mapping[Key, Look], fails: Bytes) -> Iterator[tuple[Key, Look]]:
    """Yield what is looked up one after the other; meanwhile nobody's fails run over a byte."""
    for place, one in enumerate(looks.items(), start=1):
        if place % AT_ONCE == 0:
            np.minimum(fails, OUT, out=fails)
        yield one


def bytes_of(view: View, skills: Places) -> Bytes:
    """Return the byte of some skills of each person, (skills, people)."""
    rows = [view.column("coverage", skill) for skill in skills]
    return np.stack(rows) if rows else np.zeros((0, view.size), np.uint8)
