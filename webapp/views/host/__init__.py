"""Pages of the host."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("host", __name__, url_prefix="/host")

from webapp.views.host import (  # noqa: E402, F401  (their routes register on the blueprint)
    agreement,
    applicants,
    assignments,
    home,
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
from webapp.views.together import add_pages  # noqa: E402

add_pages(blueprint)
