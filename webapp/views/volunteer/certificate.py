"""The volunteer's certificate of service: having it made, printing it, and deciding what others read of it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.certificate_words import lines_of
from webapp.db import Session
from webapp.models import Placement, ServiceCertificate
from webapp.services import placement_sight
from webapp.services import service_certificates as service
from webapp.views.volunteer import blueprint


class ShownForm(FlaskForm):
    """Which lines the public page shows."""

    shown = SelectMultipleField(
        _l("The page shows"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


@blueprint.get("/placements/<int:placement_id>/certificate")
def service_certificate(placement_id: int) -> str:
    """Show what there is: how to have it made, or the sheet, the public page and what it shows."""
    found = _placement(placement_id)
    return _page(found, service.of(Session(), found), None)


@blueprint.post("/placements/<int:placement_id>/certificate")
def make_service_certificate(placement_id: int) -> Response:
    """Have it made."""
    service.issue(Session(), g.account, _placement(placement_id))
    flash(_("Your certificate is made. Nobody can read anything of it yet but that it is valid."), "success")
    return redirect(url_for("volunteer.service_certificate", placement_id=placement_id))


@blueprint.post("/placements/<int:placement_id>/certificate/shown")
def show_service_certificate(placement_id: int) -> Any:
    """Keep which lines the public page shows."""
    found = _placement(placement_id)
    certificate = _certificate(found)
    form = _form(certificate)
    if not form.validate():
        return _page(found, certificate, form), 422
    service.show(Session(), g.account, certificate, form.shown.data or [])
    flash(_("Kept. The public page shows this from now on."), "success")
    return redirect(url_for("volunteer.service_certificate", placement_id=placement_id))


@blueprint.get("/placements/<int:placement_id>/certificate/sheet")
def service_certificate_sheet(placement_id: int) -> str:
    """Print it whole: whoever gets the sheet gets it from its holder."""
    certificate = _certificate(_placement(placement_id))
    return render_template(
        "volunteer/certificate_sheet.html",
        certificate=certificate,
        lines=lines_of(certificate, service.LINES, str(get_locale())),
        address=_address(certificate),
    )


def _placement(placement_id: int) -> Placement:
    return placement_sight.placement_for(Session(), g.account, placement_id)


def _certificate(found: Placement) -> ServiceCertificate:
    return service.of(Session(), found) or abort(404)


def _address(certificate: ServiceCertificate) -> str:
    return url_for("public.service_certificate", service_code=certificate.code, _external=True)


def _form(certificate: ServiceCertificate) -> ShownForm:
    form = ShownForm(data={"shown": certificate.shown})
    lines = lines_of(certificate, service.LINES, str(get_locale()))
    form.shown.choices = [(line.code, f"{line.label}: {line.text}") for line in lines]
    return form


def _page(found: Placement, certificate: ServiceCertificate | None, form: ShownForm | None) -> str:
    return render_template(
        "volunteer/certificate.html",
        placement=found,
        certificate=certificate,
        form=form or (_form(certificate) if certificate else None),
        address=_address(certificate) if certificate else "",
        may_issue=service.may_issue(g.account, found),
    )
