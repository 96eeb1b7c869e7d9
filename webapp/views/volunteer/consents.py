"""The volunteer's consents: what each means, since when, giving and taking back."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.backups.settling import folders_of
from webapp.db import Session
from webapp.i18n import day
from webapp.models import Consent, Volunteer
from webapp.models.consents import ALUMNI, OWN_PAGE, SENSITIVE
from webapp.services import consents as service
from webapp.services import own_rows, ranking, sensitive_ending
from webapp.services.consent_wordings import TITLES, VERSIONS, WORDINGS, agreed_to
from webapp.views.volunteer import blueprint

HOW = "on the page of consents"


@blueprint.get("/consents/")
def consents() -> str:
    """Show each purpose with its wording, date and version, and what was given before."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    given = service.history(Session(), volunteer)
    joined = service.standing(Session(), volunteer, ALUMNI)
    return render_template(
        "volunteer/consents.html",
        purposes=[_purpose(volunteer, purpose) for purpose in OWN_PAGE],
        past=[_past(one, given) for one in given if one.withdrawn_at is not None],
        alumni_since=day(joined.given_on) if joined else None,
        alumni_title=TITLES[ALUMNI],
    )


def _purpose(volunteer: Volunteer, purpose: str) -> dict[str, Any]:
    """Return a purpose as the page shows it: with the words agreed to, and newer ones where there are."""
    consent = service.standing(Session(), volunteer, purpose)
    is_older = consent is not None and service.is_older(consent)
    return {
        "name": purpose,
        "title": TITLES[purpose],
        "wording": agreed_to(purpose, consent.version) if consent else WORDINGS[purpose],
        "version": consent.version if consent else VERSIONS[purpose],
        "newer": WORDINGS[purpose] if is_older else None,
        "newer_version": VERSIONS[purpose],
        "given": day(consent.given_on) if consent else None,
    }


def _past(one: Consent, given: list[Consent]) -> dict[str, Any]:
    """Return a consent that ended; what a new one replaced was not taken back."""
    assert one.withdrawn_at is not None
    is_replaced = any(other.purpose == one.purpose and other.recorded_at == one.withdrawn_at for other in given)
    return {
        "title": TITLES[one.purpose],
        "given": day(one.given_on),
        "ended": day(one.withdrawn_at.date()),
        "version": one.version,
        "is_replaced": is_replaced,
    }


@blueprint.post("/consents/<purpose>/give")
def give_consent(purpose: str) -> Response:
    """Give a consent; matches are there on the next page."""
    if purpose not in OWN_PAGE:  # joining the alumni has a page of its own
        abort(404)
    volunteer = own_rows.volunteer_of(Session(), g.account)
    service.give(Session(), g.account, volunteer, purpose, HOW)
    if purpose != SENSITIVE:
        ranking.rank_volunteer(Session(), volunteer)
    flash(_("Thank you. Your consent is recorded with today's date."), "success")
    return redirect(url_for("volunteer.consents"))


@blueprint.route("/consents/<purpose>/withdraw", methods=["GET", "POST"])
def withdraw_consent(purpose: str) -> Any:
    """Say what ends with a consent, then end it."""
    if purpose not in OWN_PAGE:
        abort(404)
    volunteer = own_rows.volunteer_of(Session(), g.account)
    if request.method == "GET":
        return _what_ends(volunteer, purpose)
    if purpose == SENSITIVE:
        sensitive_ending.withdraw(Session(), g.account, volunteer, folders_of(current_app.extensions["config"]))
        flash(_("Your consent is taken back, and what rested on it is deleted."), "success")
    else:
        service.withdraw(Session(), g.account, volunteer, purpose)
        ranking.rank_volunteer(Session(), volunteer)
        flash(_("Your consent is taken back. From now on nothing is matched on it."), "success")
    return redirect(url_for("volunteer.consents"))


def _what_ends(volunteer: Volunteer, purpose: str) -> str:
    if purpose == SENSITIVE:
        return render_template(
            "volunteer/withdraw_sensitive.html",
            purpose=purpose,
            title=TITLES[purpose],
            kept=sensitive_ending.kept(Session(), volunteer),
        )
    ending = service.resting_applications(Session(), volunteer, purpose)
    return render_template(
        "volunteer/withdraw_consent.html",
        purpose=purpose,
        title=TITLES[purpose],
        ending=[(one.assignment.title, one.assignment.host.name) for one in ending],
    )
