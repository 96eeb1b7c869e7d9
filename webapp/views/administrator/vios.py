"""The organizations of this installation."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import get_locale as current_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import vocabulary
from webapp.db import Session
from webapp.forms import say
from webapp.services import vios
from webapp.services.errors import Refused
from webapp.services.vios import VioFacts
from webapp.views.administrator import blueprint
from webapp.views.administrator.forms import VioForm

Answer = str | Response | tuple[str, int]


@blueprint.get("/organizations")
def organizations() -> str:
    """List the organizations with their number of coordinators."""
    session, language = Session(), str(current_locale())
    staff = vios.coordinators_by_vio(session)
    rows = [
        (vio, vocabulary.country_name(vio.country, language), staff.get(vio.id, 0)) for vio in vios.all_vios(session)
    ]
    return render_template("administrator/organizations.html", rows=rows)


@blueprint.route("/organizations/new", methods=["GET", "POST"])
def new_organization() -> Answer:
    """Make an organization."""
    form = VioForm()
    if form.validate_on_submit():
        try:
            made = vios.create(Session(), g.account, _facts(form))
        except Refused as refusal:
            say(form.name, refusal.words)
        else:
            flash(_("%(name)s stands. Now invite its coordinators.", name=made.name), "success")
            return redirect(url_for("administrator.invite_staff", vio=made.id))
    return _page(form, None)


@blueprint.route("/organizations/<int:vio_id>", methods=["GET", "POST"])
def organization(vio_id: int) -> Answer:
    """Change an organization."""
    kept = vios.vio(Session(), vio_id)
    form = VioForm(obj=kept)
    if form.validate_on_submit():
        try:
            vios.change(Session(), g.account, vio_id, _facts(form))
        except Refused as refusal:
            say(form.name, refusal.words)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("administrator.organizations"))
    return _page(form, kept.name)


def _facts(form: VioForm) -> VioFacts:
    return VioFacts(
        name=form.name.data,
        country=form.country.data,
        contact_email=form.contact_email.data,
        is_open=form.is_open.data,
        retention_months=form.retention_months.data,
        access_review_months=form.access_review_months.data,
    )


def _page(form: VioForm, name: str | None) -> Answer:
    page = render_template("administrator/organization.html", form=form, name=name)
    return (page, 422) if form.is_submitted() else page
