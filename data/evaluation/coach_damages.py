"""How an assignment is made worse on purpose, to see whether the coach notices: written before its checks.

Each damage takes a draft and a drawing of chance and returns the worse copy, or None where the part that it damages
is not there. The vague sentences say what offices write where they have not thought yet, and belong to no word list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

from matching.coach.draft import Draft

_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
VAGUE = (
    "The person helps out wherever a hand is wanted.",
    "There is always plenty to do and every day is different.",
    "Our team will be glad of any support it can get.",
    "You will be part of several projects and take on different duties.",
    "Activities depend on the interests of the volunteer and the situation on the ground.",
    "The volunteer contributes to the work of our organization in a meaningful way.",
    "Further responsibilities will be given when the time comes.",
    "He or she assists the staff in everything that comes up.",
    "Volunteers get involved with the community and its development.",
    "The role includes general help with programmes, events and other things.",
    "We expect commitment and the will to make things better.",
    "Together we work on a better future for everybody.",
)
PADDING = (
    "This is a wonderful chance to make a real difference every single day.",
    "Our work is very important and really means a lot to all of us.",
    "It will be a great and truly unforgettable experience for everyone.",
    "We warmly welcome all kinds of people who want to do something good.",
    "As everybody knows, these things are extremely valuable in many ways.",
)
SAVING = (
    "Bring hope to these poor and helpless people.",
    "They are backward and depend on the help of experts from abroad.",
    "Come and save the children of this forgotten village.",
)
TITLES = ("Volunteer needed", "Help us!", "Great opportunity for volunteers", "Various tasks")
Damage = Callable[[Draft, Random], Draft | None]


def tasks_removed(draft: Draft, chance: Random) -> Draft | None:
    """Leave the tasks out."""
    return replace(draft, tasks="") if draft.tasks.strip() else None


def tasks_cut(draft: Draft, chance: Random) -> Draft | None:
    """Keep the first sentence of three or more."""
    parts = sentences(draft.tasks)
    return replace(draft, tasks=parts[0]) if len(parts) > 2 else None


def tasks_vague(draft: Draft, chance: Random) -> Draft | None:
    """Say every sentence in a vague one instead."""
    parts = sentences(draft.tasks)
    return replace(draft, tasks=" ".join(_vague(len(parts), chance))) if parts else None


def tasks_half_vague(draft: Draft, chance: Random) -> Draft | None:
    """Say every second sentence in a vague one instead."""
    parts = sentences(draft.tasks)
    if len(parts) < 2:
        return None
    vague = _vague(len(parts), chance)
    return replace(draft, tasks=" ".join(vague[at] if at % 2 else part for at, part in enumerate(parts)))


def title_vague(draft: Draft, chance: Random) -> Draft | None:
    """Give it a title that could stand over any other."""
    return replace(draft, title=chance.choice(TITLES)) if len(draft.title.split()) > 2 else None


def all_essential(draft: Draft, chance: Random) -> Draft | None:
    """Make every skill essential."""
    if all(skill.is_essential for skill in draft.skills):
        return None
    return replace(draft, skills=tuple(replace(skill, is_essential=True) for skill in draft.skills))


def skills_removed(draft: Draft, chance: Random) -> Draft | None:
    """Leave the skills out, in the list and in words."""
    return replace(draft, skills=(), skills_text="") if draft.skills else None


def language_raised(draft: Draft, chance: Random) -> Draft | None:
    """Ask for a first language where some knowledge was asked."""
    if not any(one.is_required and one.level in ("A1", "A2", "B1", "B2") for one in draft.languages):
        return None
    return replace(draft, languages=tuple(replace(one, level="N") for one in draft.languages))


def language_removed(draft: Draft, chance: Random) -> Draft | None:
    """Leave the languages out."""
    return replace(draft, languages=()) if draft.languages else None


def no_dates(draft: Draft, chance: Random) -> Draft | None:
    """Leave the dates out."""
    has_dates = draft.start_on or draft.end_on or draft.weeks
    return replace(draft, start_on=None, end_on=None, weeks=None) if has_dates else None


def dates_impossible(draft: Draft, chance: Random) -> Draft | None:
    """Let the shortest stay be longer than the time between the days."""
    if not draft.start_on or not draft.end_on:
        return None
    longer = (draft.end_on - draft.start_on + timedelta(days=40)).days // 7
    return replace(draft, weeks=longer)


def conditions_removed(draft: Draft, chance: Random) -> Draft | None:
    """Say nothing about living there."""
    if not (draft.conditions_text or draft.lodging or draft.water):
        return None
    return replace(draft, conditions_text="", lodging="", water="", power="", internet="", hospital_hours=None)


def saving_words(draft: Draft, chance: Random) -> Draft | None:
    """Add a sentence about people who need saving."""
    return replace(draft, tasks=f"{draft.tasks.rstrip()} {chance.choice(SAVING)}") if draft.tasks.strip() else None


def one_long_sentence(draft: Draft, chance: Random) -> Draft | None:
    """Write three sentences or more as a single one."""
    parts = sentences(draft.tasks)
    return replace(draft, tasks=", and ".join(part.rstrip(".!?") for part in parts)) if len(parts) > 2 else None


DAMAGES: tuple[Damage, ...] = (
    tasks_removed,
    tasks_cut,
    tasks_vague,
    tasks_half_vague,
    title_vague,
    all_essential,
    skills_removed,
    language_raised,
    language_removed,
    no_dates,
    dates_impossible,
    conditions_removed,
    saving_words,
    one_long_sentence,
)


def padded(draft: Draft, chance: Random) -> Draft:
    """Return the draft with empty sentences at the end of its tasks."""
    return replace(draft, tasks=" ".join([draft.tasks.rstrip(), *chance.sample(PADDING, 3)]).strip())


def sentences(text: str) -> list[str]:
    """Return the sentences and lines of a text."""
    return [part.strip() for part in _SENTENCES.split(text) if part.strip()]


def _vague(number: int, chance: Random) -> list[str]:
    drawn = chance.sample(VAGUE, len(VAGUE))
    return [drawn[at % len(drawn)] for at in range(number)]
