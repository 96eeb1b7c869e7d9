"""Answering applicants, and calling an assignment off."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from webapp.services.shortlists import REASONS
from webapp.views.host.forms.fields import LONGEST, TOO_LONG, words_of


class NewAssignmentForm(FlaskForm):
    """A title begins a draft."""

    title = StringField(
        _l("What will the person do? One line"),
        [
            DataRequired(_l("Give it a title that says what the person will do.")),
            Length(max=200, message=TOO_LONG),
        ],
        description=_l("Such as: “Train midwives in newborn care” or “Build a rain gauge network with farmers”."),
    )


class DeclineForm(FlaskForm):
    """A reason from the list, and words to the person."""

    reason_code = RadioField(_l("Reason"), validators=[DataRequired(_l("Choose the reason."))])
    words = TextAreaField(
        _l("Your words to the person"),
        [
            DataRequired(_l("Write a sentence or two to the person.")),
            Length(max=LONGEST, message=TOO_LONG),
        ],
        description=_l("Name one thing that you liked, say honestly what was missing, and thank them for their time."),
    )

    def prepare(self) -> None:
        """Fill in the reasons in the reader's language."""
        self.reason_code.choices = words_of(REASONS)


class CancelForm(FlaskForm):
    """Words to those who applied."""

    words = TextAreaField(
        _l("Words to those who applied"),
        [Length(max=LONGEST, message=TOO_LONG)],
        description=_l("Why it does not take place. Everyone whose application runs gets this as a letter."),
    )
