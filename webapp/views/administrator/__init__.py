"""Pages of the administrator."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("administrator", __name__, url_prefix="/administrator")

from webapp.views.administrator import home  # noqa: E402, F401  (its routes register on the blueprint)
