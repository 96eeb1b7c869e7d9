"""Reports that were handed to a focal point, and writing one down for somebody."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session, own_session
from webapp.forms import say
from webapp.models import Report
from webapp.safety_forms import IntakeForm, WordsForm
from webapp.safety_words import HARMS, INTAKES, REPORT_STATES, WISHES
from webapp.services.codes import new_code
from webapp.services.errors import Refused
from webapp.services.moves import can_move
from webapp.services.safeguarding import handling, incidents, looks, people, speaking_up, unread
from webapp.views.focal_point import blueprint


@blueprint.get("/reports")
def reports() -> str:
    """List what was handed to this focal point."""
    rows = [(one, HARMS[one.kind], REPORT_STATES[one.state]) for one in handling.reports_of(Session(), g.account)]
    return render_template("focal_point/reports.html", rows=rows, changed=unread.changed_reports(Session(), g.account))


@blueprint.route("/reports/<int:report_id>", methods=["GET", "POST"])
def report(report_id: int) -> Any:
    """Show a report, and answer, note, refer or close it."""
    kept = handling.report_for(Session(), g.account, report_id)
    form = WordsForm()
    if form.validate_on_submit():
        flash(_act(kept, request.form.get("do", "note"), form.text.data or ""), "success")
        return redirect(url_for("focal_point.report", report_id=report_id))
    if request.method == "GET":
        looks.note(own_session, g.account, kept)
    page = render_template(
        "focal_point/report.html",
        report=kept,
        form=form,
        kind=HARMS[kept.kind],
        wish=WISHES[kept.wish],
        intake=INTAKES[kept.intake],
        state=REPORT_STATES[kept.state],
        may={state: can_move(kept, state) for state in REPORT_STATES},
        incident=incidents.of_subject(Session(), g.account, kept),
        others=handling.others(Session(), g.account, kept),
        looks=looks.looks_at(Session(), kept),
    )
    return (page, 422) if form.is_submitted() else page


def _act(kept: Report, what: str, text: str) -> str:
    """Do what the pressed button says, and return the words that tell it."""
    session = Session()
    if what == "refer":
        handling.refer(session, g.account, kept, text)
        return _("Passed on. Your note is kept with it.")
    if what == "close":
        handling.close(session, g.account, kept, text)
        return _("Closed. The person who reported can read your answer.")
    handling.write(session, g.account, kept, text, is_answer=what == "answer")
    return _("The answer can be read with the code.") if what == "answer" else _("Your note is kept.")


@blueprint.post("/reports/<int:report_id>/take")
def take_report(report_id: int) -> Response:
    """Say that one works on it."""
    handling.take(Session(), g.account, handling.report_for(Session(), g.account, report_id))
    flash(_("You work on it now."), "success")
    return redirect(url_for("focal_point.report", report_id=report_id))


@blueprint.post("/reports/<int:report_id>/hand-over")
def hand_over_report(report_id: int) -> Response:
    """Hand it to another focal point."""
    kept = handling.report_for(Session(), g.account, report_id)
    handling.hand_over(Session(), g.account, kept, request.form.get("user_id", 0, type=int))
    flash(_("Handed over. You do not see it any more."), "success")
    return redirect(url_for("focal_point.reports"))


@blueprint.route("/reports/new", methods=["GET", "POST"])
def new_report() -> Any:
    """Write down what came on paper, by telephone or face to face."""
    vio_id = people.check_focal_point(g.account)
    form = IntakeForm(people.focal_points(Session(), vio_id))
    if form.validate_on_submit():
        has_phrase = bool(form.phrase.data)
        try:
            _made, code = speaking_up.speak_up(
                Session(), vio_id, form.said, form.phrase.data or new_code(), form.not_to.data or (), taken_by=g.account
            )
        except Refused as refusal:
            say(form.not_to, refusal.words)
        else:
            return render_template("focal_point/report_taken.html", code=code if has_phrase else None)
    page = render_template("focal_point/new_report.html", form=form)
    return (page, 422) if form.is_submitted() else page
