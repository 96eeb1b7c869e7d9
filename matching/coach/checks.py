"""The table of checks: code, weight, the fields that it reads, and the function; the score is their weighted sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matching.coach import asked, money, people, place, ties, time, welcome, wording, work
from matching.coach.draft import Draft
from matching.coach.finding import Finding
from matching.coach.repeats import without_repeats
from matching.coach.tongue import language_of
from matching.facts import UI_LANGUAGES

DESCRIPTION = ("tasks", "expected_results", "learning", "local_strengths", "plain_day", "hardest_thing")


@dataclass(frozen=True, slots=True)
class Check:
    """One idea of a good assignment; `fields` says where on the form the host can mend it.

    `works_in` are the languages whose words it knows; none where it reads answers (days, choices) and no words.
    """

    code: str
    weight: float
    fields: tuple[str, ...]
    run: Callable[[Draft], Finding | None]
    works_in: tuple[str, ...] = ()


CHECKS: tuple[Check, ...] = (
    Check("title", 3, ("title",), work.title, UI_LANGUAGES),
    Check("tasks", 12, ("tasks",), work.tasks, UI_LANGUAGES),
    Check("task_list", 5, ("tasks",), work.task_list, UI_LANGUAGES),
    Check("results", 9, ("expected_results",), work.results, UI_LANGUAGES),
    Check("both_learn", 5, ("learning", "local_strengths"), work.both_learn, UI_LANGUAGES),
    Check("real_day", 4, ("plain_day", "hardest_thing"), work.real_day, UI_LANGUAGES),
    Check("equals", 4, ("title", *DESCRIPTION), wording.equals, UI_LANGUAGES),
    Check("welcome", 3, ("title", *DESCRIPTION, "skills_text", "conditions_text"), welcome.welcome, UI_LANGUAGES),
    Check("length", 2, DESCRIPTION, wording.length, UI_LANGUAGES),
    Check("reading", 3, DESCRIPTION, wording.reading, UI_LANGUAGES),
    Check("skills_named", 4, ("skills",), asked.skills_named, UI_LANGUAGES),
    Check("essentials", 6, ("skills",), asked.essentials),
    Check("levels", 3, ("skills", "experience_level"), asked.levels, UI_LANGUAGES),
    Check("languages", 5, ("languages",), asked.languages, UI_LANGUAGES),
    Check("dates", 5, ("start_on", "end_on", "weeks"), time.dates),
    Check("hours", 3, ("hours",), time.hours, UI_LANGUAGES),
    Check("pace", 2, ("weeks", "tasks", "expected_results"), time.pace, UI_LANGUAGES),
    Check("living", 4, ("lodging", "water", "power", "internet"), place.living, UI_LANGUAGES),
    Check("safety", 3, ("hospital_hours", "hottest_celsius", "walking_km"), place.safety, UI_LANGUAGES),
    Check("access", 2, ("step_free",), place.access),
    Check("provided", 3, ("money",), money.provided, UI_LANGUAGES),
    Check("money_clear", 2, ("money",), money.money_clear, UI_LANGUAGES),
    Check("supervision", 4, ("supervisor", "supervision_hours"), people.supervision, UI_LANGUAGES),
    Check("contact", 2, ("contact_children", "contact_adults"), people.contact, UI_LANGUAGES),
    Check("community", 3, ("community_consulted",), people.community, UI_LANGUAGES),
    Check("handover", 4, ("counterpart", "handover"), people.handover, UI_LANGUAGES),
    Check("displacement", 4, ("was_paid_post", "locals_sought", "why_not_paid_local"), ties.displacement, UI_LANGUAGES),
    Check("openness", 2, ("funder", "sponsor", "project_ties", "community_dispute"), ties.openness),
    Check("serves", 3, ("national_priority", "sdg_targets"), ties.serves, UI_LANGUAGES),
)


@dataclass(frozen=True, slots=True)
class Advice:
    """The score of a draft (0 to 100) and what each check that applies found, in the order of the form.

    `unread` are the checks that do not know the words of the language in which the draft is written.
    """

    score: float
    findings: tuple[Finding, ...]
    unread: tuple[str, ...] = ()


def coach(draft: Draft) -> Advice:
    """Return how well a draft is described; a check that does not apply to it (online work) takes no part."""
    once = without_repeats(draft)
    weighed = [(check.weight, found) for check in CHECKS if (found := check.run(once)) is not None]
    total = sum(weight for weight, _found in weighed)
    score = 100 * sum(weight * found.share for weight, found in weighed) / total
    tongue = language_of("\n".join(getattr(draft, name) for name in ("title", *DESCRIPTION)))
    unread = tuple(check.code for check in CHECKS if tongue and check.works_in and tongue not in check.works_in)
    return Advice(round(score, 6), tuple(found for _weight, found in weighed), unread)
