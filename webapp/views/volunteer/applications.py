"""The volunteer's applications: where each stands, what was promised, withdrawing."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import clock
from webapp.assignment_words import stay_words
from webapp.db import Session
from webapp.i18n import day, moment, translate
from webapp.models import Application
from webapp.services import applications as service
from webapp.services import moves, visibility
from webapp.services.timeline import timeline
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.cards import where
from webapp.words import Words, lazy

HAPPENED: dict[tuple[str, str], tuple[Words, str]] = {
    ("application", "submitted"): (lazy("You applied."), "met"),
    ("application", "shortlisted"): (lazy("The host put you on the shortlist and now sees your contact data."), "met"),
    ("application", "interview"): (lazy("You are invited to an interview."), "met"),
    ("application", "selected"): (lazy("The office chose you."), "met"),
    ("application", "declined"): (lazy("The application was declined."), "missing"),
    ("application", "withdrawn"): (lazy("You withdrew the application."), "missing"),
    ("offer", "made"): (lazy("You got an offer."), "met"),
    ("offer", "accepted"): (lazy("You accepted the offer."), "met"),
    ("offer", "declined"): (lazy("You declined the offer."), "missing"),
    ("offer", "expired"): (lazy("The offer ended without an answer."), "missing"),
    ("offer", "withdrawn"): (lazy("The office took the offer back."), "missing"),
    ("placement", "preparing"): (lazy("Your placement is being prepared."), "met"),
    ("placement", "active"): (lazy("Your placement began."), "met"),
    ("placement", "extended"): (lazy("Your placement was extended."), "met"),
    ("placement", "completed"): (lazy("Your placement was completed."), "met"),
    ("placement", "ended_early"): (lazy("Your placement ended early."), "missing"),
    ("placement", "cancelled"): (lazy("The placement was cancelled."), "missing"),
}


@blueprint.get("/applications/")
def applications() -> str:
    """Show all applications, those that run first."""
    volunteer = visibility.volunteer_of(Session(), g.account)
    found = service.applications_of(Session(), volunteer)
    return render_template(
        "volunteer/applications.html",
        live=[_told(one) for one in found if one.is_live],
        past=[_told(one) for one in found if not one.is_live],
    )


def _told(application: Application) -> dict[str, Any]:
    assignment = application.assignment
    return {
        "application": application,
        "title": assignment.title,
        "url": url_for("volunteer.application", application_id=application.id),
        "host": assignment.host.name,
        "where": where(assignment),
        "dates": stay_words(assignment),
        "sent": day(application.submitted_at),
        "promised": day(application.answer_by),
        "is_late": application.state == "submitted" and application.answer_by < clock.today(),
        "state": application.state,
    }


@blueprint.get("/applications/<int:application_id>")
def application(application_id: int) -> str:
    """Show one application: what happened, and what comes next."""
    found = visibility.own_application(Session(), g.account, application_id)
    return render_template(
        "volunteer/application.html",
        told=_told(found),
        events=_events(found),
        can_withdraw=moves.can_move(found, "withdrawn"),
        office=found.assignment.vio,
        reason=_reason(found),
    )


def _events(found: Application) -> list[dict[str, str]]:
    """Return what happened, and behind it what is to come."""
    events = []
    for step in timeline(Session(), found):
        words, kind = HAPPENED[step.kind, step.state]
        events.append({"at": moment(step.at), "text": translate(words), "kind": kind})
    host, promised = found.assignment.host.name, day(found.answer_by)
    if found.state == "submitted":
        is_late = found.answer_by < clock.today()
        late = _("%(host)s should have answered by %(day)s. The coordinator sees this too.", host=host, day=promised)
        due = _("%(host)s answers by %(day)s.", host=host, day=promised)
        events.append({"at": "", "text": late if is_late else due, "kind": "missing" if is_late else "waiting"})
    elif found.state in ("shortlisted", "interview"):
        events.append({"at": "", "text": _("%(host)s gets in touch with you.", host=host), "kind": "waiting"})
    return events


def _reason(found: Application) -> str:
    """Return the words that came with the last decision."""
    return found.words


@blueprint.post("/applications/<int:application_id>/withdraw")
def withdraw(application_id: int) -> Response:
    """Withdraw an application."""
    found = visibility.own_application(Session(), g.account, application_id)
    service.withdraw(Session(), g.account, found)
    flash(_("Your application is withdrawn. The host no longer sees it."), "success")
    return redirect(url_for("volunteer.applications"))
