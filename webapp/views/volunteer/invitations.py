"""Questions that wait for the volunteer: invitations, and being put forward to a partner."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.assignment_words import stay_words
from webapp.db import Session
from webapp.i18n import day
from webapp.models import Assignment, Volunteer
from webapp.services import answers, conditions, own_rows
from webapp.services.openings import Opening
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.cards import conflict_words, plain_day, where
from webapp.words import Words, lazy

SHARED: dict[str, Words] = {
    "name": lazy("your name"),
    "profile": lazy("skills, languages, availability and experience"),
    "earlier_service": lazy("where you have served before"),
}


@blueprint.get("/invitations/")
def invitations() -> str:
    """Show what waits for an answer, and what was answered."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    return render_template(
        "volunteer/invitations.html",
        invitations=[
            {"row": one, "at": day(one.sent_at.date()), **_about(volunteer, one.assignment)}
            for one in answers.invitations_of(Session(), volunteer)
        ],
        requests=[
            {
                "row": one.put_forward,
                "at": day(one.put_forward.at.date()),
                "partner": one.partnership.receiving_vio.name,
                "terms": one.partnership.terms,
                "until": day(one.partnership.ends_on),
                "shared": [SHARED[part] for part in one.partnership.shared_parts if part in SHARED],
                **_about(volunteer, one.put_forward.assignment),
            }
            for one in answers.requests_of(Session(), volunteer)
        ],
    )


def _about(volunteer: Volunteer, assignment: Assignment) -> dict[str, Any]:
    """Return what one must know of an assignment to answer; the conflicts are shown to her and to nobody else."""
    return {
        "assignment": assignment,
        "url": url_for("volunteer.assignment", assignment_id=assignment.id),
        "host": assignment.host.name,
        "where": where(assignment),
        "dates": stay_words(assignment),
        "day": plain_day(assignment),
        "conflicts": conflict_words(Opening(assignment, None, conditions.conflicts(volunteer, assignment))),
    }


@blueprint.post("/invitations/<int:invitation_id>/<any(accept, decline):answer>")
def answer_invitation(invitation_id: int, answer: str) -> Response:
    """Accept or decline an invitation."""
    invitation = answers.answer_invitation(Session(), g.account, invitation_id, accepts=answer == "accept")
    if answer == "accept":
        flash(_("You accepted. The coordinator now sees your name. Apply, so that the host sees you too."), "success")
        return redirect(url_for("volunteer.assignment", assignment_id=invitation.assignment_id))
    flash(_("You declined. That is all; nobody is told why."), "success")
    return redirect(url_for("volunteer.invitations"))


@blueprint.post("/put-forward/<int:put_forward_id>/<any(agree, decline):answer>")
def answer_request(put_forward_id: int, answer: str) -> Response:
    """Agree to be put forward to a partner organization, or decline."""
    answers.answer_request(Session(), g.account, put_forward_id, agrees=answer == "agree")
    words = _("You agreed. The partner organization now sees what is listed.")
    flash(words if answer == "agree" else _("You declined. That is all; nobody is told why."), "success")
    return redirect(url_for("volunteer.invitations"))


@blueprint.post("/put-forward/<int:put_forward_id>/withdraw")
def take_back(put_forward_id: int) -> Response:
    """End being put forward."""
    answers.take_back(Session(), g.account, put_forward_id)
    flash(_("The partner organization no longer sees you."), "success")
    return redirect(url_for("volunteer.invitations"))
