"""Pages behind the link of a host without account. The token in the address stands for the host, and for one thing."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("by_mail", __name__, url_prefix="/by-mail/<token>")

from webapp.views.by_mail import applicants, home, messages, opening, stays  # noqa: E402, F401  (their routes register here)
