"""An applicant behind a host's link, and answering: nothing is done before it was shown and confirmed."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for

from webapp import clock
from webapp.db import Session, own_session
from webapp.i18n import translate
from webapp.services import file_looks, shortlists
from webapp.services.errors import NotFound, Refused
from webapp.services.own_rows import host_application
from webapp.services.shortlists import Applicant
from webapp.views.by_mail import blueprint
from webapp.views.by_mail.forms import PlainForm
from webapp.views.by_mail.opening import Answer
from webapp.views.by_mail.telling import whole
from webapp.views.by_mail.ways import WAYS, Way, open_ways


@blueprint.get("/applicants/<int:application_id>")
def applicant(application_id: int) -> str:
    """Show one applicant, as a host sees one, and the answers that can be given."""
    one = _one(application_id)
    file_looks.note(own_session, g.account, one.volunteer, one.sight)
    ways = [(code, translate(way.name)) for code, way in open_ways(one.application).items()]
    return render_template("by_mail/applicant.html", person=whole(one), ways=ways)


@blueprint.route("/applicants/<int:application_id>/<way>", methods=["GET", "POST"])
def answer(application_id: int, way: str) -> Answer:
    """Ask for what an answer needs, show once more what will happen, then do it."""
    if way not in WAYS:
        raise NotFound
    one = _one(application_id)
    found = open_ways(one.application).get(way)
    if found is None:
        return _page(one, None, None)
    form = found.form()
    if not form.validate_on_submit():
        return _page(one, found, form)
    if not form.confirmed.data:
        return _page(one, found, form, is_second_look=True)
    try:
        found.act(Session(), g.account, one.application, form)
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _page(one, found, form)
    flash(translate(found.done), "success")
    return redirect(url_for(".applicant", application_id=application_id))


def _one(application_id: int) -> Applicant:
    found = host_application(Session(), g.account, application_id)
    if g.link.placement_id is not None or found.assignment_id != g.link.assignment_id:
        raise NotFound
    return shortlists.applicant(Session(), g.account, found, clock.today())


def _page(one: Applicant, way: Way | None, form: PlainForm | None, is_second_look: bool = False) -> Answer:
    """Return the page of an answer; 422 with errors, 409 where this answer cannot be given any more."""
    page = render_template(
        "by_mail/answer.html",
        person=whole(one),
        name=translate(way.name) if way else "",
        confirm=translate(way.confirm) if way else "",
        happens=translate(way.happens) if way else "",
        form=form,
        is_second_look=is_second_look,
        is_plain=type(form) is PlainForm,
    )
    if form is None:
        return page, 409
    return page, 422 if form.errors else 200
