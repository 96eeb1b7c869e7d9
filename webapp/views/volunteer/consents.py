"""The volunteer's consents: what each means, since when, giving and taking back."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.i18n import day
from webapp.models.consents import ALUMNI, PURPOSES
from webapp.services import consents as service
from webapp.services import own_rows, ranking
from webapp.views.volunteer import blueprint

HOW = "on the page of consents"


@blueprint.get("/consents/")
def consents() -> str:
    """Show each purpose with its wording, date and version, and what was given before."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    purposes = []
    for purpose in PURPOSES:
        consent = service.standing(Session(), volunteer, purpose)
        purposes.append(
            {
                "name": purpose,
                "title": service.TITLES[purpose],
                "wording": service.WORDINGS[purpose],
                "consent": consent,
                "given": day(consent.given_on) if consent else None,
            }
        )
    past = [
        (service.TITLES[one.purpose], day(one.given_on), day(one.withdrawn_at.date()), one.version)
        for one in service.history(Session(), volunteer)
        if one.withdrawn_at is not None
    ]
    joined = service.standing(Session(), volunteer, ALUMNI)
    return render_template(
        "volunteer/consents.html",
        purposes=purposes,
        past=past,
        version=service.VERSION,
        alumni_since=day(joined.given_on) if joined else None,
        alumni_title=service.TITLES[ALUMNI],
    )


@blueprint.post("/consents/<purpose>/give")
def give_consent(purpose: str) -> Response:
    """Give a consent; matches are there on the next page."""
    if purpose not in PURPOSES:  # joining the alumni has a page of its own
        abort(404)
    volunteer = own_rows.volunteer_of(Session(), g.account)
    service.give(Session(), g.account, volunteer, purpose, HOW)
    ranking.rank_volunteer(Session(), volunteer)
    flash(_("Thank you. Your consent is recorded with today's date."), "success")
    return redirect(url_for("volunteer.consents"))


@blueprint.route("/consents/<purpose>/withdraw", methods=["GET", "POST"])
def withdraw_consent(purpose: str) -> Any:
    """Say what ends with a consent, then end it."""
    if purpose not in PURPOSES:
        abort(404)
    volunteer = own_rows.volunteer_of(Session(), g.account)
    if request.method == "GET":
        ending = service.resting_applications(Session(), volunteer, purpose)
        return render_template(
            "volunteer/withdraw_consent.html",
            purpose=purpose,
            title=service.TITLES[purpose],
            ending=[(one.assignment.title, one.assignment.host.name) for one in ending],
        )
    service.withdraw(Session(), g.account, volunteer, purpose)
    ranking.rank_volunteer(Session(), volunteer)
    flash(_("Your consent is taken back. From now on nothing is matched on it."), "success")
    return redirect(url_for("volunteer.consents"))
