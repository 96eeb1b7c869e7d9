"""The people there: who supervises, who works beside the volunteer and goes on, whom the work touches."""

from __future__ import annotations

from matching.coach.draft import Draft
from matching.coach.finding import MOST_QUOTED, Finding, blanks, parts
from matching.coach.refusals import answered, is_named, refused, unnamed
from matching.coach.statements import found_in

HOURS_A_SUPERVISED_HOUR = 20
HANDOVER_WORDS = 5
CONSULTED_WORDS = 6


def supervision(draft: Draft) -> Finding:
    """Is there a supervisor with time for it: an hour for each twenty of work?"""
    wanted = max(1.0, (draft.hours or 0) / HOURS_A_SUPERVISED_HOUR)
    given = draft.supervision_hours or 0
    missing = blanks(supervisor=draft.supervisor, supervision_hours=draft.supervision_hours)
    share = parts((2, is_named(draft.supervisor)), (3, min(1.0, given / wanted)))
    no = unnamed(draft.supervisor)
    return Finding("supervision", share, {"missing": missing, "number": given, "wanted": round(wanted), "refused": no})


def handover(draft: Draft) -> Finding:
    """Is there a local colleague, and does somebody go on with the work afterwards?"""
    missing = blanks(counterpart=draft.counterpart, handover=draft.handover)
    share = parts((1, is_named(draft.counterpart)), (1, answered(draft.handover, HANDOVER_WORDS, "unplanned")))
    no = (*unnamed(draft.counterpart), *refused("unplanned", draft.handover))
    return Finding("handover", share, {"missing": missing, "refused": no[:MOST_QUOTED]})


def contact(draft: Draft) -> Finding:
    """Is contact with children and adults at risk answered, and does it agree with the tasks?"""
    missing = blanks(contact_children=draft.contact_children, contact_adults=draft.contact_adults)
    words = found_in("children", (draft.title, draft.tasks, draft.plain_day), spared="spared")
    denied = words if draft.contact_children == "none" else ()
    alone = "unsupervised" in (draft.contact_children, draft.contact_adults)
    share = (2 - len(missing)) / 2 * (0.3 if denied else 1) * (0.6 if alone else 1)
    return Finding("contact", share, {"missing": missing, "phrases": denied[:MOST_QUOTED], "alone": alone})


def community(draft: Draft) -> Finding:
    """Is it said who in the community was asked, and what changed?"""
    text = draft.community_consulted
    evidence = {"missing": blanks(community_consulted=text), "refused": refused("unasked", text)[:MOST_QUOTED]}
    return Finding("community", answered(text, CONSULTED_WORDS, "unasked"), evidence)
