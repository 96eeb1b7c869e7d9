"""What the page of an application says of questions, references and the interview."""

from __future__ import annotations

from typing import Any

from flask import g

from webapp.db import Session
from webapp.models import Application
from webapp.recruitment_words import answered
from webapp.services.errors import NotFound
from webapp.services.recruitment import access, applying, conduct, referees, scorecards


def recruitment_of(found: Application) -> dict[str, Any] | None:
    """Return the answers and how far the rest is; None where the person may not be seen any more."""
    try:
        access.seen_application(Session(), g.account, found.id)
    except NotFound:
        return None
    named = referees.references_of(Session(), found)
    answers = [one.answer for one in named if one.answer is not None]
    return {
        "answers": answered(applying.answers_of(Session(), found)),
        "declared": conduct.declaration_of(Session(), found),
        "named": len(referees.live(named)),
        "needed": referees.NEEDED,
        "answered": sum(one.answer is not None for one in referees.named(named)),
        "needs_a_person": any(one.misconduct == "yes" and one.looked_at is None for one in answers),
        "cards": scorecards.cards_of(Session(), g.account, found).sent,
        "raters": scorecards.RATERS,
    }
