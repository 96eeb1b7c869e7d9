"""Pages of the safeguarding focal point: reports, calls for help, incidents, duty, supporters."""

from __future__ import annotations

from flask import Blueprint

from webapp.views.bars import add_bars

blueprint = Blueprint("focal_point", __name__, url_prefix="/focal-point")

from webapp.views.focal_point import (  # noqa: E402, F401  (their routes register on the blueprint)
    duty,
    help_calls,
    home,
    incidents,
    people,
    reports,
)

add_bars(blueprint)
