"""Mentors: whom a newcomer may ask, asking, and the yes or no of who is asked."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.db import Session
from webapp.i18n import translate
from webapp.services import own_rows
from webapp.services.alumni import membership, mentors, mentorship_sight, mentorships
from webapp.services.errors import Refused
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms.alumni import AnswerForm, AskForm
from webapp.views.volunteer.mentor_words import card_of, row_of
from webapp.views.volunteer.mentorships import mentorship_page


@blueprint.get("/mentors/")
def mentors_page() -> str:
    """Show what waits, who is one's mentor or mentee, and to a newcomer whom they may ask."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    placement = mentors.newcomers_placement(Session(), g.account)
    rows = [(one.state, row_of(one)) for one in mentorship_sight.seen(Session(), g.account)]
    return render_template(
        "volunteer/mentors.html",
        placement=placement,
        running=[row for state, row in rows if state in mentorships.OPEN_STATES],
        over=[row for state, row in rows if state not in mentorships.OPEN_STATES],
        offered=[card_of(one) for one in mentors.offered(Session(), placement)[: mentors.SHOWN]] if placement else [],
        may_ask=mentorships.count_asked(Session(), volunteer) < mentorships.MOST_ASKED,
        most_asked=mentorships.MOST_ASKED,
        alumnus=membership.of(Session(), volunteer),
        may_join=membership.may_join(Session(), volunteer),
    )


@blueprint.route("/mentors/<int:alumnus_id>/ask", methods=["GET", "POST"])
def ask_mentor(alumnus_id: int) -> Any:
    """Ask somebody, without knowing who it is."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    placement = mentors.newcomers_placement(Session(), g.account) or abort(404)
    found = [one for one in mentors.offered(Session(), placement) if one.alumnus_id == alumnus_id]
    form = AskForm(volunteer)
    if form.validate_on_submit():
        try:
            mentorships.ask(Session(), g.account, alumnus_id, form.words.data or "", form.shows.data or [])
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("Asked. You get a letter when there is an answer."), "success")
            return redirect(url_for("volunteer.mentors_page"))
    if not found:
        abort(404)
    page = render_template("volunteer/ask_mentor.html", form=form, card=card_of(found[0]), placement=placement)
    return (page, 422) if form.is_submitted() else page


@blueprint.post("/mentorships/<int:mentorship_id>/answer")
def answer_newcomer(mentorship_id: int) -> Any:
    """Say yes or no."""
    found = mentorship_sight.mentorship_for(Session(), g.account, mentorship_id)
    form = AnswerForm(own_rows.volunteer_of(Session(), g.account))
    if form.validate() and (form.yes.data or form.no.data):
        words = form.words.data or ""
        try:
            if form.yes.data:
                mentorships.accept(Session(), g.account, found, words, form.shows.data or [])
            else:
                mentorships.decline(Session(), g.account, found, words)
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("Thank you. The newcomer has a letter."), "success")
            return redirect(url_for("volunteer.mentorship", mentorship_id=mentorship_id))
    elif not form.errors:
        form.form_errors.append(_("Press yes or no."))
    return mentorship_page(found, answer=form), 422
