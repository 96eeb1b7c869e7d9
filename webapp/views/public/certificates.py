"""The page that says whether a certificate is real."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import get_locale as current_locale

from webapp.courses import read_course
from webapp.db import Session
from webapp.services import training
from webapp.services.errors import NotFound
from webapp.views.public import blueprint


@blueprint.get("/certificates/<code>")
def certificate(code: str) -> str | tuple[str, int]:
    """Say what was completed, when, by which organization; nothing else."""
    try:
        found = training.find_certificate(Session(), code)
    except NotFound:
        return render_template("public/no_certificate.html"), 404
    course = read_course(found.course, str(current_locale()))
    address = url_for("public.certificate", code=found.code, _external=True)
    return render_template("public/certificate.html", certificate=found, course=course, address=address)
