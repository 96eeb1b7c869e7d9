"""The volunteer's applications: where each stands, what was promised, withdrawing."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import clock
from webapp.answer_words import usual_answer
from webapp.assignment_words import stay_words
from webapp.db import Session
from webapp.i18n import day, translate
from webapp.models import Application
from webapp.promise_words import why_later
from webapp.recruitment_words import answered
from webapp.services import answer_times, companions, kind_answers, offers, own_rows, promised_days, stays
from webapp.services import applications as service
from webapp.services.openings import Opening
from webapp.services.placement_reasons import BY_ITSELF, NOT_TOGETHER
from webapp.services.recruitment import applying, conduct, referees
from webapp.services.shortlists import OTHER, REASONS
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.cards import link_of, where
from webapp.views.volunteer.forms.offers import DeclineOfferForm
from webapp.views.volunteer.happened import events_of

TOLD = frozenset(REASONS) - {OTHER}  # reasons with a sentence of their own


@blueprint.get("/applications/")
def applications() -> str:
    """Show all applications, those that run first."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
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
    found = own_rows.own_application(Session(), g.account, application_id)
    return application_page(found, DeclineOfferForm(formdata=None))


def application_page(found: Application, form: DeclineOfferForm) -> str:
    """Return the page of an application, with the offer that waits for an answer."""
    offer = offers.waiting_offer(Session(), found)
    return render_template(
        "volunteer/application.html",
        told=_told(found),
        events=events_of(found),
        later=why_later(promised_days.why(Session(), found)) if found.state == "submitted" else "",
        offer=offer,
        offer_later=why_later(promised_days.why_offer(offer)) if offer else "",
        is_paused=found.is_live and found.assignment.host.suspended_at is not None,
        placement=stays.placement_of(Session(), found),
        form=form,
        usual=_usual(found),
        can_withdraw=service.can_withdraw(Session(), found),
        office=found.assignment.vio,
        reason=_reason(found),
        why=translate(REASONS[found.reason_code]) if found.reason_code in TOLD else "",
        ended_together=_ended_together(found),
        others=_others(found),
        recruitment=_recruitment(found),
        with_whom=_with_whom(found),
    )


def _with_whom(found: Application) -> list[dict[str, str]]:
    """Return the people with whom the volunteer goes, and how far each is."""
    told = []
    for one in companions.companions(Session(), found):
        offer = offers.waiting_offer(Session(), one.application) if one.application else None
        words = _("has applied") if one.application else _("has not applied here, or does not any more")
        if offer is not None:
            words = _("has accepted the offer") if offer.agreed_at else _("has not answered the offer yet")
        told.append({"name": one.volunteer.full_name, "words": words})
    return told


def _usual(found: Application) -> str:
    """Return how long the host usually takes, while its answer is awaited."""
    host = found.assignment.host
    return usual_answer(host.name, answer_times.usual_days(Session(), host)) if found.state == "submitted" else ""


def _others(found: Application) -> list[dict[str, Any]]:
    """Return links to other assignments that fit, beside an application that was declined."""
    if found.state != "declined":
        return []
    matches = kind_answers.others(Session(), found.volunteer, clock.today())
    return [link_of(Opening(match.assignment, match)) for match in matches]


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


def _reason(found: Application) -> str:
    """Return the words that came with the last decision on the application, or with an offer that was taken back."""
    newest = next(iter(offers.offers_of(Session(), found)), None)
    if found.is_live and newest is not None and newest.state == "withdrawn":
        return newest.answer_words
    return found.words


def _ended_together(found: Application) -> str:
    """Return why the last offer ended for all who go together, where it did."""
    newest = next(iter(offers.offers_of(Session(), found)), None)
    is_so = found.is_live and newest is not None and newest.reason_code == NOT_TOGETHER
    return translate(BY_ITSELF[NOT_TOGETHER]) if is_so else ""


@blueprint.post("/applications/<int:application_id>/withdraw")
def withdraw(application_id: int) -> Response:
    """Withdraw an application."""
    found = own_rows.own_application(Session(), g.account, application_id)
    service.withdraw(Session(), g.account, found)
    flash(_("Your application is withdrawn. The host no longer sees it."), "success")
    return redirect(url_for("volunteer.applications"))
