"""Who does what for a placement, and the volunteers whom the own VIO has sent to others."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp import clock
from webapp.db import Session
from webapp.duty_words import open_words, who_does_what
from webapp.i18n import translate
from webapp.services import duties, placement_sight, visibility
from webapp.services.errors import Refused
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.placement_forms import DutyForm
from webapp.views.coordinator.telling import name_of, named


@blueprint.route("/placements/<int:placement_id>/duties", methods=["GET", "POST"])
def placement_duties(placement_id: int) -> Any:
    """Show what each side does; say what the own side has done."""
    found = placement_sight.placement_for(Session(), g.account, placement_id)
    groups = who_does_what(Session(), g.account, found)
    form = DutyForm(done_on=clock.today())
    form.prepare([row for group in groups if group.is_own for row in group.rows])
    if form.validate_on_submit():
        try:
            duties.say_done(Session(), g.account, found, form.code.data, form.done_on.data, clock.today())
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("Saved. Both sides see it."), "success")
            return redirect(url_for("coordinator.placement_duties", placement_id=placement_id))
    sight = visibility.sight_of(Session(), g.account, found.volunteer, found.assignment)
    page = render_template(
        "coordinator/placement_duties.html",
        placement=found,
        name=name_of(sight, found.volunteer, found.assignment),
        groups=groups,
        form=form if form.code.choices and found.state != "cancelled" else None,
    )
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/sent")
def sent_abroad() -> str:
    """List the own volunteers who are placed by other VIOs, with what is still to do for each."""
    found = duties.sent_abroad(Session(), g.account)
    names = named([one for one, _open in found])
    rows = [(one, name, open_words(open_ones)) for (one, name), (_one, open_ones) in zip(names, found, strict=True)]
    return render_template("coordinator/sent_abroad.html", rows=rows)
