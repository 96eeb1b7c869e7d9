"""The first page of the administrator."""

from __future__ import annotations

from flask import render_template

from webapp.views.administrator import blueprint


@blueprint.get("/")
def home() -> str:
    """Show what to do next."""
    return render_template("administrator/home.html")
