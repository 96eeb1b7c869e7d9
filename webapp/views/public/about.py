"""How matching works, what it never uses, and who sees whom."""

from __future__ import annotations

from flask import render_template

from webapp.services import consent_wordings
from webapp.views.public import blueprint


@blueprint.get("/about")
def about() -> str:
    """Explain the service to someone who has to trust it."""
    return render_template("public/about.html", titles=consent_wordings.TITLES, wordings=consent_wordings.WORDINGS)
