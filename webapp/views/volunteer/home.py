"""The first page of the volunteer."""

from __future__ import annotations

from flask import render_template

from webapp.views.volunteer import blueprint


@blueprint.get("/")
def home() -> str:
    """Show what to do next."""
    return render_template("volunteer/home.html")
