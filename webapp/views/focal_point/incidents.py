"""Incidents of a focal point: made of a report or a call, with measures, until they are closed."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session, own_session
from webapp.forms import say
from webapp.models import HelpCall, Incident, Report
from webapp.safety_forms import WordsForm
from webapp.safety_words import GRAVITIES, HARMS, INCIDENT_STATES
from webapp.services.errors import Refused
from webapp.services.moves import can_move
from webapp.services.safeguarding import handling, help_calls, looks
from webapp.services.safeguarding import incidents as service
from webapp.views.focal_point import blueprint
from webapp.views.focal_point.forms import IncidentForm, MeasureForm


@blueprint.get("/incidents")
def incidents() -> str:
    """List the incidents of this focal point."""
    found = service.incidents_of(Session(), g.account)
    rows = [(one, HARMS[one.kind], GRAVITIES[one.gravity], INCIDENT_STATES[one.state]) for one in found]
    return render_template("focal_point/incidents.html", rows=rows)


@blueprint.route("/reports/<int:report_id>/incident", methods=["GET", "POST"])
def new_report_incident(report_id: int) -> Any:
    """Make an incident of a report."""
    report = handling.report_for(Session(), g.account, report_id)
    form = IncidentForm(service.placements(Session(), g.account), kind=report.kind)
    return _new(form, report, url_for("focal_point.report", report_id=report_id))


@blueprint.route("/calls/<int:call_id>/incident", methods=["GET", "POST"])
def new_call_incident(call_id: int) -> Any:
    """Make an incident of a call for help."""
    call = help_calls.call_for(Session(), g.account, call_id)
    return _new(IncidentForm(None), call, url_for("focal_point.call", call_id=call_id))


def _new(form: IncidentForm, subject: Report | HelpCall, back: str) -> Any:
    if form.validate_on_submit():
        if isinstance(subject, Report):
            made = service.of_report(Session(), g.account, subject, form.facts)
        else:
            made = service.of_call(Session(), g.account, subject, form.facts)
        flash(_("The incident is written down. Only you see it."), "success")
        return redirect(url_for("focal_point.incident", incident_id=made.id))
    page = render_template("focal_point/new_incident.html", form=form, back=back)
    return (page, 422) if form.is_submitted() else page


@blueprint.get("/incidents/<int:incident_id>")
def incident(incident_id: int) -> str:
    """Show an incident."""
    kept = service.incident_for(Session(), g.account, incident_id)
    looks.note(own_session, g.account, kept)
    return _page(kept, MeasureForm(formdata=None), WordsForm(formdata=None))


@blueprint.post("/incidents/<int:incident_id>/measures")
def add_measure(incident_id: int) -> Any:
    """Say what is to be done."""
    kept, form = service.incident_for(Session(), g.account, incident_id), MeasureForm()
    if not form.validate():
        return _page(kept, form, WordsForm(formdata=None)), 422
    service.add_measure(Session(), g.account, kept, form.measure.data or "", form.by_on.data)
    flash(_("The measure is kept."), "success")
    return redirect(url_for("focal_point.incident", incident_id=incident_id))


@blueprint.post("/incidents/<int:incident_id>/measures/<int:measure_id>/done")
def finish_measure(incident_id: int, measure_id: int) -> Response:
    """Say that a measure is done."""
    kept = service.incident_for(Session(), g.account, incident_id)
    service.finish_measure(Session(), g.account, kept, measure_id)
    flash(_("Done."), "success")
    return redirect(url_for("focal_point.incident", incident_id=incident_id))


@blueprint.post("/incidents/<int:incident_id>/close")
def close_incident(incident_id: int) -> Any:
    """Close it with its outcome."""
    kept, form = service.incident_for(Session(), g.account, incident_id), WordsForm()
    if not form.validate():
        return _page(kept, MeasureForm(formdata=None), form), 422
    try:
        service.close(Session(), g.account, kept, form.text.data or "")
    except Refused as refusal:
        say(form.text, refusal.words)
        return _page(kept, MeasureForm(formdata=None), form), 422
    flash(_("The incident is closed."), "success")
    return redirect(url_for("focal_point.incidents"))


@blueprint.post("/incidents/<int:incident_id>/open")
def open_incident(incident_id: int) -> Response:
    """Act on it, again where it was closed."""
    service.act(Session(), g.account, service.incident_for(Session(), g.account, incident_id))
    return redirect(url_for("focal_point.incident", incident_id=incident_id))


@blueprint.post("/incidents/<int:incident_id>/hand-over")
def hand_over_incident(incident_id: int) -> Response:
    """Hand it to another focal point."""
    kept = service.incident_for(Session(), g.account, incident_id)
    service.hand_over(Session(), g.account, kept, request.form.get("user_id", 0, type=int))
    flash(_("Handed over. You do not see it any more."), "success")
    return redirect(url_for("focal_point.incidents"))


def _page(kept: Incident, measure_form: MeasureForm, close_form: WordsForm) -> str:
    return render_template(
        "focal_point/incident.html",
        incident=kept,
        measure_form=measure_form,
        close_form=close_form,
        kind=HARMS[kept.kind],
        gravity=GRAVITIES[kept.gravity],
        state=INCIDENT_STATES[kept.state],
        may_close=can_move(kept, "closed"),
        others=service.others(Session(), g.account, kept),
        looks=looks.looks_at(Session(), kept),
    )
