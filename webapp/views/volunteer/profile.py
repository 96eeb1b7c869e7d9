"""The profile at a glance: what it says, what is missing, and the way to each step."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import clock
from webapp.db import Session
from webapp.i18n import day
from webapp.services import own_rows, profile_strength, volunteers
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.steps import ORDER, TITLES, url_of
from webapp.views.volunteer.summary import summary_of


@blueprint.get("/profile/")
def profile() -> str:
    """Show every part with what it says now."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    confirmed = volunteer.availability_confirmed_on
    return render_template(
        "volunteer/profile.html",
        volunteer=volunteer,
        parts=[(name, TITLES[name], url_of(name), summary_of(volunteer, name)) for name in ORDER],
        strength=profile_strength.strength_of(volunteer),
        confirmed=day(confirmed) if confirmed else None,
        is_long_unconfirmed=volunteers.is_long_unconfirmed(volunteer, clock.today()),
        url_of=url_of,
    )


@blueprint.post("/profile/confirm")
def confirm_time() -> Response:
    """Keep that the dates are still right."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    volunteers.confirm_time(Session(), volunteer)
    flash(_("Thank you. Coordinators now see that your dates are fresh."), "success")
    return redirect(url_for("volunteer.profile"))
