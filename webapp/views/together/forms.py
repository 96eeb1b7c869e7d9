"""Forms of the shared pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from webapp.check_in_words import MARKS, QUESTIONS
from webapp.forms import stripped
from webapp.i18n import translate
from webapp.models.messages import LONGEST_MESSAGE
from webapp.services.check_ins import LONGEST_WORDS as LONGEST_ANSWER
from webapp.services.signings import LONGEST_OWN

LONGEST_WORDS = 2000
_BY = "own_"  # how the field of a term begins; its code follows


class SignForm(FlaskForm):
    """A typed name, and under which text in which language it stands."""

    shown = HiddenField()
    language = HiddenField()
    name = StringField(
        _l("Your full name"),
        [DataRequired(_l("Type your name to sign.")), Length(max=200)],
        filters=[stripped],
        description=_l("By typing it and pressing the button you sign the text above."),
        render_kw={"autocomplete": "name", "dir": "auto"},
    )


class DeclineForm(FlaskForm):
    """Why a wording is not right."""

    reason = TextAreaField(
        _l("Why, and what would be right for you"),
        [DataRequired(_l("Say in a sentence why, and what would be right for you.")), Length(max=LONGEST_WORDS)],
    )


class ProposalForm(FlaskForm):
    """What changes and why, and a later last day where the placement has begun."""

    words = TextAreaField(
        _l("What changes, and why"),
        [DataRequired(_l("Say in a sentence what changes, and why.")), Length(max=LONGEST_WORDS)],
        description=_l("It stands in the text that both sign."),
    )
    ends_on = DateField(_l("Last day"), [Optional()])

    def own(self) -> dict[str, str]:
        """Return what is written in for each term, by its code."""
        return {name.removeprefix(_BY): one.data or "" for name, one in self._fields.items() if name.startswith(_BY)}

    def own_fields(self) -> list[Any]:
        """Return the fields of the terms."""
        return [one for name, one in self._fields.items() if name.startswith(_BY)]


def proposal_form(terms: Iterable[tuple[str, str]], can_move: bool, **given: Any) -> ProposalForm:
    """Return the form with one field for each term (code, name) that the assignment leaves open."""
    fields: dict[str, Any] = {
        _BY + code: TextAreaField(name, [Length(max=LONGEST_OWN)], render_kw={"dir": "auto"}) for code, name in terms
    }
    if not can_move:
        fields["ends_on"] = None
    form: ProposalForm = type("ProposalForm", (ProposalForm,), fields)(**given)
    return form


class CheckInForm(FlaskForm):
    """Five short questions: four with a mark, and one thing to change."""

    work = RadioField(coerce=int, validators=[InputRequired(_l("Choose one."))])
    hours = RadioField(coerce=int, validators=[InputRequired(_l("Choose one."))])
    hours_done = IntegerField(
        _l("Hours of work last week, about"), [Optional(), NumberRange(0, 168, _l("A week has 168 hours."))]
    )
    supervision = RadioField(coerce=int, validators=[InputRequired(_l("Choose one."))])
    hours_supervised = IntegerField(
        _l("Hours of guidance last week, about"), [Optional(), NumberRange(0, 168, _l("A week has 168 hours."))]
    )
    well = RadioField(coerce=int, validators=[InputRequired(_l("Choose one."))])
    words = TextAreaField(_l("Words on these, for the offices"), [Length(max=LONGEST_ANSWER)])
    change = TextAreaField(_l("One thing to change"), [Length(max=LONGEST_ANSWER)])
    shares_change = BooleanField(_l("Show this one thing to the other side too"))
    private = TextAreaField(_l("Only for the offices, never for the other side"), [Length(max=LONGEST_ANSWER)])

    def __init__(self, side: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in QUESTIONS[side].items():
            field = self._fields[name]
            field.label.text = translate(words)
            field.choices = [SelectChoice(mark, translate(said)) for mark, said in MARKS.items()]

    def given(self) -> dict[str, Any]:
        """Return what was answered, by the names of the columns."""
        texts = ("words", "change", "private")
        said = {name: one.data for name, one in self._fields.items() if name != "csrf_token"}
        return said | {name: (said[name] or "").strip() for name in texts}


class SettleForm(FlaskForm):
    """What a coordinator found out and did."""

    words = TextAreaField(
        _l("What you found out, and what was done"),
        [DataRequired(_l("Say in a sentence what you found out and what was done.")), Length(max=LONGEST_ANSWER)],
    )


class MessageForm(FlaskForm):
    """A message to all others of the placement."""

    text = TextAreaField(
        _l("Your message"),
        [DataRequired(_l("Write something first.")), Length(max=LONGEST_MESSAGE)],
        filters=[lambda text: text.replace("\r\n", "\n").strip() if text else text],
    )
