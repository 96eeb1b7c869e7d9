"""The training for hosts: its list of modules; the rest is the same for every role."""

from __future__ import annotations

from flask import render_template

from webapp.views.host import blueprint
from webapp.views.training import add_modules, overview

add_modules(blueprint)


@blueprint.get("/training")
def training() -> str:
    """List the modules, what is passed, and the certificate."""
    return render_template("host/training.html", **overview())
