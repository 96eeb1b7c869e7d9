"""What an assignment is: the work, skills and languages, and the goals that it serves."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from webapp import vocabulary
from webapp.views.host.forms.fields import (
    TOO_LONG,
    CheckboxesField,
    ChoiceField,
    Section,
    choice,
    or_none,
    text,
    words_of,
)

MOST_ROWS = 12


class WorkForm(Section):
    """What is done, what for, and what a day is like."""

    title = StringField(
        _l("Title: what the person will do"),
        [
            DataRequired(_l("Give it a title that says what the person will do.")),
            Length(max=200, message=TOO_LONG),
        ],
    )
    sector = choice(_l("Sector"))
    tasks = text(_l("Tasks"), description=_l("What the person does, with whom, how often. One task a line reads best."))
    expected_results = text(
        _l("Expected results"), description=_l("What shall be different at the end, and who says so.")
    )
    learning = text(_l("What the volunteer will learn"))
    local_strengths = text(
        _l("What your own team already does well"),
        description=_l("Volunteers come to work beside people who know their work. Say what they will find."),
    )
    plain_day = text(
        _l("A plain day"), description=_l("From the morning to the evening: tasks, home, team, free time.")
    )
    hardest_thing = text(_l("The hardest thing about it"), description=_l("People who know it beforehand stay longer."))
    groups = (
        (_l("The work"), None, ("title", "sector", "tasks", "expected_results")),
        (_l("Both sides learn"), None, ("learning", "local_strengths")),
        (_l("As it is"), None, ("plain_day", "hardest_thing")),
    )

    def prepare(self, language: str) -> None:
        """Fill in the sectors."""
        self.sector.choices = or_none(vocabulary.sector_choices(language), _("Choose"))


def _whole(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


class SkillRow(Form):
    """A skill that was picked."""

    skill = HiddenField()
    level = SelectField(_l("At least"), coerce=_whole)
    is_essential = SelectField(_l("Importance"), coerce=bool, default=True)
    needs_licence = BooleanField(_l("Licence needed"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level.choices = or_none(words_of(vocabulary.LEVELS), _("any level"))
        self.is_essential.choices = [("1", _("essential")), ("", _("desirable"))]


class LanguageRow(Form):
    """A language that was picked."""

    language = HiddenField()
    level = SelectField(_l("At least"), default="B1")
    is_required = SelectField(_l("Importance"), coerce=bool, default=True)
    for_safety = BooleanField(_l("Safety depends on it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level.choices = words_of(vocabulary.CEFR)
        self.is_required.choices = [("1", _("needed")), ("", _("helps"))]


class SkillsForm(Section):
    """Skills and languages, picked by search, with their levels."""

    skills = FieldList(FormField(SkillRow), _l("Skills"), max_entries=MOST_ROWS)
    languages = FieldList(FormField(LanguageRow), _l("Languages"), max_entries=MOST_ROWS)
    experience_level = ChoiceField(_l("Who can do it"))
    skills_text = text(
        _l("Skills in your own words"), description=_l("What the list does not have, or what matters more than papers.")
    )
    optional = frozenset({"skills_text"})

    def prepare(self, language: str) -> None:
        """Fill in the experience levels."""
        self.experience_level.choices = words_of(vocabulary.EXPERIENCE_LEVELS)

    def add_skill(self, code: str) -> None:
        """Add a row for a skill of the taxonomy that is not there yet."""
        chosen = {entry.form.skill.data for entry in self.skills}
        if code in vocabulary.reference().skills and code not in chosen and len(chosen) < MOST_ROWS:
            licensed = vocabulary.is_licensed(code)
            self.skills.append_entry({"skill": code, "level": 2, "is_essential": True, "needs_licence": licensed})

    def add_language(self, code: str) -> None:
        """Add a row for a language that is not there yet."""
        chosen = {entry.form.language.data for entry in self.languages}
        if code in vocabulary.reference().languages and code not in chosen and len(chosen) < MOST_ROWS:
            self.languages.append_entry({"language": code, "level": "B1", "is_required": True})

    def validate_skills(self, field: FieldList) -> None:
        """Refuse codes that the taxonomy does not have, and the same skill twice."""
        codes = [entry.form.skill.data for entry in field]
        if len(set(codes)) < len(codes) or not set(codes) <= set(vocabulary.reference().skills):
            raise ValidationError(_("Choose each skill from the list, and only once."))

    def validate_languages(self, field: FieldList) -> None:
        """Refuse codes that the table does not have, and the same language twice."""
        codes = [entry.form.language.data for entry in field]
        if len(set(codes)) < len(codes) or not set(codes) <= set(vocabulary.reference().languages):
            raise ValidationError(_("Choose each language from the list, and only once."))


class GoalsForm(Section):
    """What the work serves."""

    national_priority = text(
        _l("The national plan or priority that it serves"),
        description=_l("Name the plan and the chapter or goal, if you can."),
    )
    sdg_targets = CheckboxesField(
        _l("Targets of the Sustainable Development Goals"),
        description=_l("Choose the one to three that the work serves most directly."),
    )
    groups = ((None, None, ("national_priority", "sdg_targets")),)

    def prepare(self, language: str) -> None:
        """Fill in the targets under their goals."""
        tables = vocabulary.reference()
        self.sdg_targets.choices = {
            vocabulary.goal_label(goal, language): [
                (target.target, f"{target.target} {target.summary_en}")
                for target in tables.sdg_targets.values()
                if target.goal == goal
            ]
            for goal in tables.sdg_goals
        }
