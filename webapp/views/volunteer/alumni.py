"""The volunteer's page of the alumni: joining, choosing what for, leaving."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.i18n import translate
from webapp.models.consents import ALUMNI
from webapp.services import consent_wordings, consents, own_rows
from webapp.services.alumni import membership
from webapp.services.errors import Refused
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms.alumni import AlumniForm


@blueprint.route("/alumni", methods=["GET", "POST"])
def alumni() -> Any:
    """Show what each tick means, and keep the choice."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    kept = membership.of(Session(), volunteer)
    form = AlumniForm(kept)
    if form.validate_on_submit():
        try:
            membership.keep(Session(), g.account, volunteer, form.choice)
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("Kept. It works from now on, and you can change it at any time."), "success")
            return redirect(url_for("volunteer.alumni"))
    page = render_template(
        "volunteer/alumni.html",
        form=form,
        kept=kept,
        may_join=membership.may_join(Session(), volunteer),
        consent=consents.standing(Session(), volunteer, ALUMNI),
        wording=consent_wordings.WORDINGS[ALUMNI],
        version=consent_wordings.VERSIONS[ALUMNI],
    )
    return (page, 422) if form.is_submitted() else page


@blueprint.post("/alumni/leave")
def leave_alumni() -> Response:
    """Take the consent back."""
    membership.leave(Session(), g.account, own_rows.volunteer_of(Session(), g.account))
    flash(_("You have left the alumni. Nothing of it is shown or done any more."), "success")
    return redirect(url_for("volunteer.alumni"))
