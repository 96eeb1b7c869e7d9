"""The page behind a link of a roll call: one question, for the volunteer or for the host, without signing in."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, TelField, TextAreaField
from wtforms.fields import StringField
from wtforms.validators import InputRequired, Length

from webapp.db import Session
from webapp.forms import stripped
from webapp.i18n import translate
from webapp.models import RollCallLink
from webapp.services.errors import Refused
from webapp.services.roll_calls import answering
from webapp.views.public import blueprint

Answer = str | Response | tuple[str, int]
OWN = [("safe", _l("I am safe")), ("help", _l("I need help"))]
OF_HOST = [("safe", _l("They are safe")), ("help", _l("They need help"))]


class SafeForm(FlaskForm):
    """One question; the rest may stay empty."""

    says = RadioField(_l("Are you safe?"), [InputRequired(_l("Choose one of the two answers."))])
    place = StringField(_l("Where?"), [Length(max=300)], filters=[stripped], render_kw={"dir": "auto"})
    phone = TelField(_l("Number to call"), [Length(max=50)], filters=[stripped], render_kw={"dir": "ltr"})
    words = TextAreaField(_l("Anything else?"), [Length(max=answering.LONGEST)], render_kw={"rows": 2, "dir": "auto"})


@blueprint.route("/safe/<token>", methods=["GET", "POST"])
def are_you_safe(token: str) -> Answer:
    """Ask, and keep the answer; opening the page alone answers nothing."""
    try:
        link = answering.find(Session(), token)
    except Refused as refused:
        return _over(refused)
    form = _form(link)
    if form.validate_on_submit():
        said = answering.Said(form.says.data, form.place.data or "", form.phone.data or "", form.words.data or "")
        try:
            answering.answer(Session(), link, said)
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            return redirect(url_for("public.are_you_safe", token=token))
    page = render_template(
        "public/are_you_safe.html",
        link=link,
        person=link.person,
        form=form,
        before=answering.said_by(link),
        is_in_help=answering.is_in_help(link),
        has_number=answering.has_number(link),
    )
    return page, 422 if form.is_submitted() else 200


def _form(link: RollCallLink) -> SafeForm:
    form = SafeForm()
    is_own = link.side == "volunteer"
    choices = OWN if is_own else OF_HOST
    form.says.choices = choices[1:] if answering.said_by(link) else choices
    if answering.is_in_help(link):  # all that is still asked for
        form.phone.validators = [InputRequired(_l("Write a number at which we can call you.")), *form.phone.validators]
    form.says.label.text = _("Are you safe?") if is_own else _("Is this person safe?")
    return form


def _over(refused: Refused) -> tuple[str, int]:
    heading = _("There is nothing to answer here any more")
    return render_template("error.html", heading=heading, words=translate(refused.words)), 410
