"""Bars on pages: the same for coordinators and focal points of the VIO, any two of whom decide and a third answers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Bar, BarLikeness
from webapp.services.bars import appeals, deciding, likenesses, sight
from webapp.services.bars.reasons import REASONS
from webapp.services.errors import Refused

LONGEST = 3000
SIGNS = {"email": _l("the same e-mail address"), "phone": _l("the same telephone number"), "name": _l("a like name")}


class NoteForm(FlaskForm):
    """Why something is dropped or lifted."""

    note = TextAreaField(
        _l("Why"),
        [InputRequired(_l("Write down why, so that a colleague understands it later.")), Length(max=LONGEST)],
        description=_l("Only your office reads this."),
        render_kw={"dir": "auto"},
    )


class AnswerForm(FlaskForm):
    """The answer to an appeal."""

    granted = RadioField(
        _l("Your answer"),
        [InputRequired(_l("Choose your answer."))],
        choices=[("yes", _l("Grant it: the bar is lifted")), ("no", _l("Do not grant it: the bar stays"))],
    )
    words = TextAreaField(
        _l("Your words to the person"),
        [InputRequired(_l("Write a sentence or two to the person.")), Length(max=LONGEST)],
        description=_l("What you looked at, and why you decide so."),
        render_kw={"dir": "auto"},
    )


class LikenessForm(FlaskForm):
    """Whether somebody is the barred person."""

    is_same = RadioField(
        _l("Who is it?"),
        [InputRequired(_l("Choose who it is."))],
        choices=[("no", _l("Another person")), ("yes", _l("The same person: the bar holds"))],
    )
    note = TextAreaField(
        _l("What you looked at"),
        [InputRequired(_l("Write down what you looked at.")), Length(max=LONGEST)],
        render_kw={"dir": "auto"},
    )


def add_bars(blueprint: Blueprint) -> None:
    """Give a role the pages about bars."""
    blueprint.get("/bars")(bars)
    blueprint.get("/bars/<int:bar_id>")(bar)
    blueprint.post("/bars/<int:bar_id>/confirm")(confirm_bar)
    blueprint.post("/bars/<int:bar_id>/end")(end_bar)
    blueprint.post("/bars/<int:bar_id>/answer")(answer_appeal)
    blueprint.route("/likenesses/<int:likeness_id>", methods=["GET", "POST"])(likeness)


def bars() -> str:
    """List what is proposed, what stands, and who may be a barred person."""
    return render_template(
        "bars/bars.html",
        rows=[(one, translate(REASONS[one.reason_code]), _waits(one)) for one in sight.bars_of(Session(), g.account)],
        likenesses=[(one, _signs(one)) for one in likenesses.of_vio(Session(), g.account)],
        alone=len(sight.people_beside(Session(), g.account.vio_id, [g.account.id])) == 0,
    )


def bar(bar_id: int) -> str:
    """Show one, with what the reader can do."""
    return _page(sight.bar_for(Session(), g.account, bar_id))


def confirm_bar(bar_id: int) -> Any:
    """Confirm as the second person."""
    found = sight.bar_for(Session(), g.account, bar_id)
    try:
        deciding.confirm(Session(), g.account, found)
    except Refused as refused:
        return _page(found, wrong=translate(refused.words)), 422
    flash(_("The bar stands. The person has a letter with the reason, and can appeal."), "success")
    return redirect(url_for(".bar", bar_id=bar_id))


def end_bar(bar_id: int) -> Any:
    """Drop a proposal, or lift a bar that stands."""
    found, form = sight.bar_for(Session(), g.account, bar_id), NoteForm()
    if form.validate():
        act = deciding.drop if found.state == "proposed" else deciding.lift
        try:
            act(Session(), g.account, found, form.note.data or "")
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("Done."), "success")
            return redirect(url_for(".bar", bar_id=bar_id))
    return _page(found, note=form), 422


def answer_appeal(bar_id: int) -> Any:
    """Answer the appeal that waits."""
    found, form = sight.bar_for(Session(), g.account, bar_id), AnswerForm()
    made = appeals.waiting_of(found)
    if form.validate() and made is not None:
        try:
            appeals.answer(Session(), g.account, made, form.granted.data == "yes", form.words.data or "")
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("Answered. The person has a letter with your words."), "success")
            return redirect(url_for(".bar", bar_id=bar_id))
    return _page(found, answer=form), 422


def likeness(likeness_id: int) -> str | Response | tuple[str, int]:
    """Say whether somebody is a barred person."""
    found, form = likenesses.likeness_for(Session(), g.account, likeness_id), LikenessForm()
    if form.validate_on_submit():
        try:
            likenesses.decide(Session(), g.account, found, form.is_same.data == "yes", form.note.data or "")
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("Kept."), "success")
            return redirect(url_for(".bars"))
    page = render_template("bars/likeness.html", likeness=found, signs=_signs(found), form=form)
    return page, 422 if request.method == "POST" else 200


def _page(found: Bar, note: NoteForm | None = None, answer: AnswerForm | None = None, wrong: str = "") -> str:
    return render_template(
        "bars/bar.html",
        bar=found,
        reason=translate(REASONS[found.reason_code]),
        can_confirm=found.state == "proposed" and found.proposed_by_id != g.account.id,
        can_end=found.state in ("proposed", "standing"),
        waits=appeals.waiting_of(found),
        took_part=sight.took_part(g.account, found),
        others=len(sight.people_beside(Session(), found.vio_id, [found.proposed_by_id, found.confirmed_by_id])),
        is_last=not sight.people_beside(Session(), found.vio_id, [found.proposed_by_id, g.account.id]),
        note_form=note or NoteForm(formdata=None),
        answer_form=answer or AnswerForm(formdata=None),
        wrong=wrong,
    )


def _waits(found: Bar) -> bool:
    """Whether the reader can do something now."""
    if found.state == "proposed":
        return bool(found.proposed_by_id != g.account.id)
    return appeals.waiting_of(found) is not None and not sight.took_part(g.account, found)


def _signs(found: BarLikeness) -> list[str]:
    return [str(SIGNS[kind]) for kind in found.kinds]
