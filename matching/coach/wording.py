"""How it is written: no talk of saving people, not too long, sentences that can be read."""

from __future__ import annotations

from matching.coach.draft import Draft
from matching.coach.finding import MOST_QUOTED, Finding, blanks
from matching.coach.statements import LEAST_TOLD, enough, found_in, places_of, statements_of

# What is left after so many phrases that make people small, and beyond.
SHARE_BY_PHRASES = (1.0, 0.5, 0.2, 0.0)
ENOUGH_WORDS = 25
SHORT_TEXT, LONG_TEXT, TOO_LONG_TEXT = 40, 450, 1000
LONG_SENTENCE = 34


def texts_of(draft: Draft) -> dict[str, str]:
    """Return the texts that volunteers read as the description of the work."""
    names = ("title", "tasks", "expected_results", "learning", "local_strengths", "plain_day", "hardest_thing")
    return {name: getattr(draft, name) for name in names}


def equals(draft: Draft) -> Finding:
    """Is nobody made small, or somebody else a saviour?"""
    texts = texts_of(draft)
    phrases = found_in("saviour", texts.values(), spared="spared")
    share = SHARE_BY_PHRASES[min(len(phrases), len(SHARE_BY_PHRASES) - 1)] * enough(draft.tasks, LEAST_TOLD)
    evidence = {
        "missing": blanks(tasks=draft.tasks),
        "phrases": phrases[:MOST_QUOTED],
        "places": places_of("saviour", texts, spared="spared"),
        "judged": bool(phrases),
    }
    return Finding("equals", share, evidence)


def length(draft: Draft) -> Finding:
    """Is there enough to decide on, and not more than people read?"""
    number = sum(one.length for text in texts_of(draft).values() for one in statements_of(text))
    over = max(0.0, number - LONG_TEXT) / (TOO_LONG_TEXT - LONG_TEXT)
    share = enough(draft.tasks, ENOUGH_WORDS) * max(0.0, 1 - over)
    evidence = {
        "missing": blanks(tasks=draft.tasks),
        "number": round(number),
        "most": LONG_TEXT,
        "judged": not SHORT_TEXT <= number <= LONG_TEXT,
    }
    return Finding("length", share, evidence)


def reading(draft: Draft) -> Finding:
    """Do the telling words stand in sentences that a reader in a second language can follow?"""
    found = [one for text in texts_of(draft).values() for one in statements_of(text) if one.is_concrete]
    total = sum(one.told for one in found)
    readable = sum(one.told * min(1.0, LONG_SENTENCE / one.length) ** 2 for one in found)
    longest = max((one.length for one in found), default=0)
    evidence = {
        "missing": blanks(tasks=draft.tasks),
        "number": round(longest),
        "judged": longest > LONG_SENTENCE,  # where the tasks are too short to earn the points, tasks and length say so
    }
    return Finding("reading", (readable / total if total else 0) * enough(draft.tasks, ENOUGH_WORDS), evidence)
