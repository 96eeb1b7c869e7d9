"""What the ranking did and how far it is."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp import clock
from webapp.db import Session
from webapp.i18n import day, moment, translate
from webapp.services import old_matches, ranking, run_list, run_story
from webapp.services.replay import standing
from webapp.services.run_story import RunShown
from webapp.views.coordinator import blueprint
from webapp.words import Words, lazy

STANDING: dict[str, Words] = {
    standing.KEPT: lazy(
        "All that it was made from is kept for a year, so it can be made again. Whoever runs the service does it with "
        "one command, which says whether the same comes out to the last sign."
    ),
    standing.BEFORE: lazy("It was made before that was kept, so it cannot be made again."),
    standing.OVER: lazy("What it was made from is kept no more, so it cannot be made again."),
    standing.MISSING: lazy("What it was made from is missing before its year is over. Tell whoever runs the service."),
    standing.UNREADABLE: lazy(
        "What it was made from cannot be read: it was changed, or the key is another. Tell whoever runs the service."
    ),
    standing.UNFINISHED: lazy("It is not finished."),
}


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


@blueprint.get("/runs/<int:run_id>")
def run(run_id: int) -> str:
    """Show what a run was made from, its marks, and whether it can be made again."""
    shown = run_story.shown(Session(), g.account, run_id)
    return render_template(
        "coordinator/run.html",
        shown=shown,
        made_from=_made_from(shown),
        standing=translate(STANDING[shown.standing]),
        marks=[
            (_("Seed"), str(shown.run.seed)),
            (_("Fingerprint of the score"), shown.run.fingerprint),
            (_("Sum of all that it found (SHA-256)"), shown.run.result),
        ],
    )


def _made_from(shown: RunShown) -> list[tuple[str, str]]:
    facts = [(_("Begun"), moment(shown.run.created_at)), (_("Finished"), moment(shown.run.finished_at))]
    if shown.standing == standing.KEPT:
        score = _("version %(version)s", version=shown.own_score) if shown.own_score else _("of the installation")
        facts += [
            (_("As it stood on"), day(shown.day)),
            (_("Assignments of your organization"), str(shown.works)),
            (_("People within their reach"), str(shown.people)),
            (_("Score"), score),
            (_("Version of the service"), shown.version),
        ]
    if old_matches.are_over(shown.run, clock.now()):  # what is left of them is no number of those it found
        return facts
    return [*facts, (_("Matches with your assignments"), str(shown.matches))]
