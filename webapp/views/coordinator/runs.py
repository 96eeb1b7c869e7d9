"""What the ranking did and how far it is."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.db import Session
from webapp.services import ranking, run_list
from webapp.views.coordinator import blueprint


@blueprint.get("/runs")
def runs() -> str:
    """Show the newest runs; a running one with its progress."""
    found = run_list.newest(Session(), g.account)
    going = [run for run in found if run.state in ("queued", "running")]
    return render_template("coordinator/runs.html", runs=found, going=going)


@blueprint.post("/runs")
def rank_everything() -> Any:
    """Ask for a ranking of everything in the background."""
    ranking.request_everything(Session(), g.account)
    flash(_("In the queue. You may leave this page; the work goes on."), "success")
    return redirect(url_for("coordinator.runs"))
