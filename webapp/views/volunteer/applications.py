"""The volunteer's applications: where each stands, what was promised, withdrawing."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import clock
from webapp.assignment_words import stay_words
from webapp.db import Session
from webapp.i18n import day
from webapp.models import Application
from webapp.services import applications as service
from webapp.services import offers, stays, visibility
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.cards import where
from webapp.views.volunteer.forms.offers import DeclineOfferForm
from webapp.views.volunteer.happened import events_of


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
    return application_page(found, DeclineOfferForm(formdata=None))


def application_page(found: Application, form: DeclineOfferForm) -> str:
    """Return the page of an application, with the offer that waits for an answer."""
    return render_template(
        "volunteer/application.html",
        told=_told(found),
        events=events_of(found),
        offer=offers.waiting_offer(Session(), found),
        placement=stays.placement_of(Session(), found),
        form=form,
        can_withdraw=service.can_withdraw(Session(), found),
        office=found.assignment.vio,
        reason=_reason(found),
    )


def _reason(found: Application) -> str:
    """Return the words that came with the last decision on the application, or with an offer that was taken back."""
    newest = next(iter(offers.offers_of(Session(), found)), None)
    if found.is_live and newest is not None and newest.state == "withdrawn":
        return newest.answer_words
    return found.words


@blueprint.post("/applications/<int:application_id>/withdraw")
def withdraw(application_id: int) -> Response:
    """Withdraw an application."""
    found = visibility.own_application(Session(), g.account, application_id)
    service.withdraw(Session(), g.account, found)
    flash(_("Your application is withdrawn. The host no longer sees it."), "success")
    return redirect(url_for("volunteer.applications"))
