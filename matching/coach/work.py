"""Is the work described so that somebody can see it: title, tasks, results, days, what both sides bring."""

from __future__ import annotations

from matching.coach.brackets import to_fill_in
from matching.coach.draft import Draft
from matching.coach.finding import MOST_QUOTED, Finding, blanks, parts
from matching.coach.refusals import answered, refused
from matching.coach.statements import LIST_ENTRY, Statement, enough, hollow, statements_of, told

TITLE_WORDS = 3
TASK_WORDS = 30
TASKS = 3
RESULT_WORDS = 6
DAY_WORDS = 8
HARD_WORDS = 4
LEARNING_WORDS = 4
# What empty statements take away, at most, from tasks that are otherwise told in full.
EMPTY_COST = 0.7


def title(draft: Draft) -> Finding:
    """Does the title say what is done?"""
    return Finding("title", enough(draft.title, TITLE_WORDS), {"missing": blanks(title=draft.title)})


def tasks(draft: Draft) -> Finding:
    """Are the tasks concrete, or could they stand in any assignment?"""
    found = statements_of(draft.tasks)
    empty = [one for one in found if (one.is_empty or one.vague) and not to_fill_in(one.text)]
    lengths = [_lengths(one) for one in found]
    length = sum(map(sum, lengths))
    lost = EMPTY_COST * sum(nothing for nothing, _something in lengths) / length if length else 0
    evidence = {
        "missing": blanks(tasks=draft.tasks),
        "phrases": tuple(phrase for one in found for phrase in one.vague)[:MOST_QUOTED],
        "sentences": tuple(one.text for one in empty)[:MOST_QUOTED],
    }
    return Finding("tasks", enough(draft.tasks, TASK_WORDS) * (1 - lost), evidence)


def task_list(draft: Draft) -> Finding:
    """Can several tasks be told apart?"""
    number = sum(one.is_concrete for one in statements_of(draft.tasks))
    return Finding("task_list", min(1.0, number / TASKS), {"missing": blanks(tasks=draft.tasks), "number": number})


def results(draft: Draft) -> Finding:
    """Can somebody check whether the expected results were reached?"""
    found = statements_of(draft.expected_results)
    marks = [mark for one in found if one.is_concrete for mark in _marks(one)]
    evidence = {
        "missing": blanks(expected_results=draft.expected_results),
        "marks": tuple(marks)[:MOST_QUOTED],
        "hollow": hollow(draft.expected_results)[:MOST_QUOTED],
    }
    share = parts((1, answered(draft.expected_results, RESULT_WORDS, "refusal")), (1, bool(marks)))
    return Finding("results", share, evidence)


def real_day(draft: Draft) -> Finding:
    """Is a plain day told, and the hardest thing?"""
    day, hardest = draft.plain_day, draft.hardest_thing
    share = parts((1, answered(day, DAY_WORDS, "refusal")), (1, answered(hardest, HARD_WORDS, "easy")))
    evidence = {
        "missing": blanks(plain_day=day, hardest_thing=hardest),
        "number": int(told(day)),
        "refused": (*refused("refusal", day), *refused("easy", hardest))[:MOST_QUOTED],
    }
    return Finding("real_day", share, evidence)


def both_learn(draft: Draft) -> Finding:
    """Is it said what the local team does well, and what the volunteer will learn?"""
    texts = {"learning": draft.learning, "local_strengths": draft.local_strengths}
    share = parts(*((1, answered(text, LEARNING_WORDS, "unlearnt")) for text in texts.values()))
    no = refused("unlearnt", *texts.values())
    return Finding("both_learn", share, {"missing": blanks(**texts), "refused": no[:MOST_QUOTED]})


def _lengths(one: Statement) -> tuple[float, float]:
    """Return how much of a statement says nothing, and how much something; half of one with a vague phrase each.

    What says something is measured by its telling words, so that empty ones around them do not hide the rest; what
    only says it again is neither. What nearly says something is less empty by so much.
    """
    if one.is_empty:
        return one.length - one.faint, 0
    something = one.told / LIST_ENTRY if one.is_concrete else 0
    return (something / 2, something / 2) if one.vague else (0, something)


def _marks(one: Statement) -> tuple[str, ...]:
    digits = tuple(word for word in one.words if any(sign.isdigit() for sign in word))
    return digits + one.found("checkable")
