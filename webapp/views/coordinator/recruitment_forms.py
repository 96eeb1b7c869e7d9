"""Forms of recruitment: the VIO's questions, scorecards, and a look at a word on misconduct."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from webapp.i18n import translate
from webapp.recruitment_words import KINDS
from webapp.services.recruitment.competencies import COMPETENCIES, SCORES
from webapp.services.recruitment.questions import LONGEST_PROMPT, MOST, Draft, words_of
from webapp.services.recruitment.reference_answers import LONGEST_WORDS
from webapp.services.recruitment.scorecards import LONGEST_NOTE, Mark
from webapp.services.recruitment.suggestions import SUGGESTIONS

CHOOSE = _l("Choose a score. If you did not talk about it, ask the person first.")


class QuestionRow(Form):
    """One question; an empty one is not asked."""

    code = HiddenField()
    prompt = TextAreaField(_l("Question"), [Length(max=LONGEST_PROMPT)], render_kw={"rows": 3, "dir": "auto"})
    kind = SelectField(_l("It is about"))
    place = SelectField(_l("Place"), coerce=int, choices=[(place, str(place)) for place in range(1, MOST + 1)])
    is_required = BooleanField(_l("It has to be answered"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(code, translate(words)) for code, words in KINDS.items()]

    def draft(self) -> Draft:
        """Return the question; one of our suggestions that was not changed stays one, and is translated."""
        written = " ".join((self.prompt.data or "").split())
        ours = SUGGESTIONS.get(self.code.data or "")
        if ours is not None and written in (translate(ours.words), str(ours.words)):
            return Draft(self.kind.data, str(ours.words), bool(self.is_required.data), self.code.data or "")
        return Draft(self.kind.data, written, bool(self.is_required.data))


class QuestionsForm(FlaskForm):
    """Room for as many questions as may be asked."""

    rows = FieldList(FormField(QuestionRow), min_entries=MOST, max_entries=MOST)

    def show(self, drafts: Iterable[Draft]) -> None:
        """Fill the rows with what is asked now."""
        rows: list[dict[str, Any]] = [
            {"code": one.code, "prompt": translate(words_of(one)), "kind": one.kind, "is_required": one.is_required}
            for one in drafts
        ]
        blank = [{"kind": next(iter(KINDS))}] * (MOST - len(rows))
        self.rows.process(None, [{**row, "place": place} for place, row in enumerate([*rows, *blank], 1)])

    def drafts(self) -> list[Draft]:
        """Return what was written, by place; of two with one place, the upper first."""
        rows = sorted(self.rows, key=lambda entry: entry.form.place.data)
        return [draft for entry in rows if (draft := entry.form.draft()).prompt]


def _scores(code: str) -> list[tuple[str, str]]:
    return [
        (str(score), f"{score}: {translate(words)}")
        for score, words in zip(SCORES, COMPETENCIES[code].anchors, strict=True)
    ]


class ScorecardForm(FlaskForm):
    """A score and a note for each competency; the fields are made below, one pair for each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, one in COMPETENCIES.items():
            self[f"score_{code}"].label.text = translate(one.name)
            self[f"score_{code}"].description = translate(one.ask)
            self[f"score_{code}"].choices = _scores(code)
            self[f"note_{code}"].label.text = _("What you heard: %(name)s", name=translate(one.name))

    def pairs(self) -> list[tuple[Any, Any]]:
        """Return the score and the note of each competency."""
        return [(self[f"score_{code}"], self[f"note_{code}"]) for code in COMPETENCIES]

    def marks(self) -> dict[str, Mark]:
        """Return the card as the service takes it."""
        return {code: Mark(int(self[f"score_{code}"].data), self[f"note_{code}"].data or "") for code in COMPETENCIES}


for _code in COMPETENCIES:
    setattr(ScorecardForm, f"score_{_code}", RadioField(validators=[InputRequired(CHOOSE)]))
    setattr(
        ScorecardForm,
        f"note_{_code}",
        TextAreaField(validators=[Length(max=LONGEST_NOTE)], render_kw={"rows": 3, "dir": "auto"}),
    )


class CorrectionForm(FlaskForm):
    """A later line beside one of the own card."""

    competency = SelectField(_l("Which line"))
    score = RadioField(_l("New score"), [InputRequired(CHOOSE)], choices=[(str(one), str(one)) for one in SCORES])
    note = TextAreaField(
        _l("Why you correct it"),
        [DataRequired(_l("Say why you correct it; both lines stay to be read.")), Length(max=LONGEST_NOTE)],
        render_kw={"rows": 3, "dir": "auto"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.competency.choices = [(code, translate(one.name)) for code, one in COMPETENCIES.items()]

    def mark(self) -> Mark:
        """Return the line as the service takes it."""
        return Mark(int(self.score.data), self.note.data or "")


class LookForm(FlaskForm):
    """What a coordinator did about a word on misconduct."""

    words = TextAreaField(
        _l("What you did"),
        [DataRequired(_l("Write what you did: with whom you spoke, and what is decided.")), Length(max=LONGEST_WORDS)],
        description=_l("Kept beside the answer. The volunteer and the host do not see it."),
        render_kw={"rows": 4, "dir": "auto"},
    )
