"""The expectation agreement of an assignment, kept in versions (R12).

One rule: when an office opens an assignment, or a list of its changes an open one, `standing` keeps the next version
where the terms are no longer those of the last one. Reading keeps nothing, and better wording by the host shows as
changed since. Whoever needs a version to point at (a placement that is signed) calls `standing` too.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Agreement, Assignment, Placement
from webapp.services import versions
from webapp.services.agreement_terms import Term, from_rows, terms_of
from webapp.services.errors import NotFound


@dataclass(frozen=True)
class Agreed:
    """The terms as they follow from the assignment now, and the versions kept of them, the first one first."""

    terms: list[Term]
    kept: list[Agreement]

    @property
    def last(self) -> Agreement | None:
        """Return the newest version; None while it is a draft."""
        return self.kept[-1] if self.kept else None

    @property
    def is_kept(self) -> bool:
        """Whether the newest version says what the terms are now."""
        return self.last is not None and self.last.terms == [term.as_row() for term in self.terms]


@dataclass(frozen=True)
class Past:
    """A version, its terms, and those of the one before it (None: it is the first)."""

    agreement: Agreement
    terms: list[Term]
    before: list[Term] | None


def agreed(session: Session, assignment: Assignment) -> Agreed:
    """Return the terms of an assignment now, with the versions that are kept."""
    return Agreed(terms_of(assignment), _versions_of(session, assignment))


def past(session: Session, assignment: Assignment, number: int) -> Past:
    """Return a version by its number; NotFound where there is none."""
    found = {one.number: one for one in _versions_of(session, assignment)}
    if number not in found:
        raise NotFound
    before = found.get(number - 1)
    return Past(found[number], from_rows(found[number].terms), from_rows(before.terms) if before else None)


def terms_for(session: Session, placement: Placement) -> list[Term]:
    """Return the terms that held when a placement was agreed; those of now where no version is as old."""
    kept = [one for one in _versions_of(session, placement.assignment) if one.made_at <= placement.created_at]
    return from_rows(kept[-1].terms) if kept else terms_of(placement.assignment)


def standing(session: Session, assignment: Assignment) -> Agreement:
    """Return the version whose terms are those of now; one is kept where none is."""
    # Asked for twice at once, the second waits here and finds the first one's version.
    session.flush()
    session.refresh(assignment, ["state"], with_for_update=True)
    now = agreed(session, assignment)
    if now.last is not None and now.is_kept:
        return now.last
    agreement = Agreement(
        assignment_id=assignment.id,
        number=now.last.number + 1 if now.last else 1,
        assignment_version_id=versions.standing(session, assignment).id,
        terms=[term.as_row() for term in now.terms],
        made_at=clock.now(),
    )
    session.add(agreement)
    session.flush()
    return agreement


def _versions_of(session: Session, assignment: Assignment) -> list[Agreement]:
    query = select(Agreement).where(Agreement.assignment_id == assignment.id).order_by(Agreement.number)
    return list(session.scalars(query))
