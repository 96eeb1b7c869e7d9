"""Who is shut out without need: by age, sex, looks, body, origin, first language, faith, family or purse."""

from __future__ import annotations

from matching.coach.draft import Draft
from matching.coach.finding import MOST_QUOTED, Finding, blanks
from matching.coach.statements import LEAST_TOLD, enough, found_in, places_of
from matching.coach.wording import SHARE_BY_PHRASES, texts_of

# Each has a list of phrases (words.csv, shut_...) that ask it of the volunteer; who is served is none of them.
KINDS = ("age", "sex", "looks", "body", "origin", "tongue", "belief", "family", "means")


def welcome(draft: Draft) -> Finding:
    """Does it ask for what the work needs, and not for what somebody is?"""
    texts = texts_of(draft) | {"skills_text": draft.skills_text, "conditions_text": draft.conditions_text}
    found = {kind: found_in(f"shut_{kind}", texts.values(), spared="spared")[:MOST_QUOTED] for kind in KINDS}
    places = tuple(name for kind in KINDS if found[kind] for name in places_of(f"shut_{kind}", texts, spared="spared"))
    number = sum(map(len, found.values()))
    share = SHARE_BY_PHRASES[min(number, len(SHARE_BY_PHRASES) - 1)] * enough(draft.tasks, LEAST_TOLD)
    evidence = {"missing": blanks(tasks=draft.tasks), **found, "places": places, "judged": number > 0}
    return Finding("welcome", share, evidence)
