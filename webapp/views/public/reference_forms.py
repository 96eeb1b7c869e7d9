"""What a referee fills in, without an account."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from webapp.i18n import translate
from webapp.services.recruitment.reference_answers import LONGEST_WORDS, Answered
from webapp.services.recruitment.reference_questions import MISCONDUCT_ANSWERS, MISCONDUCT_QUESTION, QUESTIONS
from webapp.words import Words

CHOOSE = _l("Choose an answer. “I cannot say” is one too.")
TO_CHOOSE = tuple(code for code in MISCONDUCT_ANSWERS if code != "not_asked")


class ReferenceForm(FlaskForm):
    """Five questions, one on misconduct for earlier hosts, and words of one's own."""

    how_long = RadioField(validators=[InputRequired(CHOOSE)])
    keeps_word = RadioField(validators=[InputRequired(CHOOSE)])
    works_with_others = RadioField(validators=[InputRequired(CHOOSE)])
    other_ways = RadioField(validators=[InputRequired(CHOOSE)])
    again = RadioField(validators=[InputRequired(CHOOSE)])
    words = TextAreaField(
        _l("What else should we know?"), [Length(max=LONGEST_WORDS)], render_kw={"rows": 5, "dir": "auto"}
    )
    misconduct = RadioField(validators=[InputRequired(CHOOSE)])
    misconduct_words = TextAreaField(
        _l("If you know of something: what, or how we can reach you about it"),
        [Length(max=LONGEST_WORDS)],
        render_kw={"rows": 4, "dir": "auto"},
    )
    may_be_read = BooleanField(_l("The volunteer may read my answers"))

    def __init__(self, *args: Any, asks_misconduct: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, one in QUESTIONS.items():
            self._word(self[code], one.words, one.answers)
        self._word(self.misconduct, MISCONDUCT_QUESTION, {code: MISCONDUCT_ANSWERS[code] for code in TO_CHOOSE})
        self.asks_misconduct = asks_misconduct
        if not asks_misconduct:
            del self.misconduct
            del self.misconduct_words

    @staticmethod
    def _word(field: Any, words: Words, answers: dict[str, Words]) -> None:
        field.label.text = translate(words)
        field.choices = [(code, translate(one)) for code, one in answers.items()]

    def five(self) -> list[Any]:
        """Return the fields of the five questions."""
        return [self[code] for code in QUESTIONS]

    def answered(self) -> Answered:
        """Return the answers as the service takes them."""
        says = {code: str(self[code].data) for code in QUESTIONS}
        if not self.asks_misconduct:
            return Answered(says, self.words.data or "", may_be_read=bool(self.may_be_read.data))
        return Answered(
            says,
            self.words.data or "",
            str(self.misconduct.data),
            self.misconduct_words.data or "",
            bool(self.may_be_read.data),
        )
