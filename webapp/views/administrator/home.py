"""The administrator's first page: what runs, and what waits."""

from __future__ import annotations

from flask import current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.backups import nightly
from webapp.db import Session
from webapp.services import installation, ranking, retention, runs
from webapp.views.administrator import blueprint


@blueprint.get("/")
def home() -> str:
    """Show how the installation does."""
    session = Session()
    latest = runs.latest(session, installation.SHOWN_RUNS)
    return render_template(
        "administrator/home.html",
        state=installation.state(session),
        runs=latest,
        running=next((run for run in latest if run.state == "running"), None),
        rules=retention.RULES,
        backup=nightly.last(current_app.extensions["config"]),
    )


@blueprint.post("/rank")
def rank_everything() -> Response:
    """Queue a ranking of everything."""
    ranking.request_everything(Session(), g.account)
    flash(_("The ranking waits in the queue. This page shows how far it is."), "success")
    return redirect(url_for("administrator.home"))
