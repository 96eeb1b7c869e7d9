"""Who is on duty, how fast, the list that a call goes down, and the poster."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.forms import say
from webapp.services.errors import Refused
from webapp.services.safeguarding import duty as service
from webapp.services.safeguarding import people
from webapp.views.focal_point import blueprint
from webapp.views.focal_point.forms import DutyForm, StepForm


@blueprint.route("/duty", methods=["GET", "POST"])
def duty() -> Any:
    """Show and keep who is on duty."""
    kept = service.own(Session(), g.account)
    here = people.focal_points(Session(), kept.vio_id)
    form = DutyForm(here, obj=kept)
    if form.validate_on_submit():
        service.change(Session(), g.account, form.values())
        flash(_("Kept. Volunteers see it from now on."), "success")
        return redirect(url_for("focal_point.duty"))
    return _page(form, StepForm(here, formdata=None)), 422 if form.is_submitted() else 200


@blueprint.post("/duty/steps")
def add_step() -> Any:
    """Put somebody at the end of the list."""
    kept = service.own(Session(), g.account)
    here = people.focal_points(Session(), kept.vio_id)
    form = StepForm(here)
    if form.validate():
        try:
            service.add_step(
                Session(), g.account, form.user_id.data or None, form.step_name.data or "", form.phone.data or ""
            )
        except Refused as refusal:
            say(form.step_name, refusal.words)
        else:
            flash(_("The list is longer by one."), "success")
            return redirect(url_for("focal_point.duty"))
    return _page(DutyForm(here, formdata=None, obj=kept), form), 422


@blueprint.post("/duty/steps/<int:step_id>/remove")
def remove_step(step_id: int) -> Response:
    """Take somebody off the list."""
    service.remove_step(Session(), g.account, step_id)
    flash(_("Taken off the list."), "success")
    return redirect(url_for("focal_point.duty"))


def _page(form: DutyForm, step_form: StepForm) -> str:
    kept = service.own(Session(), g.account)
    return render_template("focal_point/duty.html", form=form, step_form=step_form, kept=kept)
