"""The page behind the link of a reference: open to who has the letter, without an account, once."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Reference
from webapp.services.errors import Refused
from webapp.services.recruitment import alumni_reference_letters, keeping, reference_answers
from webapp.views.public import blueprint
from webapp.views.public.closed_link import closed_link
from webapp.views.public.reference_forms import ReferenceForm

Answer = str | Response | tuple[str, int]


@blueprint.route("/reference/<token>", methods=["GET", "POST"])
def reference(token: str) -> Answer:
    """Say who asks and why, ask, and keep the answers."""
    found, closed = _open(token)
    if found is None:
        return closed
    form = ReferenceForm(asks_misconduct=found.is_earlier_host)
    if not form.validate_on_submit():
        return _page(token, found, form)
    try:
        reference_answers.answer(Session(), found, form.answered())
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _page(token, found, form)
    return redirect(url_for("public.reference_done"))


@blueprint.post("/reference/<token>/decline")
def decline_reference(token: str) -> Answer:
    """Keep that the person does not want to answer."""
    found, closed = _open(token)
    if found is None:
        return closed
    reference_answers.decline(Session(), found)
    return redirect(url_for("public.reference_declined"))


@blueprint.get("/reference-given")
def reference_done() -> str:
    """Thank the referee."""
    return render_template("public/reference_done.html", is_given=True)


@blueprint.get("/reference-declined")
def reference_declined() -> str:
    """Say that nothing more comes."""
    return render_template("public/reference_done.html", is_given=False)


def _open(token: str) -> tuple[Reference | None, Answer]:
    """Return the request, or the page that says kindly why there is nothing to answer (410: there was once)."""
    try:
        return reference_answers.find(Session(), token), ""
    except Refused as refused:
        return None, closed_link(_("There is nothing to answer here any more"), refused)


def _page(token: str, found: Reference, form: ReferenceForm) -> Answer:
    application = found.application
    page = render_template(
        "public/reference.html",
        token=token,
        form=form,
        name=found.name,
        why="" if found.is_named else translate(alumni_reference_letters.why(found)),
        person=application.volunteer.full_name,
        vio=application.assignment.vio,
        until=found.expires_at,
        months=keeping.REFERENCE_MONTHS,
    )
    return page, 422 if form.is_submitted() else 200
