"""What a version that people made would change: worked out in the background, so that it can be let in on sight.

A version that learning proposes brings its comparison along; one without any is due here.
"""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db import Sessions, begin_reading
from webapp.models import ScoreModel
from webapp.services import decisions, learning, learning_preview, learning_runs, models_in_force
from webapp.services.decisions import Decided
from webapp.services.learning_preview import Material

log = logging.getLogger(__name__)

FAILED = {"failed": True}


def work_out_next(sessions: Sessions) -> bool:
    """Compare the next version with what is in force; return whether there was one.

    Two workers that take the same one come to the same, and what is in force cannot change while it waits.
    """
    with sessions() as session:
        begin_reading(session)
        version = _next(session)
        if version is None or version.vio_id is None:
            return False
        in_force = models_in_force.of_vio(session, version.vio_id)
        decided = decisions.decisions_of(session, version.vio_id)
        material = learning_preview.material(session, version.vio_id)
    found = _worked_out(version, in_force, decided, material)
    with sessions() as session:
        _keep(session, version.id, *found)
    return True


def _next(session: Session) -> ScoreModel | None:
    waiting = select(ScoreModel).where(ScoreModel.state == "proposed", ScoreModel.vio_id.is_not(None))
    return next((one for one in session.scalars(waiting.order_by(ScoreModel.id)) if not one.preview), None)


def _worked_out(
    version: ScoreModel, in_force: ScoreModel | None, decided: list[Decided], material: Material
) -> tuple[dict[str, Any], dict[str, float], dict[str, Any]]:
    """Return rankings before and after, figures on the VIO's decisions, and what scores like these have meant."""
    try:
        preview = learning_preview.compared(material, in_force, version)
        figures = learning.measured(decided, version, in_force)
        return preview, figures, learning.calibrations(decided, [version])
    except Exception:
        log.exception("version %s could not be compared", version.id)
        return FAILED, {}, {}


def _keep(
    session: Session, version_id: int, preview: dict[str, Any], figures: dict[str, float], meaning: dict[str, Any]
) -> None:
    kept = session.get_one(ScoreModel, version_id, with_for_update=True)
    if kept.state != "proposed" or kept.vio_id is None:
        return  # something newer took its place
    kept.preview = preview
    if kept.origin != "learned":
        kept.figures = figures
        learning_runs.add_meaning(session, kept.vio_id, meaning)
