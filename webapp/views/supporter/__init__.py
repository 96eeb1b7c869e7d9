"""Pages of the supporter: their volunteers, and what the two write to each other."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("supporter", __name__, url_prefix="/supporter")

from webapp.views.supporter import home  # noqa: E402, F401  (its routes register on the blueprint)
