"""One mentorship: the question before a yes, then what the two write to each other, and ending it."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.models import Mentorship
from webapp.safety_forms import WordsForm
from webapp.services import own_rows
from webapp.services.alumni import mentor_threads, mentorship_sight, mentorships
from webapp.services.alumni.mentorship_letters import MENTOR
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms.alumni import AnswerForm
from webapp.views.volunteer.mentor_words import newcomer_facts, row_of


@blueprint.get("/mentorships/<int:mentorship_id>")
def mentorship(mentorship_id: int) -> str:
    """Show it, as far as it is open."""
    return mentorship_page(mentorship_sight.mentorship_for(Session(), g.account, mentorship_id))


@blueprint.post("/mentorships/<int:mentorship_id>/write")
def write_to_other(mentorship_id: int) -> Any:
    """Write to the other of the two."""
    found, form = mentorship_sight.mentorship_for(Session(), g.account, mentorship_id), WordsForm()
    if not form.validate():
        return mentorship_page(found, form=form), 422
    mentor_threads.write(Session(), g.account, found, form.text.data or "")
    flash(_("Sent. Nobody else can read it."), "success")
    return redirect(url_for("volunteer.mentorship", mentorship_id=mentorship_id))


@blueprint.post("/mentorships/<int:mentorship_id>/end")
def end_mentorship(mentorship_id: int) -> Response:
    """End it, or take the question back."""
    mentorships.end(Session(), g.account, mentorship_sight.mentorship_for(Session(), g.account, mentorship_id))
    flash(_("Ended. Nobody is asked for a reason."), "success")
    return redirect(url_for("volunteer.mentors_page"))


def mentorship_page(found: Mentorship, form: WordsForm | None = None, answer: AnswerForm | None = None) -> str:
    """Return the page of one; `form` and `answer` are what was sent and is shown again."""
    is_mentor = mentorship_sight.side_of(g.account, found) == MENTOR
    other = mentorship_sight.other_of(g.account, found)
    person = own_rows.volunteer_of(Session(), g.account)
    asks = is_mentor and found.state == "asked"
    return render_template(
        "volunteer/mentorship.html",
        one=found,
        row=row_of(found),
        other=other,
        is_mentor=is_mentor,
        facts_of=newcomer_facts(found) if is_mentor else [],
        names=_names(found, other.name),
        form=form or WordsForm(formdata=None),
        answer=(answer or AnswerForm(person, formdata=None)) if asks else None,
    )


def _names(found: Mentorship, other: str) -> dict[int | None, str]:
    """Return how the authors of the thread are called on the reader's page."""
    both = {one.user_id for one in (found.mentor, found.placement.volunteer)}
    return {**dict.fromkeys(both, other), g.account.id: _("You")}
