"""Applications with the day promised to each volunteer, and the invitations that were sent."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import clock, explain, list_pages, score_words
from webapp.db import Session, own_session
from webapp.i18n import translate
from webapp.models import Application, Assignment, Volunteer
from webapp.models.applications import APPLICATION_STATES
from webapp.services import (
    application_board,
    companions,
    file_looks,
    match_review,
    offers,
    own_rows,
    places,
    ranking,
    shortlists,
    stays,
    visibility,
)
from webapp.services.by_mail import links, words_to_office
from webapp.services.errors import Refused
from webapp.services.moves import can_move
from webapp.services.placement_reasons import ALL
from webapp.services.timeline import timeline
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.placement_forms import LetGoForm
from webapp.views.coordinator.recruitment import recruitment_of
from webapp.views.coordinator.shown import reader_of, show
from webapp.views.coordinator.telling import language, name_of, named


@blueprint.get("/applications")
def applications() -> str:
    """List applications, those without an answer first, by the promised day."""
    state = request.args.get("state", "")
    state = state if state in APPLICATION_STATES else ""
    found = application_board.board(Session(), g.account, state, list_pages.asked())
    return render_template(
        "coordinator/applications.html",
        applications=named(found.rows),
        together=companions.who_go_together(Session(), found.rows),
        counts=application_board.count_by_state(Session(), g.account),
        states=APPLICATION_STATES,
        state=state,
        **list_pages.beside(found),
        is_late=lambda one: application_board.is_late(one, clock.today()),
    )


@blueprint.get("/applications/<int:application_id>")
def application(application_id: int) -> str:
    """Show one application: its note, how far it is, and how the person fits, eligible or not."""
    found = own_rows.vio_application(Session(), g.account, application_id)
    sight = visibility.sight_of(Session(), g.account, found.volunteer, found.assignment)
    file_looks.note(own_session, g.account, found.volunteer, sight)
    return _page(found, LetGoForm(formdata=None))


def _page(found: Application, form: LetGoForm) -> str:
    assignment, volunteer = found.assignment, found.volunteer
    match = match_review.match_of_pair(Session(), assignment, volunteer)
    rows = match_review.rows_of(Session(), g.account, assignment, [match]) if match else []
    one = show(rows[0], assignment) if rows else None
    return render_template(
        "coordinator/application.html",
        application=found,
        assignment=assignment,
        volunteer=volunteer,
        sight=visibility.sight_of(Session(), g.account, volunteer, assignment),
        name=_name(volunteer, assignment),
        one=one,
        notes=score_words.notes(Session(), rows[0].match, reader_of(rows[0], assignment)) if one else [],
        why_not=[] if rows else _why_not(found),
        recruitment=recruitment_of(found),
        last_reminder=application_board.last_reminder(Session(), found),
        steps=timeline(Session(), found),
        said=[(event, words_to_office.day_in(event)) for event in words_to_office.said(Session(), found)],
        sent_to=lambda link_id: links.told(Session(), link_id),
        offers=offers.offers_of(Session(), found),
        reason_of=lambda one: translate(ALL[one.reason_code]) if one.reason_code in ALL else "",
        placement=stays.placement_of(Session(), found),
        form=form if form.errors or shortlists.can_let_go(Session(), found) else None,
        can_offer=(found.state == "selected" or can_move(found, "selected"))
        and not places.holds_place(Session(), found),
        is_late=application_board.is_late(found, clock.today()),
        with_whom=_with_whom(found),
    )


def _with_whom(found: Application) -> list[tuple[Application | None, str]]:
    """Return with whom the person applies: the other application and a name, or nothing of somebody who has not."""
    others = companions.companions(Session(), found)
    return [
        (one.application, _name(one.volunteer, found.assignment) if one.application else _("Somebody"))
        for one in others
    ]


@blueprint.post("/applications/<int:application_id>/remind")
def remind(application_id: int) -> Any:
    """Remind the host to answer."""
    found = own_rows.vio_application(Session(), g.account, application_id)
    application_board.remind_host(Session(), g.account, found)
    flash(_("The host has a letter from you."), "success")
    return redirect(url_for("coordinator.application", application_id=application_id))


@blueprint.post("/applications/<int:application_id>/decline")
def decline_application(application_id: int) -> Any:
    """Decline somebody on the shortlist, with a reason and words."""
    found, form = own_rows.vio_application(Session(), g.account, application_id), LetGoForm()
    if not form.validate():
        return _page(found, form), 422
    try:
        shortlists.let_go(Session(), g.account, found, form.reason_code.data, form.words.data)
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _page(found, form), 422
    flash(_("Answered. The person gets your words as a letter."), "success")
    return redirect(url_for("coordinator.application", application_id=application_id))


@blueprint.get("/invitations")
def invitations() -> str:
    """List the invitations of the own VIO and their answers."""
    found = application_board.invitations_sent(Session(), g.account)
    return render_template(
        "coordinator/invitations.html",
        invitations=named(found),
    )


def _name(volunteer: Volunteer, assignment: Assignment) -> str:
    return name_of(visibility.sight_of(Session(), g.account, volunteer, assignment), volunteer, assignment)


def _why_not(found: Application) -> list[str]:
    """Return what would have to change, where no current match suggests the person."""
    pair = ranking.explain_pair(Session(), found.volunteer, found.assignment)
    return explain.missing_words([obstacle.to_dict() for obstacle in pair.obstacles], language())
