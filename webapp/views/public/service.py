"""The page that says whether a certificate of service is valid, and no more than its holder allows."""

from __future__ import annotations

from flask import render_template
from flask_babel import get_locale

from webapp.certificate_words import lines_of
from webapp.db import Session
from webapp.services import service_certificates as service
from webapp.services.errors import NotFound
from webapp.views.public import blueprint


@blueprint.get("/service/<service_code>")
def service_certificate(service_code: str) -> str | tuple[str, int]:
    """Say that it is valid and when it was issued; of the rest, the lines that the holder shows."""
    try:
        found = service.find(Session(), service_code)
    except NotFound:
        return render_template("public/no_certificate.html"), 404
    lines = lines_of(found, found.shown, str(get_locale()))
    return render_template("public/service_certificate.html", issued_at=found.issued_at, code=found.code, lines=lines)
