"""The table of checks: code, weight, the fields that it reads, and the function; the score is their weighted sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matching.coach import asked, money, people, place, ties, time, welcome, wording, work
from matching.coach.draft import Draft
from matching.coach.finding import Finding

DESCRIPTION = ("tasks", "expected_results", "learning", "local_strengths", "plain_day", "hardest_thing")


@dataclass(frozen=True, slots=True)
class Check:
    """One idea of a good assignment; `fields` says where on the form the host can mend it."""

    code: str
    weight: float
    fields: tuple[str, ...]
    run: Callable[[Draft], Finding | None]


CHECKS: tuple[Check, ...] = (
    Check("title", 3, ("title",), work.title),
    Check("tasks", 12, ("tasks",), work.tasks),
    Check("task_list", 5, ("tasks",), work.task_list),
    Check("results", 9, ("expected_results",), work.results),
    Check("both_learn", 5, ("learning", "local_strengths"), work.both_learn),
    Check("real_day", 4, ("plain_day", "hardest_thing"), work.real_day),
    Check("equals", 4, ("title", *DESCRIPTION), wording.equals),
    Check("welcome", 3, ("title", *DESCRIPTION, "skills_text", "conditions_text"), welcome.welcome),
    Check("length", 2, DESCRIPTION, wording.length),
    Check("reading", 3, DESCRIPTION, wording.reading),
    Check("skills_named", 4, ("skills",), asked.skills_named),
    Check("essentials", 6, ("skills",), asked.essentials),
    Check("levels", 3, ("skills", "experience_level"), asked.levels),
    Check("languages", 5, ("languages",), asked.languages),
    Check("dates", 5, ("start_on", "end_on", "weeks"), time.dates),
    Check("hours", 3, ("hours",), time.hours),
    Check("pace", 2, ("weeks", "tasks", "expected_results"), time.pace),
    Check("living", 4, ("lodging", "water", "power", "internet"), place.living),
    Check("safety", 3, ("hospital_hours", "hottest_celsius", "walking_km"), place.safety),
    Check("access", 2, ("step_free",), place.access),
    Check("provided", 3, ("money",), money.provided),
    Check("money_clear", 2, ("money",), money.money_clear),
    Check("supervision", 4, ("supervisor", "supervision_hours"), people.supervision),
    Check("contact", 2, ("contact_children", "contact_adults"), people.contact),
    Check("community", 3, ("community_consulted",), people.community),
    Check("handover", 4, ("counterpart", "handover"), people.handover),
    Check("displacement", 4, ("was_paid_post", "locals_sought", "why_not_paid_local"), ties.displacement),
    Check("openness", 2, ("funder", "sponsor", "project_ties", "community_dispute"), ties.openness),
    Check("serves", 3, ("national_priority", "sdg_targets"), ties.serves),
)


@dataclass(frozen=True, slots=True)
class Advice:
    """The score of a draft (0 to 100) and what each check that applies found, in the order of the form."""

    score: float
    findings: tuple[Finding, ...]


def coach(draft: Draft) -> Advice:
    """Return how well a draft is described; a check that does not apply to it (online work) takes no part."""
    weighed = [(check.weight, found) for check in CHECKS if (found := check.run(draft)) is not None]
    total = sum(weight for weight, _found in weighed)
    score = 100 * sum(weight * found.share for weight, found in weighed) / total
    return Advice(round(score, 6), tuple(found for _weight, found in weighed))
