"""Which version of the score is in force for which VIO; a VIO without one ranks with the installation's weights."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Assignment, Match, ScoreModel


def by_vio(session: Session) -> dict[int, ScoreModel]:
    """Return the version in force of every VIO that has one."""
    found = session.scalars(select(ScoreModel).where(ScoreModel.state == "approved", ScoreModel.vio_id.is_not(None)))
    return {row.vio_id: row for row in found if row.vio_id is not None}


def of_vio(session: Session, vio_id: int) -> ScoreModel | None:
    """Return the version in force for the assignments of one VIO."""
    return session.scalar(select(ScoreModel).where(ScoreModel.state == "approved", ScoreModel.vio_id == vio_id))


def shared(session: Session) -> ScoreModel | None:
    """Return the newest version learned from all VIOs' decisions; it ranks nothing, and lends its weights."""
    return session.scalar(select(ScoreModel).where(ScoreModel.vio_id.is_(None), ScoreModel.state == "proposed"))


def of_match(session: Session, match: Match) -> ScoreModel | None:
    """Return the version that scored a match, None where the installation's weights did."""
    assignment = match.assignment or session.get_one(Assignment, match.assignment_id)
    number = match.run.models.get(str(assignment.vio_id))
    return session.get(ScoreModel, number) if number else None
