"""The page that says whether a certificate is real."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import get_locale as current_locale

from webapp.courses import read_course
from webapp.db import Session
from webapp.i18n import translate
from webapp.services import training
from webapp.services.errors import NotFound
from webapp.views.public import blueprint
from webapp.words import Words, lazy

SAYS: dict[str, Words] = {
    training.HOST_COURSE: lazy(
        "It says that somebody of the organization answered. It is no verification, and no promise about a placement."
    ),
    training.VOLUNTEER_COURSE: lazy(
        "It says that this person answered. It is no reference, and no promise about a placement."
    ),
}


@blueprint.get("/certificates/<code>")
def certificate(code: str) -> str | tuple[str, int]:
    """Say what was completed, when, by which organization or volunteer; nothing else."""
    try:
        found = training.find_certificate(Session(), code)
    except NotFound:
        return render_template("public/no_certificate.html"), 404
    course = read_course(found.course, str(current_locale()))
    address = url_for("public.certificate", code=found.code, _external=True)
    says = translate(SAYS[found.course])
    return render_template("public/certificate.html", certificate=found, course=course, address=address, says=says)
