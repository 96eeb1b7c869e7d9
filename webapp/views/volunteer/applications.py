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
from webapp.recruitment_words import answered
from webapp.services import applications as service
from webapp.services import moves, visibility
from webapp.services.recruitment import applying, conduct, referees
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.cards import where
from webapp.words import Words, lazy

HAPPENED: dict[str, tuple[Words, str]] = {
    "submitted": (lazy("You applied."), "met"),
    "shortlisted": (lazy("The host put you on the shortlist and now sees your contact data."), "met"),
    "interview": (lazy("You are invited to an interview."), "met"),
    "selected": (lazy("The host wants you. A coordinator decides on the placement."), "met"),
    "declined": (lazy("The host declined."), "missing"),
    "withdrawn": (lazy("You withdrew the application."), "missing"),
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
        recruitment=_recruitment(found),
    )


def _recruitment(found: Application) -> dict[str, Any]:
    """Return what the volunteer answered and declared, and how many people are still to be named."""
    declared = conduct.declaration_of(Session(), found)
    named = referees.references_of(Session(), found)
    return {
        "answers": answered(applying.answers_of(Session(), found)),
        "declared": day(declared.confirmed_at) if declared else "",
        "named": len(referees.live(named)),
        "needed": referees.NEEDED,
        "can_name": referees.can_name(found, named),
        "is_begun": bool(named),
    }


def _events(found: Application) -> list[dict[str, str]]:
    """Return what happened, and behind it what is to come."""
    events = []
    for step in service.timeline(Session(), found):
        words, kind = HAPPENED[step.state]
        events.append({"at": moment(step.at), "text": translate(words), "kind": kind})
    host, promised = found.assignment.host.name, day(found.answer_by)
    if found.state == "submitted":
        is_late = found.answer_by < clock.today()
        late = _("%(host)s should have answered by %(day)s. The coordinator sees this too.", host=host, day=promised)
        due = _("%(host)s answers by %(day)s.", host=host, day=promised)
        events.append({"at": "", "text": late if is_late else due, "kind": "missing" if is_late else "waiting"})
    elif found.state == "interview":
        vio = found.assignment.vio.name
        events.append({"at": "", "text": _("%(vio)s agrees with you on a day to talk.", vio=vio), "kind": "waiting"})
    elif found.state == "shortlisted":
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
