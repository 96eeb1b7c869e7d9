"""The administrator's first page: what runs, and what waits."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import clock
from webapp.backups import nightly
from webapp.db import Session
from webapp.services import installation, ranking, retention_words, runs
from webapp.views.administrator import blueprint
from webapp.watch import errors, jobs
from webapp.watch.storage import storage
from webapp.words import Words, lazy

SILENT = timedelta(minutes=10)  # the first of these jobs begins each minute
JOBS: dict[str, Words] = {
    "look_around": lazy("Each minute: calls for help, offers that end, check-ins, letters, rankings"),
    "wake": lazy("At once, after somebody saved something: letters, rankings, proposals for the score"),
    "take_up": lazy("After each start: rankings and proposals that were under way when the service was stopped"),
    "ask_supporters": lazy("Each hour: supporters who have not written, reports that nobody has begun"),
    "remind": lazy("Each hour: reminders of what waits"),
    "clear_out": lazy("At night: throw away what is kept no longer"),
    "look_for_better_weights": lazy("At night: see whether decisions ask for another score"),
    "back_up": lazy("At night: make a backup and try it out"),
    "check_audit": lazy("At night: follow the audit trail to its end"),
    "look_at_clearances": lazy("At night: clearances that run out"),
    "tell_of_messages": lazy("In the morning: how many new messages somebody has"),
    "stay_in_touch": lazy("In the morning: alumni and mentors"),
    "remind_referees": lazy("In the morning: references that were asked for"),
    "ask_how_it_was": lazy("In the morning: debriefs and what followed"),
}


@blueprint.get("/")
def home() -> str:
    """Show how the installation does."""
    session = Session()
    config = current_app.extensions["config"]
    noted = {note.name: note for note in jobs.notes(config.data_dir)}
    first = noted.get("look_around")
    latest = runs.latest(session, installation.SHOWN_RUNS)
    return render_template(
        "administrator/home.html",
        state=installation.state(session),
        runs=latest,
        running=next((run for run in latest if run.state == "running"), None),
        rules=retention_words.RULES,
        backup=nightly.last(config),
        jobs=[(words, noted[name]) for name, words in JOBS.items() if name in noted],
        silent_since=first.began_at if first and first.began_at < clock.now() - SILENT else None,
        errors=errors.last(config.data_dir),
        storage=storage(config.data_dir),
        queue_length=current_app.extensions.get("queue_length", lambda: 0)(),
    )


@blueprint.post("/rank")
def rank_everything() -> Response:
    """Queue a ranking of everything."""
    ranking.request_everything(Session(), g.account)
    flash(_("The ranking waits in the queue. This page shows how far it is."), "success")
    return redirect(url_for("administrator.home"))
