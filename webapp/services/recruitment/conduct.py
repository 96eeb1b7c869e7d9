"""The declaration on conduct that everybody confirms who applies."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, ConductDeclaration
from webapp.words import lazy

# A new wording gets a new version; who confirmed an old one stays on record with the old number.
VERSION = "2026-11"
WORDING = lazy(
    "No finding of sexual exploitation, abuse or harassment, of violence against a child or an adult, or of other "
    "grave misconduct stands against me, and I know of no open inquiry into any of these. If this changes, I tell you "
    "at once. I know that you may ask those for whom I worked before."
)


def confirm(session: Session, application: Application) -> ConductDeclaration:
    """Keep that the applicant confirms the wording of today."""
    made = ConductDeclaration(application_id=application.id, version=VERSION, confirmed_at=clock.now())
    session.add(made)
    session.flush()
    return made


def declaration_of(session: Session, application: Application) -> ConductDeclaration | None:
    """Return the declaration that came with an application; None where it is older than the question."""
    return session.scalar(select(ConductDeclaration).where(ConductDeclaration.application_id == application.id))
