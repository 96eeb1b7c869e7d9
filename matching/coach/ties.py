"""What stands behind it: local jobs, money and interests, the plan and the goals that it serves."""

from __future__ import annotations

from matching.coach.draft import Draft
from matching.coach.finding import MOST_QUOTED, Finding, blanks, parts
from matching.coach.refusals import answered, refused

ANSWER_WORDS = 5
PRIORITY_WORDS = 3
MOST_TARGETS = 5


def displacement(draft: Draft) -> Finding:
    """Do the answers show that no local person loses paid work?"""
    given = {"locals_sought": draft.locals_sought, "why_not_paid_local": draft.why_not_paid_local}
    missing = blanks(was_paid_post=draft.was_paid_post, **given)
    answers = ((2, answered(text, ANSWER_WORDS, "unsought")) for text in given.values())
    share = parts((1, draft.was_paid_post is not None), *answers)
    no = refused("unsought", *given.values())
    return Finding("displacement", share, {"missing": missing, "refused": no[:MOST_QUOTED]})


def openness(draft: Draft) -> Finding:
    """Are funder, sponsor, ties to projects and disputes named? A "none" is an answer."""
    given = {
        "funder": draft.funder,
        "sponsor": draft.sponsor,
        "project_ties": draft.project_ties,
        "community_dispute": draft.community_dispute,
    }
    missing = blanks(**given)
    return Finding("openness", 1 - len(missing) / len(given), {"missing": missing})


def serves(draft: Draft) -> Finding:
    """Does it name the national priority, and the few targets that it serves most?"""
    number = len(draft.sdg_targets)
    targets = 0.0 if not number else 1.0 if number <= MOST_TARGETS else 0.5
    missing = blanks(national_priority=draft.national_priority, sdg_targets=draft.sdg_targets)
    share = parts((1, answered(draft.national_priority, PRIORITY_WORDS, "unserved")), (1, targets))
    no = refused("unserved", draft.national_priority)
    evidence = {"missing": missing, "number": number, "most": MOST_TARGETS, "refused": no[:MOST_QUOTED]}
    return Finding("serves", share, evidence)
