"""Pages that everybody may see."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from webapp.views.public import home  # noqa: E402, F401  (its routes register on the blueprint)
