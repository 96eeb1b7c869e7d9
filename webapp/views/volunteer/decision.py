"""The decision that somebody cannot serve with their VIO, as they read it, and their appeal."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from webapp.db import Session
from webapp.i18n import translate
from webapp.services.bars import appeals, sight
from webapp.services.bars.reasons import REASONS
from webapp.services.errors import Refused
from webapp.views.volunteer import blueprint


class AppealForm(FlaskForm):
    """What is not right with the decision."""

    words = TextAreaField(
        _l("What is not right?"),
        [InputRequired(_l("Write in a few sentences what is not right.")), Length(max=appeals.LONGEST)],
        description=_l("In your own words and language. Somebody who took no part in the decision reads it."),
        render_kw={"dir": "auto", "rows": 6},
    )


@blueprint.route("/decision", methods=["GET", "POST"])
def decision() -> Any:
    """Show the decision and take an appeal."""
    volunteer, bar = appeals.own_bar(Session(), g.account)
    form = AppealForm()
    if form.validate_on_submit():
        try:
            appeals.appeal(Session(), g.account, form.words.data or "")
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("Your appeal is with the office. You get a letter when it is answered."), "success")
            return redirect(url_for("volunteer.decision"))
    made = sight.appeals_of(Session(), volunteer, bar)
    knows = sight.knows_reason(Session(), volunteer, bar)
    page = render_template(
        "volunteer/decision.html",
        bar=bar,
        form=form,
        reason=translate(REASONS[bar.reason_code]) if knows else "",
        words=bar.words if knows else "",
        appeals=made,
        is_waiting=bool(made) and made[0].state == "waiting",
        again_from=appeals.again_from(made),
    )
    return page, 422 if form.is_submitted() else 200
