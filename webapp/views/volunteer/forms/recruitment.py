"""Forms of applying and of naming people who give a reference."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from webapp.forms import say, stripped
from webapp.i18n import translate
from webapp.models import Question, QuestionSet
from webapp.recruitment_words import prompt
from webapp.services import applications
from webapp.services.recruitment import applying
from webapp.services.recruitment.applying import Said
from webapp.services.recruitment.referees import LONGEST_ADDRESS, LONGEST_NAME, RELATION_WORDS
from webapp.views.volunteer.forms.fields import told

AN_ADDRESS = _l("Write an e-mail address such as amina@example.org.")


class ApplyForm(FlaskForm):
    """A note to the host, and the declaration on conduct; `apply_form` adds the questions."""

    set_id = HiddenField()  # so that a change of the questions meanwhile loses nothing that was written
    note = TextAreaField(
        _l("A note to the host"),
        validators=[Length(max=applications.LONGEST_NOTE)],
        description=_l("Say what draws you to this work, and what you want to ask. It is not part of any score."),
        render_kw={"rows": 7},
    )
    declares = BooleanField(
        _l("I declare this"),
        [DataRequired(_l("Read the declaration on conduct and confirm it. If you cannot, write to us."))],
    )
    asked: QuestionSet | None = None

    def said(self) -> Said:
        """Return all of it as the service takes it."""
        return Said(self.note.data or "", bool(self.declares.data), self.asked, self._answers())

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Check the answers by the service's rule, and put what is wrong beside each."""
        is_right = bool(super().validate(*args, **kwargs))
        wrong = applying.faults(self.asked, self._answers())
        for question_id, words in wrong.items():
            if not self[_name(question_id)].errors:
                say(self[_name(question_id)], words)
        return is_right and not wrong

    def questions(self) -> list[Any]:
        """Return the fields of the questions, in their order."""
        return [self[_name(one.id)] for one in self.asked.questions] if self.asked else []

    def _answers(self) -> dict[int, str]:
        asked = self.asked.questions if self.asked else []
        return {one.id: self[_name(one.id)].data or "" for one in asked}


def _name(question_id: int) -> str:
    return f"answer_{question_id}"


def _flags(one: Question) -> list[Any]:
    """Mark what has to be answered; `applying.faults` checks it."""
    return [InputRequired(_("Answer this question; a few sentences are enough."))] if one.is_required else [Optional()]


def apply_form(asked: QuestionSet | None) -> ApplyForm:
    """Return the form for an assignment whose VIO asks these questions."""
    fields: dict[str, Any] = {"asked": asked}
    for one in asked.questions if asked else ():
        fields[_name(one.id)] = TextAreaField(prompt(one), _flags(one), render_kw={"rows": 5, "dir": "auto"})
    form: ApplyForm = type("AskingForm", (ApplyForm,), fields)()
    form.set_id.data = str(asked.id) if asked else ""
    return form


class RefereeForm(FlaskForm):
    """Somebody who knows the volunteer."""

    own_name = StringField(
        _l("Name"),
        [DataRequired(_l("Write the person's name.")), Length(max=LONGEST_NAME)],
        filters=[stripped],
        render_kw={"dir": "auto", "autocomplete": "off"},
    )
    email = EmailField(
        _l("E-mail address"),
        [DataRequired(AN_ADDRESS), Email(AN_ADDRESS), Length(max=LONGEST_ADDRESS)],
        filters=[stripped],
        description=_l("Ask the person first whether they agree."),
        render_kw={"autocomplete": "off"},
    )
    relation = RadioField(_l("How you know each other"), [InputRequired(_l("Say how you know each other."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relation.choices = told(RELATION_WORDS)

    def refuse(self, words: Any) -> None:
        """Put a refusal of the service at the head of the form."""
        self.form_errors.append(translate(words))
