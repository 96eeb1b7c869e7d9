"""Pages of the host."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("host", __name__, url_prefix="/host")

from webapp.views.host import (  # noqa: E402, F401  (their routes register on the blueprint)
    agreement,
    applicants,
    assignments,
    debriefs,
    home,
    lessons,
    live,
    moves,
    organization,
    placements,
    sections,
    sheets,
    starts,
    supply,
    telling,
    training,
)
