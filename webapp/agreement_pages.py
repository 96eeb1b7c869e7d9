"""What the pages on an expectation agreement print: as it stands now, and as a version kept it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from webapp.agreement_words import changes_of, not_agreed, parts_told
from webapp.models import Assignment
from webapp.services import agreements
from webapp.services.agreement_terms import from_rows


def as_it_stands(session: Session, assignment: Assignment, reading: str, language: str) -> dict[str, Any]:
    """Return the agreement as it follows from the assignment now, and what changed since the version kept last."""
    now = agreements.agreed(session, assignment)
    before = from_rows(now.last.terms) if now.last and not now.is_kept else now.terms
    return {
        "assignment": assignment,
        "parts": parts_told(now.terms, reading, language),
        "open_terms": not_agreed(now.terms),
        "last": now.last,
        "is_kept": now.is_kept,
        "versions": now.kept,
        "changes": changes_of(before, now.terms, reading, language),
    }


def as_it_was(session: Session, assignment: Assignment, number: int, reading: str, language: str) -> dict[str, Any]:
    """Return a version, and what it changed; NotFound where there is none of this number."""
    past = agreements.past(session, assignment, number)
    changes = changes_of(past.before, past.terms, reading, language) if past.before is not None else None
    return {
        "assignment": assignment,
        "version": past.agreement,
        "parts": parts_told(past.terms, reading, language),
        "changes": changes,
    }
