"""The page behind the link of a follow-up: three questions, without signing in, once."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from webapp.db import Session
from webapp.i18n import translate
from webapp.models import FollowUp
from webapp.services import follow_ups as service
from webapp.services.errors import Refused
from webapp.views.public import blueprint
from webapp.views.public.closed_link import closed_link

Answer = str | Response | tuple[str, int]
CHOOSE = _l("Choose an answer. “I cannot say” is one too.")


class FollowUpForm(FlaskForm):
    """Three questions, and words."""

    in_touch = RadioField(validators=[InputRequired(CHOOSE)])
    learned = RadioField(validators=[InputRequired(CHOOSE)])
    lasting = RadioField(validators=[InputRequired(CHOOSE)])
    words = TextAreaField(
        _l("Anything else?"), [Length(max=service.LONGEST_WORDS)], render_kw={"rows": 4, "dir": "auto"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, words in service.QUESTIONS.items():
            self[code].label.text = translate(words)
            self[code].choices = [(one, translate(said)) for one, said in service.ANSWERS.items()]

    def says(self) -> dict[str, str]:
        """Return the answers by question."""
        return {code: str(self[code].data) for code in service.QUESTIONS}


@blueprint.route("/follow-up/<token>", methods=["GET", "POST"])
def follow_up(token: str) -> Answer:
    """Ask, and keep the answers."""
    found, closed = _open(token)
    if found is None:
        return closed
    form = FollowUpForm()
    if not form.validate_on_submit():
        page = render_template("public/follow_up.html", form=form, placement=found.placement, token=token)
        return page, 422 if form.is_submitted() else 200
    service.answer(Session(), found, form.says(), form.words.data or "")
    return redirect(url_for("public.follow_up_done"))


@blueprint.post("/follow-up/<token>/decline")
def decline_follow_up(token: str) -> Answer:
    """Keep that the person is not to be asked again."""
    found, closed = _open(token)
    if found is None:
        return closed
    service.decline(Session(), found)
    return redirect(url_for("public.follow_up_done"))


@blueprint.get("/follow-up-done")
def follow_up_done() -> str:
    """Thank the person."""
    return render_template("public/community_heard.html")


def _open(token: str) -> tuple[FollowUp | None, Answer]:
    try:
        return service.find(Session(), token), ""
    except Refused as refused:
        return None, closed_link(_("There is nothing to answer here any more"), refused)
