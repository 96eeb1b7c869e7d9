"""What a host fills in behind a link. `confirmed` is set by the page that shows once more what will happen."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, Length

from webapp.forms import stripped
from webapp.i18n import translate
from webapp.services.by_mail.words_to_office import LONGEST_WORDS
from webapp.services.shortlists import REASONS


class PlainForm(FlaskForm):
    """Nothing to fill in: only the second look."""

    confirmed = HiddenField()


class NoForm(PlainForm):
    """A reason from the list, and words to the person."""

    reason_code = RadioField(_l("Reason"), [DataRequired(_l("Choose the reason."))])
    words = TextAreaField(
        _l("Your words to the person"),
        [DataRequired(_l("Write a sentence or two to the person.")), Length(max=LONGEST_WORDS)],
        filters=[stripped],
        description=_l("Name one thing that you liked, say honestly what was missing, and thank them for their time."),
        render_kw={"rows": 4, "dir": "auto"},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.reason_code.choices = [(code, translate(words)) for code, words in REASONS.items()]


class QuestionForm(PlainForm):
    """A question to the coordinators."""

    words = TextAreaField(
        _l("Your question"),
        [DataRequired(_l("Write your question.")), Length(max=LONGEST_WORDS)],
        filters=[stripped],
        render_kw={"rows": 4, "dir": "auto"},
    )


class DayForm(PlainForm):
    """The day on which host and applicant talk."""

    day = DateField(_l("The day on which you talk"), [DataRequired(_l("Choose the day on which you talk."))])
