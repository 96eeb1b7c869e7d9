"""What is asked of people: skills split by importance, levels that fit, languages that the place needs."""

from __future__ import annotations

from matching.coach.draft import Draft, DraftLanguage
from matching.coach.finding import Finding, blanks, parts
from matching.coach.statements import enough, found_in

FEW_ESSENTIALS = 3
SKILL_WORDS = 5
FIRST_LEVEL, THIRD_LEVEL = 1, 3
MOST_LANGUAGES = 2
LEAST_TALK = "A1"  # a few words: too little to teach in, above it simple talk goes
HIGH = {"C1": 0.5, "C2": 0.1, "N": 0.0}


def skills_named(draft: Draft) -> Finding:
    """Are skills chosen from the list? The host's own words alone stand for half."""
    share = 1.0 if draft.skills else 0.5 * enough(draft.skills_text, SKILL_WORDS)
    return Finding("skills_named", share, {"missing": blanks(skills=draft.skills)})


def essentials(draft: Draft) -> Finding:
    """Are few skills essential, and the others desirable? Every essential skill turns people away."""
    essential = sum(skill.is_essential for skill in draft.skills)
    few = max(0.0, 1 - 0.25 * max(0, essential - FEW_ESSENTIALS))
    evidence = {
        "missing": blanks(skills=draft.skills),
        "number": essential,
        "most": FEW_ESSENTIALS,
        "single": essential == len(draft.skills) == 1,
    }
    return Finding(
        "essentials", parts((1, _split(essential, len(draft.skills))), (1, few)) if draft.skills else 0.0, evidence
    )


def _split(essential: int, number: int) -> float:
    """Return how well skills are split: a single essential one is nearly all right, and so are none."""
    if essential == number:
        return 0.7 if number == 1 else 0.0
    return 1.0 if essential else 0.8


def levels(draft: Draft) -> Finding:
    """Do levels and licences fit whom the host looks for, the tasks, and the time that somebody has for guidance?"""
    essential = [skill for skill in draft.skills if skill.is_essential]
    high = tuple(one.code for one in essential if (one.level or 0) >= THIRD_LEVEL)
    unlicensed = tuple(one.code for one in essential if one.licensed and not one.needs_licence)
    misfit = draft.experience_level == "newcomer" and bool(high)
    guided = draft.supervision_hours == 0 and any(one.level == FIRST_LEVEL for one in draft.skills)
    low = bool(essential) and all(one.level == FIRST_LEVEL for one in essential) and _teaches(draft)
    stated = sum(one.level is not None for one in draft.skills) / len(draft.skills) if draft.skills else 0.0
    share = parts((2, stated), (1, bool(draft.experience_level)))
    evidence = {
        "missing": blanks(skills=draft.skills, experience_level=draft.experience_level),
        "high": high if misfit else (),
        "unlicensed": unlicensed,
        "guided": guided,
        "low": low,
    }
    share *= (0.4 if misfit else 1) * (0.7 if unlicensed else 1) * (0.7 if guided or low else 1)
    return Finding("levels", share, evidence)


def languages(draft: Draft) -> Finding:
    """Is a language of the place named, enough of it where people are taught, and none above what the work needs?"""
    required = [one for one in draft.languages if one.is_required]
    high = tuple(one.language_and_level for one in map(_Asked, required) if one.cost)
    wanted = min((1 - _Asked(one).cost for one in required), default=1.0)
    few = 1.0 if len(required) <= MOST_LANGUAGES else 0.5
    mute = _teaches(draft) and not _can_talk(draft)
    local = draft.is_online or not draft.local_languages or _names_local(draft)
    evidence = {
        "missing": blanks(languages=draft.languages),
        "high": high,
        "local": () if local else draft.local_languages,
        "number": len(required),
        "mute": local and mute,
    }
    share = parts((2, local), (2, wanted), (1, few)) if draft.languages else 0.0
    return Finding("languages", share * (0.85 if local and mute else 1), evidence)


def _teaches(draft: Draft) -> bool:
    return bool(found_in("teaching", (draft.tasks,)))


def _can_talk(draft: Draft) -> bool:
    """Whether simple talk with people of the place is asked for, or somebody interprets; online nobody need."""
    enough_of = {one.code for one in draft.languages if one.is_required and one.level != LEAST_TALK}
    is_local = not draft.local_languages or bool(enough_of & set(draft.local_languages))
    return draft.is_online or is_local or bool(found_in("interpreter", (draft.tasks, draft.conditions_text)))


def _names_local(draft: Draft) -> bool:
    return bool({one.code for one in draft.languages} & set(draft.local_languages))


class _Asked:
    """A language as it is asked, with what its height costs; where safety depends on it any level is right."""

    def __init__(self, asked: DraftLanguage) -> None:
        self.cost = 0.0 if asked.for_safety or asked.level not in HIGH else 1 - HIGH[asked.level]
        self.language_and_level = (asked.code, asked.level)
