"""Coming back to a report with code and phrase: reading answers, adding words. The visit ends by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from webapp import clock
from webapp.db import Session, own_session
from webapp.forms import say
from webapp.models import Report
from webapp.safety_forms import OwnReportForm, WordsForm
from webapp.safety_words import REPORT_STATES
from webapp.services.errors import NotFound
from webapp.services.safeguarding import speaking_up
from webapp.views.public import blueprint
from webapp.views.public.speaking_up import check_pace, private
from webapp.words import lazy

KEY, VISIT = "report", timedelta(minutes=20)
WRONG = lazy("Code and phrase do not belong together. Look at both again: capitals and gaps do not matter.")


@blueprint.route("/my-report", methods=["GET", "POST"])
def own_report() -> Any:
    """Ask for code and phrase."""
    form = OwnReportForm()
    if form.validate_on_submit():
        check_pace()
        report = _checked(form.code.data or "", form.phrase.data or "")
        if report is not None:
            session[KEY] = [report.id, clock.now().timestamp()]
            return redirect(url_for("public.read_own_report"))
        say(form.phrase, WRONG)
    page = private(render_template("public/own_report.html", form=form))
    page.status_code = 422 if form.is_submitted() else 200
    return page


def _checked(code: str, phrase: str) -> Report | None:
    if speaking_up.is_throttled(Session(), code):
        raise TooManyRequests(retry_after=300)
    try:
        return speaking_up.find(Session(), code, phrase)
    except NotFound:
        Session.rollback()
        with own_session() as own:
            speaking_up.note_wrong_phrase(own, code)
        return None


@blueprint.route("/my-report/read", methods=["GET", "POST"])
def read_own_report() -> Any:
    """Show what was said, what was answered, and take more words."""
    report = _visited()
    if report is None:
        return redirect(url_for("public.own_report"))
    form = WordsForm()
    if form.validate_on_submit():
        check_pace()
        speaking_up.add_words(Session(), report, form.text.data or "")
        flash(_("Your words are added."), "success")
        return redirect(url_for("public.read_own_report"))
    page = private(
        render_template(
            "public/own_report_read.html",
            form=form,
            report=report,
            words=speaking_up.said_to_reporter(report),
            state=REPORT_STATES[report.state],
        )
    )
    page.status_code = 422 if form.is_submitted() else 200
    return page


@blueprint.post("/my-report/leave")
def leave_own_report() -> Response:
    """End the visit."""
    session.pop(KEY, None)
    return redirect(url_for("public.front"))


def _visited() -> Report | None:
    """Return the report of this visit, None where it has ended."""
    kept = session.get(KEY)
    if not isinstance(kept, list) or len(kept) != 2:
        return None
    report_id, at = kept
    if clock.now().timestamp() - float(at) > VISIT.total_seconds():
        session.pop(KEY, None)
        return None
    session[KEY] = [report_id, clock.now().timestamp()]
    try:
        return speaking_up.own(Session(), int(report_id))
    except NotFound:
        session.pop(KEY, None)
        abort(404)
