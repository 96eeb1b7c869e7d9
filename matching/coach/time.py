"""When it is, how long, and how many hours: do they fit one another and the tasks?"""

from __future__ import annotations

from datetime import date

from matching.coach.draft import Draft
from matching.coach.finding import Finding, blanks, parts
from matching.coach.statements import statements_of

SHORTEST_ABROAD_WEEKS = 3
FEWEST_HOURS, FULL_HOURS, MOST_HOURS = 3, 40, 48
HOURS_A_TASK = 1.5  # a week
# Of the whole stay. What can be told as a task of its own takes two working days at least, and a result a week to be
# seen and checked; one task for more than a quarter of a year says little of what is done later.
LEAST_HOURS_A_TASK, RESULTS_A_WEEK, MOST_WEEKS_A_TASK = 15, 1, 13


def stay_is_too_long(start_on: date | None, end_on: date | None, weeks: int | None) -> bool:
    """Whether the shortest stay is longer than the time between the first and the last day."""
    if start_on is None or end_on is None or weeks is None:
        return False
    return weeks * 7 > (end_on - start_on).days + 1


def dates(draft: Draft) -> Finding:
    """Are the days and the shortest stay given, and do they fit?"""
    given = {"start_on": draft.start_on, "end_on": draft.end_on, "weeks": draft.weeks}
    too_long = stay_is_too_long(draft.start_on, draft.end_on, draft.weeks)
    abroad = draft.places_international > 0 and not draft.is_online
    short = draft.weeks is not None and draft.weeks < SHORTEST_ABROAD_WEEKS and abroad
    share = parts(*((1, value is not None) for value in given.values()))
    last = draft.end_on or draft.start_on
    over = last is not None and draft.today is not None and last < draft.today
    evidence = {
        "missing": blanks(**given),
        "too_long": too_long,
        "short": short,
        "over": over,
        "number": draft.weeks or 0,
    }
    share *= (0.3 if too_long or over else 1) * (0.5 if short else 1)
    return Finding("dates", share, evidence)


def pace(draft: Draft) -> Finding:
    """Do the weeks fit the number of tasks and results? All thresholds are mild: some tasks are done every week."""
    tasks, results = _number(draft.tasks), _number(draft.expected_results)
    weeks = draft.weeks or 0
    hurried = draft.hours is not None and weeks * draft.hours < tasks * LEAST_HOURS_A_TASK
    early, idle = results > weeks * RESULTS_A_WEEK, weeks > tasks * MOST_WEEKS_A_TASK
    share = (0.5 if hurried else 1) * (0.7 if early else 1) * (0.7 if idle else 1)
    too_long = stay_is_too_long(draft.start_on, draft.end_on, draft.weeks)  # then the weeks tell nothing yet
    is_said = bool(weeks and tasks) and not too_long
    evidence = {
        "too_long": too_long,
        "missing": blanks(weeks=draft.weeks, tasks=draft.tasks),
        "hurried": is_said and hurried,
        "early": is_said and early,
        "idle": is_said and idle,
        "number": tasks,
        "results": results,
        "weeks": weeks,
    }
    return Finding("pace", share if is_said else 0.0, evidence)


def _number(text: str) -> int:
    return sum(one.is_concrete for one in statements_of(text))


def hours(draft: Draft) -> Finding:
    """Are the hours a week given, humane, and enough for the tasks?"""
    given = draft.hours
    if given is None:
        return Finding("hours", 0.0, {"missing": ("hours",)})
    crowded = given < _number(draft.tasks) * HOURS_A_TASK
    share = 1.0 if FEWEST_HOURS <= given <= FULL_HOURS else 0.6 if FULL_HOURS < given <= MOST_HOURS else 0.3
    share *= 0.5 if crowded else 1
    return Finding("hours", share, {"missing": (), "number": given, "most": FULL_HOURS, "crowded": crowded})
