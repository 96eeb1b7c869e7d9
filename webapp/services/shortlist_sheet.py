"""Who stands on the coordinator's own printed sheet: applicants, people with a good word, the best of the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Application, Assignment, User
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.services import judgements, match_review, shown_matches
from webapp.services.match_review import Row
from webapp.services.visibility import current_matches

ON_SHEET = ("endorse", "propose", "invite")


@dataclass(frozen=True)
class SheetPeople:
    """The rows of the sheet, best band first, and applicants whom no match suggests."""

    rows: list[Row]
    without_match: Sequence[Application]


def people(session: Session, account: User, assignment: Assignment, best: int = 0) -> SheetPeople:
    """Return who stands on the sheet; a dismissed person stands on it only as an applicant."""
    standing = judgements.standing(session, assignment)
    wanted = {person for person, word in standing.items() if word.verdict in ON_SHEET}
    wanted |= _applicants(session, assignment)
    wanted |= {match.volunteer_id for match in match_review.best(session, assignment, best)} if best else set()
    matches = [match for match in current_matches(session, assignment) if match.volunteer_id in wanted]
    rows = match_review.rows_of(session, account, assignment, matches)
    return SheetPeople(rows, shown_matches.applicants_without_match(session, assignment))


def _applicants(session: Session, assignment: Assignment) -> set[int]:
    live = Application.state.in_(LIVE_APPLICATION_STATES)
    query = select(Application.volunteer_id).where(Application.assignment_id == assignment.id, live)
    return set(session.scalars(query))
