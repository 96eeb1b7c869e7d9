"""Who applied: band, score and reasons, the profile, the shortlist and a kind answer."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import clock, explain, score_words
from webapp.db import Session, own_session
from webapp.i18n import translate
from webapp.promise_words import why_later
from webapp.services import companions, file_looks, handing_over, more_days, promised_days, shortlists
from webapp.services.alumni import returns
from webapp.services.errors import Refused
from webapp.services.own_rows import host_application, host_assignment
from webapp.services.shortlists import Applicant
from webapp.views.host import blueprint
from webapp.views.host.forms.answers import DeclineForm
from webapp.views.host.telling import language

Answer = str | tuple[str, int] | Response


@blueprint.get("/assignments/<int:assignment_id>/applicants")
def applicants(assignment_id: int) -> str:
    """List the applicants of an assignment."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    people = shortlists.applicants(Session(), g.account, assignment, clock.today())
    together = companions.who_go_together(Session(), [one.application for one in people])
    return render_template("host/applicants.html", assignment=assignment, people=people, together=together)


@blueprint.get("/applications/<int:application_id>")
def application(application_id: int) -> str:
    """Show one applicant."""
    one = _one(application_id)
    file_looks.note(own_session, g.account, one.volunteer, one.sight)
    return _page(one, _decline_form())


@blueprint.post("/applications/<int:application_id>/shortlist")
def shortlist(application_id: int) -> Response:
    """Put the applicant on the shortlist."""
    one = _one(application_id)
    shortlists.shortlist(Session(), g.account, one.application)
    flash(_("On the shortlist. You see the contact data now, and the person has a letter that says so."), "success")
    return redirect(url_for(".application", application_id=application_id))


@blueprint.post("/applications/<int:application_id>/more-days")
def ask_more_days(application_id: int) -> Response:
    """Move the promised day, once."""
    one = _one(application_id)
    more_days.ask(Session(), g.account, one.application)
    flash(_("You have more days. The person has a letter with the new day."), "success")
    return redirect(url_for(".application", application_id=application_id))


@blueprint.post("/applications/<int:application_id>/decline")
def decline(application_id: int) -> Answer:
    """Decline the applicant, with a reason and words."""
    one, form = _one(application_id), _decline_form()
    if form.validate():
        try:
            shortlists.decline(Session(), g.account, one.application, form.reason_code.data, form.words.data or "")
        except Refused as error:
            form.words.errors = [translate(error.words)]
        else:
            flash(_("Answered. The person gets your words as a letter."), "success")
            return redirect(url_for(".applicants", assignment_id=one.application.assignment_id))
    return _page(one, form), 422


@blueprint.get("/assignments/<int:assignment_id>/shortlist")
def shortlist_page(assignment_id: int) -> str:
    """Show who stands on the shortlist, with contact data."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    people = shortlists.applicants(Session(), g.account, assignment, clock.today())
    chosen = [one for one in people if one.sight.contact]
    file_looks.note_all(own_session, g.account, [one.volunteer for one in chosen], "contact")
    return render_template(
        "host/shortlist.html",
        assignment=assignment,
        people=chosen,
        number=len(people),
        told_at=handing_over.handed_over_at(Session(), assignment),
    )


@blueprint.post("/assignments/<int:assignment_id>/shortlist/tell")
def tell_coordinators(assignment_id: int) -> Response:
    """Hand the shortlist to the coordinators, who decide."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    handing_over.tell_coordinators(Session(), g.account, assignment, clock.today())
    flash(_("The coordinators have a letter that your shortlist is ready."), "success")
    return redirect(url_for(".shortlist_page", assignment_id=assignment_id))


def _one(application_id: int) -> Applicant:
    found = host_application(Session(), g.account, application_id)
    return shortlists.applicant(Session(), g.account, found, clock.today())


def _decline_form() -> DeclineForm:
    form = DeclineForm()
    form.prepare()
    return form


def _page(one: Applicant, form: DeclineForm) -> str:
    obstacles = explain.missing_words(shortlists.why_not_matched(Session(), one), language())
    assignment = one.application.assignment
    notes = score_words.notes(Session(), one.match, explain.HOST) if one.match else []
    return render_template(
        "host/applicant.html",
        one=one,
        assignment=assignment,
        form=form,
        obstacles=obstacles,
        notes=notes,
        later=why_later(promised_days.why(Session(), one.application)) if one.waits else "",
        can_ask_days=more_days.can_ask(one.application),
        is_return=returns.has_served_here(Session(), one.volunteer, assignment),
        with_whom=shortlists.with_whom(Session(), g.account, one, clock.today()),
    )
