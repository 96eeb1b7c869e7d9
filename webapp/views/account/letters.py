"""What the service wrote to an account, and which letters it wants."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField

from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Mail
from webapp.services import letter_choices, own_letters
from webapp.services.letter_choices import EACH, OFF, WEEKLY
from webapp.services.letter_kinds import KINDS, Kind, kinds_of
from webapp.services.letters import copy_of
from webapp.views.account import blueprint
from webapp.words import Words, lazy

STANDING: dict[str, tuple[Words, str]] = {  # words, and the look of their mark
    "here": (lazy("only here, as you chose"), "unknown"),
    "sent": (lazy("sent by e-mail"), "met"),
    "waiting": (lazy("goes out by e-mail within minutes"), "waiting"),
    "failed": (lazy("could not be sent by e-mail"), "missing"),
}
CHOICES: dict[str, Words] = {
    EACH: lazy("By e-mail, each letter"),
    WEEKLY: lazy("By e-mail, on Mondays"),
    OFF: lazy("Not by e-mail, only here"),
}


@dataclass(frozen=True)
class Shown:
    """A letter as its reader sees it here."""

    letter: Mail
    text: str
    kind: str
    standing: str
    mark: str


@blueprint.get("/letters")
def letters() -> str:
    """Show what the service wrote, newest first."""
    before = request.args.get("before", type=int)
    found, older = own_letters.page_of(Session(), g.account, before)
    return render_template("account/letters.html", letters=[_shown(one) for one in found], older=older, before=before)


@blueprint.route("/mail", methods=["GET", "POST"])
def mail() -> str | Response | tuple[str, int]:
    """Show which letters have to go, and keep what is wanted of the others."""
    kinds = kinds_of(g.account.role, may_stop=True)
    form = _form(kinds, letter_choices.choices_of(Session(), g.account))
    if form.validate_on_submit():
        letter_choices.choose(Session(), g.account, {code: form[code].data for code in kinds})
        flash(_("What you chose is kept."), "success")
        return redirect(url_for("account.mail"))
    needed = [
        (translate(kind.words), translate(kind.why))
        for kind in kinds_of(g.account.role, may_stop=False).values()
        if kind.why is not None
    ]
    page = render_template("account/mail.html", form=form, kinds=list(kinds), needed=needed)
    return page, 422 if form.is_submitted() else 200


def _shown(letter: Mail) -> Shown:
    words, mark = STANDING[own_letters.standing(letter)]
    return Shown(letter, copy_of(letter), translate(KINDS[letter.kind].words), translate(words), mark)


def _form(kinds: dict[str, Kind], chosen: dict[str, str]) -> FlaskForm:
    """Return the form of a role: one question for each kind that it may stop."""
    fields = {
        code: RadioField(translate(kind.words), choices=_answers(kind), default=EACH) for code, kind in kinds.items()
    }
    return type("MailForm", (FlaskForm,), fields)(data=chosen)


def _answers(kind: Kind) -> list[tuple[str, str]]:
    return [(code, translate(words)) for code, words in CHOICES.items() if code != WEEKLY or kind.is_often]
