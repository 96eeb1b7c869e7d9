"""Pages of the account."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("account", __name__, url_prefix="/account")

from webapp.views.account import home  # noqa: E402, F401  (its routes register on the blueprint)
