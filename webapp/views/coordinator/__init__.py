"""Pages of the coordinator."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("coordinator", __name__, url_prefix="/coordinator")

from webapp.views.coordinator import home  # noqa: E402, F401  (its routes register on the blueprint)
