"""Pages of the volunteer."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("volunteer", __name__, url_prefix="/volunteer")

from webapp.views.volunteer import home  # noqa: E402, F401  (its routes register on the blueprint)
