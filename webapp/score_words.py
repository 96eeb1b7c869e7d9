"""How sure a score is, and what such scores have meant so far, in the reader's words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from webapp import explain
from webapp.models import Match, ScoreModel
from webapp.services import learning, learning_runs, models_in_force

PEOPLE = 10  # shares are told of ten people


def range_words(low: float, high: float, unknown: int, reader: str) -> str:
    """Return between which scores the pair lies while so many things are not known."""
    bounds = {"low": round(low), "high": round(high)}
    if reader == explain.VOLUNTEER:
        return ngettext(
            "Between %(low)s and %(high)s: %(num)s thing is not said in your profile or by the host.",
            "Between %(low)s and %(high)s: %(num)s things are not said in your profile or by the host.",
            unknown,
            **bounds,
        )
    return ngettext(
        "Between %(low)s and %(high)s, because %(num)s thing is not known.",
        "Between %(low)s and %(high)s, because %(num)s things are not known.",
        unknown,
        **bounds,
    )


def notes(session: Session, match: Match, reader: str) -> list[str]:
    """Return the range of a score where something is not known; for coordinators also what coordinators made of it."""
    version = models_in_force.of_match(session, match)
    seen = explain.seen_by(reader, match.reasons)
    unknown = sum(map(explain.is_open, seen))
    found = []
    if unknown:
        found.append(range_words(*learning.range_of(seen, version), unknown, reader))
    if reader in (explain.COORDINATOR, explain.OTHER_VIO):
        found += _meaning(session, match, version)
    return found


def _meaning(session: Session, match: Match, version: ScoreModel | None) -> list[str]:
    """Return what share of people with such a score was endorsed, where enough was decided to say so."""
    calibration = learning_runs.meaning_of(session, match.assignment.vio_id, version)
    if calibration is None:
        return []
    share = learning.share_at(calibration, match.score)
    return [
        _(
            "Of %(people)s people with such a score whom coordinators decided on, they endorsed about %(about)s "
            "(between %(low)s and %(high)s). It says nothing of how a stay goes.",
            people=PEOPLE,
            about=round(PEOPLE * share.value),
            low=round(PEOPLE * share.low),
            high=round(PEOPLE * share.high),
        )
    ]
