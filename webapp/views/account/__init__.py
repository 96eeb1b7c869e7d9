"""Pages of the account."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("account", __name__, url_prefix="/account")

from webapp.views.account import calendar, home, letters, own_data  # noqa: E402, F401  (their routes register on the blueprint)
