"""The interview of an applicant: inviting, the own scorecard, and both cards once they are in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import clock
from webapp.db import Session
from webapp.i18n import moment, translate
from webapp.models import Application, Scorecard
from webapp.services import moves
from webapp.services.recruitment import access, competency_lists, interviews, scorecards
from webapp.services.recruitment.competencies import Competency
from webapp.services.recruitment.competency_lists import Asked
from webapp.services.visibility import sight_of
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.interview import to_check
from webapp.views.coordinator.recruitment_forms import CorrectionForm, ScorecardForm, scorecard_form
from webapp.views.coordinator.telling import language, name_of, without_name


@blueprint.get("/applications/<int:application_id>/interview")
def interview(application_id: int) -> str:
    """Show what to ask, the own card or the form for it, and the other card when both are in."""
    found = access.seen_application(Session(), g.account, application_id)
    asked = competency_lists.asked_of(Session(), found)
    return _page(found, asked, scorecard_form(asked.competencies, formdata=None))


@blueprint.post("/applications/<int:application_id>/interview")
def send_scorecard(application_id: int) -> Any:
    """Send the own card; it is final."""
    found = access.seen_application(Session(), g.account, application_id)
    asked = competency_lists.asked_of(Session(), found)
    form = scorecard_form(asked.competencies)
    if not form.validate_on_submit():
        return _page(found, asked, form), 422
    scorecards.send(Session(), g.account, found, form.marks())
    flash(_("Your scorecard is in. You see the other one when it is in too."), "success")
    return _back(application_id)


@blueprint.post("/applications/<int:application_id>/interview/correct")
def correct_scorecard(application_id: int) -> Any:
    """Put a later line beside one of the own card."""
    found = access.seen_application(Session(), g.account, application_id)
    asked = competency_lists.asked_of(Session(), found)
    form = CorrectionForm(asked.competencies)
    if not form.validate_on_submit():
        return _page(found, asked, scorecard_form(asked.competencies, formdata=None), form), 422
    scorecards.correct(Session(), g.account, found, form.competency.data, form.mark())
    flash(_("Corrected. Both lines stay to be read."), "success")
    return _back(application_id)


@blueprint.post("/applications/<int:application_id>/interview/invite")
def invite_to_interview(application_id: int) -> Response:
    """Invite somebody from the shortlist to an interview."""
    found = access.seen_application(Session(), g.account, application_id)
    interviews.invite_to_interview(Session(), g.account, found)
    flash(_("Invited. Now agree with the person on day and place."), "success")
    return _back(application_id)


def _back(application_id: int) -> Response:
    return redirect(url_for("coordinator.interview", application_id=application_id))


def _page(found: Application, asked: Asked, form: ScorecardForm, correction: CorrectionForm | None = None) -> str:
    volunteer, assignment = found.volunteer, found.assignment
    cards = scorecards.cards_of(Session(), g.account, found)
    return render_template(
        "coordinator/recruitment/interview.html",
        application=found,
        name=name_of(sight_of(Session(), g.account, volunteer, assignment), volunteer, assignment),
        cards=cards,
        shown=[_told(card, found, asked.competencies, cards.has_notes) for card in cards.shown],
        agreement=[(translate(asked.competencies[one.competency].name), one) for one in cards.agreement],
        same=sum(one.apart == 0 for one in cards.agreement),
        near=sum(one.apart <= 1 for one in cards.agreement),
        raters=scorecards.RATERS,
        form=form,
        correction=correction or CorrectionForm(asked.competencies, formdata=None),
        can_invite=moves.can_move(found, "interview"),
        to_check=to_check(volunteer, assignment, language(), clock.today()),
    )


def _told(
    card: Scorecard, found: Application, competencies: Mapping[str, Competency], has_notes: bool
) -> dict[str, Any]:
    """Return a card in words: its lines in the order of the competencies, corrected ones before their correction."""
    standing = scorecards.standing(card)
    lines = [
        {
            "name": translate(one.name),
            "score": line.score,
            "anchor": translate(one.anchors[line.score - 1]),
            "note": without_name(line.note, found.volunteer) if has_notes else "",
            "at": moment(line.given_at) if line.given_at > card.sent_at else "",
            "counts": line is standing[code],
        }
        for code, one in competencies.items()
        for line in card.lines
        if line.competency == code
    ]
    return {"rater": card.rater.display_name or card.rater.email, "sent": moment(card.sent_at), "lines": lines}
