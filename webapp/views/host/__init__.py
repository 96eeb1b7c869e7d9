"""Pages of the host."""

from __future__ import annotations

from flask import Blueprint

from webapp.views.together import add_pages

blueprint = Blueprint("host", __name__, url_prefix="/host")

from webapp.views.host import (  # noqa: E402, F401  (their routes register on the blueprint)
    agreement,
    applicants,
    assignments,
    clearances,
    debriefs,
    help_calls,
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
    team,
    telling,
    training,
)

add_pages(blueprint)
