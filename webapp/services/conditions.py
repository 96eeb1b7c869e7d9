"""Conditions of life: what an assignment's facts mean for a volunteer's own "fine / ask me / cannot".

The answers are private to the volunteer. They filter her own list after ranking and are stored in no match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from webapp.models import Assignment, Volunteer

FAR_HOSPITAL_HOURS = 3
HOT_CELSIUS = 38
COLD_CELSIUS = -15
HIGH_METRES = 2500
LONG_WALK_KM = 5
# The columns of an assignment that are read here.
CONDITION_FACTS = (
    *("mode", "lodging", "water", "power", "internet", "hospital_hours"),
    *("hottest_celsius", "coldest_celsius", "altitude_metres", "walking_km", "step_free"),
)
# Hosts describe lodging in free text: these words, in the six languages, stand for the two facts that people ask about.
_SHARED_ROOM = re.compile(
    r"shared (bed)?room|share a room|dormitor|twin room|合住|同住|宿舍|chambre partagée|dortoir|"
    r"habitación compartida|общ(ая|ей) комнат|общежити|غرفة مشتركة",
    re.IGNORECASE,
)
_HOST_FAMILY = re.compile(
    r"host famil|homestay|home stay|with a (local )?family|寄宿家庭|住家|famille d.accueil|chez l.habitant|"
    r"familia anfitriona|familia de acogida|принимающ\w+ семь|عائلة مضيفة|أسرة مضيفة",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Conflict:
    """A condition of the assignment that the volunteer wants to be asked about, or cannot live with."""

    condition: str
    answer: str  # ask | cannot


def conditions_of(assignment: Assignment | Row[Any]) -> frozenset[str]:
    """Return the conditions (codes of vocabulary.CONDITIONS) that the stated facts bring; none for work online."""
    if assignment.mode in ("online", "either"):  # who could work from home need not live there
        return frozenset()
    facts = {
        "shared_room": bool(_SHARED_ROOM.search(assignment.lodging)),
        "host_family": bool(_HOST_FAMILY.search(assignment.lodging)),
        "no_running_water": assignment.water in ("well", "carried"),
        "no_power": assignment.power in ("few_hours", "solar", "none"),
        "no_internet": assignment.internet in ("town", "none"),
        "far_hospital": _above(assignment.hospital_hours, FAR_HOSPITAL_HOURS),
        "heat": _above(assignment.hottest_celsius, HOT_CELSIUS),
        "cold": assignment.coldest_celsius is not None and assignment.coldest_celsius < COLD_CELSIUS,
        "altitude": _above(assignment.altitude_metres, HIGH_METRES),
        "walking": _above(assignment.walking_km, LONG_WALK_KM),
        "steps": assignment.step_free == "no",
    }
    return frozenset(code for code, holds in facts.items() if holds)


def _above(value: int | None, limit: int) -> bool:
    return value is not None and value > limit


def conflicts(volunteer: Volunteer, assignment: Assignment | Row[Any]) -> list[Conflict]:
    """Return where the assignment meets what the volunteer cannot live with or wants to be asked about.

    For the volunteer's own pages only: no other reader, no table and no letter may hold the result.
    """
    said = [(a.condition, a.answer) for a in volunteer.conditions if a.answer != "fine"]
    here = conditions_of(assignment) if said else frozenset()
    answers = [pair for pair in said if pair[0] in here]
    answers.sort(key=lambda pair: (pair[1] != "cannot", pair))
    return [Conflict(condition, answer) for condition, answer in answers]


def has_cannot(volunteer: Volunteer) -> bool:
    """Whether the volunteer marked any condition "cannot"."""
    return any(one.answer == "cannot" for one in volunteer.conditions)


def is_hidden(volunteer: Volunteer, assignment: Assignment | Row[Any]) -> bool:
    """Whether the assignment, or a row with CONDITION_FACTS of it, meets a condition that was marked "cannot"."""
    return has_cannot(volunteer) and any(conflict.answer == "cannot" for conflict in conflicts(volunteer, assignment))
