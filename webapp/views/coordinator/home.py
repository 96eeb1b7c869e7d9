"""The first page of the coordinator."""

from __future__ import annotations

from flask import render_template

from webapp.views.coordinator import blueprint


@blueprint.get("/")
def home() -> str:
    """Show what to do next."""
    return render_template("coordinator/home.html")
