"""The organization's own page, and asking to be verified."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import clock
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Host
from webapp.services import hosts
from webapp.services.errors import Refused
from webapp.views.host import blueprint
from webapp.views.host.forms.fields import Section
from webapp.views.host.forms.organization import OrganizationForm, VerificationForm
from webapp.views.host.telling import language

Answer = str | tuple[str, int] | Response


@blueprint.route("/organization", methods=["GET", "POST"])
def organization() -> Answer:
    """Show and change what the organization says of itself."""
    host = hosts.own_host(g.account)
    form = OrganizationForm(obj=host)
    form.prepare(language())
    locked = [form[name] for name in hosts.locked_fields(host) if name in form]
    for field in locked:  # shown, and sent back unchanged
        field.data = getattr(host, field.short_name)
    if form.validate_on_submit():
        try:
            hosts.edit_organization(Session(), g.account, form.changes())
        except Refused as error:
            form.form_errors.append(translate(error.words))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".organization"))
    page = render_template("host/organization.html", form=form, host=host, locked=[f.short_name for f in locked])
    return (page, 422) if form.errors else page


@blueprint.route("/verification", methods=["GET", "POST"])
def verification() -> Answer:
    """Collect what a coordinator needs, and ask."""
    host = hosts.own_host(g.account)
    form = VerificationForm(obj=host)
    locked = [form[name] for name in hosts.locked_fields(host) if name in form]
    for field in locked:
        field.data = getattr(host, field.short_name)
    if form.validate_on_submit():
        if "ask" not in request.form:
            hosts.keep_verification_items(Session(), g.account, form.changes())
            flash(_("Saved. Nothing has been sent yet."), "success")
            return redirect(url_for(".verification"))
        answer = _ask(host, form)
        if answer is not None:
            return answer
    return _verification_page(host, form, locked=[field.short_name for field in locked])


def _ask(host: Host, form: Section) -> Response | None:
    """Ask; where something is missing say so at each field and keep nothing."""
    changes = form.changes()
    hosts.keep_verification_items(Session(), g.account, changes)
    missing = hosts.missing_for_verification(host, clock.today())
    if not missing:
        try:
            hosts.ask_for_verification(Session(), g.account)
        except Refused as error:
            form.form_errors.append(translate(error.words))
            return None
        flash(_("Your organization waits for a coordinator, who will call you."), "success")
        return redirect(url_for(".home"))
    for name, words in missing.items():
        if name in form:
            form[name].errors = [*form[name].errors, translate(words)]
        else:
            form.form_errors.append(translate(words))
    return None


def _verification_page(host: Host, form: Section, locked: list[str]) -> Answer:
    today = clock.today()
    page = render_template(
        "host/verification.html",
        form=form,
        host=host,
        locked=locked,
        standing=hosts.standing(host, today),
        missing=hosts.missing_for_verification(host, today),
    )
    return (page, 422) if form.errors else page
