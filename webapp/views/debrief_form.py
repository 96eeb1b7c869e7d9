"""The form in which a side says how a placement was: the same for every role and for the community's link."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from webapp.debrief_words import AS_EXPECTED, MARKS
from webapp.i18n import translate
from webapp.models import Debrief
from webapp.services.debrief_questions import QUESTIONS
from webapp.services.debriefs import LONGEST_WORDS

CHOOSE = _l("Choose an answer. “I cannot say” is one too.")
CHOOSE_MARK = _l("Choose a mark from 1 to 5.")
_PREFIX = "says_"


class DebriefForm(FlaskForm):
    """Two marks and words; `debrief_form` adds the questions of a side."""

    overall = RadioField(_l("All in all, how was it?"), [InputRequired(CHOOSE_MARK)], coerce=int)
    as_expected = RadioField(_l("How far was it what you had expected?"), [InputRequired(CHOOSE_MARK)], coerce=int)
    words = TextAreaField(
        _l("What should be done in another way next time?"),
        [Length(max=LONGEST_WORDS)],
        render_kw={"rows": 5, "dir": "auto"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.overall.choices = [(mark, translate(words)) for mark, words in MARKS.items()]
        self.as_expected.choices = [(mark, translate(words)) for mark, words in AS_EXPECTED.items()]

    def questions(self) -> dict[str, Any]:
        """Return the fields of the questions by code."""
        return {name.removeprefix(_PREFIX): self[name] for name in self._fields if name.startswith(_PREFIX)}

    def said(self) -> Debrief:
        """Return what was filled in."""
        says = {code: str(one.data) for code, one in self.questions().items()}
        words = self.words.data or ""
        return Debrief(overall=self.overall.data, as_expected=self.as_expected.data, words=words, says=says)


def debrief_form(side: str) -> DebriefForm:
    """Return the form of a side, in the reader's language."""

    class SideForm(DebriefForm):
        """The questions of one side."""

    for code, asked in QUESTIONS[side].items():
        choices = [(answer, translate(words)) for answer, words in asked.answers.items()]
        setattr(SideForm, _PREFIX + code, RadioField(translate(asked.words), [InputRequired(CHOOSE)], choices=choices))
    return SideForm()
