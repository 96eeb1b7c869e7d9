"""Pages of the account."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("account", __name__, url_prefix="/account")

from webapp.views.account import (  # noqa: E402  (their routes register on the blueprint)
    calendar,  # noqa: F401
    home,  # noqa: F401
    letters,  # noqa: F401
    own_data,  # noqa: F401
    signed_in,  # noqa: F401
)
