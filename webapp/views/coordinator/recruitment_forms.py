"""Forms of recruitment: the VIO's questions, scorecards, and a look at a word on misconduct."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length

from webapp.i18n import translate
from webapp.recruitment_words import KINDS
from webapp.services.recruitment.competencies import SCORES, Competency
from webapp.services.recruitment.competency_lists import LONGEST_ASK, LONGEST_NAME, Entry
from webapp.services.recruitment.competency_lists import MOST as MOST_COMPETENCIES
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


class ScorecardForm(FlaskForm):
    """A score and a note for each competency: `scorecard_form` makes the fields."""

    competencies: Mapping[str, Competency]

    def pairs(self) -> list[tuple[Any, Any]]:
        """Return the score and the note of each competency."""
        return [(self[f"score_{code}"], self[f"note_{code}"]) for code in self.competencies]

    def marks(self) -> dict[str, Mark]:
        """Return the card as the service takes it."""
        return {
            code: Mark(int(self[f"score_{code}"].data), self[f"note_{code}"].data or "") for code in self.competencies
        }


def scorecard_form(competencies: Mapping[str, Competency], **kwargs: Any) -> ScorecardForm:
    """Return the form of a card that scores these."""
    fields: dict[str, Any] = {"competencies": competencies}
    for code, one in competencies.items():
        name = translate(one.name)
        fields[f"score_{code}"] = RadioField(
            name, [InputRequired(CHOOSE)], description=translate(one.ask), choices=_scores(one)
        )
        fields[f"note_{code}"] = TextAreaField(
            _("What you heard: %(name)s", name=name),
            [Length(max=LONGEST_NOTE)],
            render_kw={"rows": 3, "dir": "auto"},
        )
    made: type[ScorecardForm] = type("FilledScorecardForm", (ScorecardForm,), fields)
    return made(**kwargs)


def _scores(competency: Competency) -> list[tuple[str, str]]:
    return [
        (str(score), f"{score}: {translate(words)}") for score, words in zip(SCORES, competency.anchors, strict=True)
    ]


class CorrectionForm(FlaskForm):
    """A later line beside one of the own card."""

    competency = SelectField(_l("Which line"))
    score = RadioField(_l("New score"), [InputRequired(CHOOSE)], choices=[(str(one), str(one)) for one in SCORES])
    note = TextAreaField(
        _l("Why you correct it"),
        [DataRequired(_l("Say why you correct it; both lines stay to be read.")), Length(max=LONGEST_NOTE)],
        render_kw={"rows": 3, "dir": "auto"},
    )

    def __init__(self, competencies: Mapping[str, Competency], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.competency.choices = [(code, translate(one.name)) for code, one in competencies.items()]

    def mark(self) -> Mark:
        """Return the line as the service takes it."""
        return Mark(int(self.score.data), self.note.data or "")


class CompetencyRow(Form):
    """One thing to score; an empty one is left out."""

    own_name = StringField(_l("What is scored"), [Length(max=LONGEST_NAME)], render_kw={"dir": "auto"})
    ask = TextAreaField(_l("What to ask about"), [Length(max=LONGEST_ASK)], render_kw={"rows": 2, "dir": "auto"})


class CompetenciesForm(FlaskForm):
    """Room for as many as may be scored."""

    rows = FieldList(FormField(CompetencyRow), min_entries=MOST_COMPETENCIES, max_entries=MOST_COMPETENCIES)

    def show(self, entries: Iterable[Entry]) -> None:
        """Fill the rows with what is scored now."""
        rows = [{"own_name": one.name, "ask": one.ask} for one in entries]
        self.rows.process(None, [*rows, *[{}] * (MOST_COMPETENCIES - len(rows))])

    def entries(self) -> list[Entry]:
        """Return what was written, without the rows that are empty."""
        found = [Entry(row.form.own_name.data or "", row.form.ask.data or "") for row in self.rows]
        return [one for one in found if one.name.strip() or one.ask.strip()]


class LookForm(FlaskForm):
    """What a coordinator did about a word on misconduct."""

    words = TextAreaField(
        _l("What you did"),
        [DataRequired(_l("Write what you did: with whom you spoke, and what is decided.")), Length(max=LONGEST_WORDS)],
        description=_l("Kept beside the answer. The volunteer and the host do not see it."),
        render_kw={"rows": 4, "dir": "auto"},
    )
