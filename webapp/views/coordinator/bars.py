"""Proposing to bar a volunteer of the own VIO: what it would mean stands first."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from webapp.db import Session
from webapp.i18n import translate
from webapp.services import own_rows
from webapp.services.bars import deciding, effects, sight
from webapp.services.bars.reasons import REASONS
from webapp.services.errors import Refused
from webapp.views.bars import LONGEST
from webapp.views.coordinator import blueprint


class BarForm(FlaskForm):
    """Why somebody is to be barred, until when, and what they are told."""

    reason_code = SelectField(_l("Reason, which the person reads"), [InputRequired(_l("Choose the reason."))])
    note = TextAreaField(
        _l("What happened"),
        [InputRequired(_l("Write down what happened.")), Length(max=LONGEST)],
        description=_l("For those who decide with you. The person does not read this."),
        render_kw={"dir": "auto"},
    )
    words = TextAreaField(
        _l("Your words to the person"),
        [InputRequired(_l("Write a sentence or two to the person.")), Length(max=LONGEST)],
        description=_l("What happened and what it means, in plain words. They are sent once it is confirmed."),
        render_kw={"dir": "auto"},
    )
    ends_on = DateField(_l("Last day"), [Optional()], description=_l("Leave it empty for a bar without end."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [SelectChoice(code, translate(words)) for code, words in REASONS.items()]
        self.reason_code.choices = [SelectChoice("", _("Choose")), *listed]


@blueprint.route("/volunteers/<int:volunteer_id>/bar", methods=["GET", "POST"])
def propose_bar(volunteer_id: int) -> Any:
    """Show what a bar would mean, and take the proposal."""
    volunteer, form = own_rows.vio_volunteer(Session(), g.account, volunteer_id), BarForm()
    running = sight.running_of(Session(), volunteer)
    if running is not None:
        return redirect(url_for("coordinator.bar", bar_id=running.id))
    if form.validate_on_submit():
        try:
            made = deciding.propose(
                Session(),
                g.account,
                volunteer,
                form.reason_code.data,
                form.note.data or "",
                form.words.data or "",
                form.ends_on.data,
            )
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("Proposed. It has no effect before a second person confirms it."), "success")
            return redirect(url_for("coordinator.bar", bar_id=made.id))
    others = sight.people_beside(Session(), volunteer.vio_id, [g.account.id])
    page = render_template(
        "coordinator/propose_bar.html",
        volunteer=volunteer,
        form=form,
        applications=len(effects.live_applications(Session(), volunteer)),
        placements=len(effects.running_placements(Session(), volunteer)),
        alone=not others,
        no_third=len(others) == 1,
    )
    return page, 422 if form.is_submitted() else 200
