"""Pages of the administrator: organizations, staff, accounts, what runs. Never a profile, match or message."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("administrator", __name__, url_prefix="/administrator")

from webapp.views.administrator import (  # noqa: E402, F401  (their routes register on the blueprint)
    access,
    accounts,
    home,
    staff,
    vios,
)
