"""The first page of the host."""

from __future__ import annotations

from flask import render_template

from webapp.views.host import blueprint


@blueprint.get("/")
def home() -> str:
    """Show what to do next."""
    return render_template("host/home.html")
