"""Pages of the host."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("host", __name__, url_prefix="/host")

from webapp.views.host import home  # noqa: E402, F401  (its routes register on the blueprint)
