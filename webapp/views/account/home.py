"""The first page of the account."""

from __future__ import annotations

from flask import render_template

from webapp.views.account import blueprint


@blueprint.get("/")
def home() -> str:
    """Show what to do next."""
    return render_template("account/home.html")
