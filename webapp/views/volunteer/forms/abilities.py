"""Steps about what the person can do: skills, licences, languages, experience."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from webapp import clock, vocabulary
from webapp.models import Volunteer
from webapp.services.volunteers import EARLIEST_YEAR, HeldLanguage, HeldLicence, HeldSkill, Served
from webapp.suggestion_words import suggestion_words
from webapp.views.volunteer.forms.fields import Between, CountryField, WholeNumber, language, told
from webapp.views.volunteer.forms.person import LONGEST_TEXT
from webapp.words import lazy

MOST_HITS = 40
# What a person is asked, rather than the short words of a printed profile.
EVIDENCE = {
    1: lazy("1: I have done it with guidance"),
    2: lazy("2: I do it alone"),
    3: lazy("3: I have done it in hard conditions, or led others"),
    4: lazy("4: I teach it to others"),
}


class SkillRow(Form):
    """One skill with its evidence."""

    skill = HiddenField()
    level = SelectField(_l("How well"), validators=[InputRequired(_l("Say how well you can do it."))])
    last_used = WholeNumber(_l("Last used (year)"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level.choices = told(EVIDENCE, _("choose"))
        self.last_used.validators = [Between(EARLIEST_YEAR, clock.today().year)]

    @property
    def label(self) -> str:
        """The skill in the reader's language."""
        return vocabulary.skill_label(str(self.skill.data), language())


class SkillsForm(FlaskForm):
    """The skills held, and a search for more of them."""

    skills = FieldList(FormField(SkillRow), label=_l("Your skills"))
    q = StringField(_l("Search for a skill"), render_kw={"type": "search", "autocomplete": "off"})
    family = SelectField(_l("or look through a field of work"), validate_choice=False)
    pick = SelectMultipleField(
        _l("Tick what you can do"), validate_choice=False, option_widget=CheckboxInput(), widget=ListWidget()
    )

    def offer(self, volunteer: Volunteer, suggested: list[tuple[str, str]]) -> SkillsForm:
        """Fill in what can be picked now: hits of the search, else what the person's own text suggests."""
        families = vocabulary.reference().families
        self.family.choices = [("", _("choose"))] + [(c, vocabulary.family_label(c, language())) for c in families]
        self.pick.choices = [hit for hit in self.hits(suggested) if hit[0] not in self.codes()]
        return self

    def hits(self, suggested: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return skills that the search, the chosen family or the person's text bring up."""
        if query := (self.q.data or "").strip():
            return vocabulary.find_skills(query, language(), most=MOST_HITS)
        if self.family.data:
            skills = vocabulary.reference().skills.values()
            found = [(s.code, s.label(language())) for s in skills if s.family == self.family.data]
            return sorted(found, key=lambda pair: pair[1].casefold())[:MOST_HITS]
        return suggestion_words(suggested, language())

    def codes(self) -> set[str]:
        """Return the skills that have a row."""
        return {str(entry.form.skill.data) for entry in self.skills.entries}

    def take(self) -> bool:
        """Give every ticked skill a row; the person then says how well."""
        known = vocabulary.reference().skills
        new = [code for code in self.pick.data or [] if code in known and code not in self.codes()]
        for code in new:
            self.skills.append_entry({"skill": code, "level": "", "last_used": None})
        self.pick.data = []
        return bool(new)

    def held(self) -> list[HeldSkill]:
        """Return what the form says."""
        rows = (entry.form for entry in self.skills.entries)
        return [HeldSkill(row.skill.data, int(row.level.data), row.last_used.data) for row in rows]


class LicenceRow(Form):
    """One licence."""

    skill = SelectField(_l("For"), validators=[InputRequired(_l("Choose what the licence is for."))])
    country = CountryField(_l("Given in"), validators=[InputRequired(_l("Name the country that gave it."))])
    valid_until = DateField(_l("Valid until"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        skills = [skill for skill in vocabulary.reference().skills.values() if skill.licensed]
        named = sorted(((s.code, s.label(language())) for s in skills), key=lambda pair: pair[1].casefold())
        self.skill.choices = [("", _("choose")), *named]


class LicencesForm(FlaskForm):
    """Licences to practise."""

    licences = FieldList(
        FormField(LicenceRow),
        label=_l("Licences"),
        description=_l(
            "Doctors, nurses, drivers of heavy vehicles and some others need one. Say nothing if you hold none."
        ),
    )

    def held(self) -> list[HeldLicence]:
        """Return what the form says."""
        rows = (entry.form for entry in self.licences.entries)
        return [HeldLicence(row.skill.data, row.country.data, row.valid_until.data) for row in rows]


class LanguageRow(Form):
    """One language with its level."""

    language = SelectField(_l("Language"), validators=[InputRequired(_l("Choose a language, or take this row out."))])
    level = SelectField(_l("How well"), validators=[InputRequired(_l("Choose how well you know it."))])
    known_by = SelectField(_l("How it is known"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [("", _("choose")), *vocabulary.language_choices(language())]
        self.level.choices = told(vocabulary.CEFR, _("choose"))
        self.known_by.choices = told(vocabulary.KNOWN_BY)


class LanguagesForm(FlaskForm):
    """Languages."""

    languages = FieldList(FormField(LanguageRow), label=_l("Languages"), min_entries=1)

    def validate_languages(self, field: FieldList) -> None:
        """Refuse a language named twice."""
        codes = [entry.form.language.data for entry in field.entries if entry.form.language.data]
        for code in {code for code in codes if codes.count(code) > 1}:
            name = vocabulary.language_name(code, language())
            last = [entry for entry in field.entries if entry.form.language.data == code][-1]
            last.form.language.errors = [_("%(name)s stands here twice. Take one row out.", name=name)]
            raise ValidationError(_("%(name)s stands here twice. Take one row out.", name=name))

    def held(self) -> list[HeldLanguage]:
        """Return what the form says."""
        rows = (entry.form for entry in self.languages.entries)
        return [HeldLanguage(row.language.data, row.level.data, row.known_by.data) for row in rows]


class ServiceRow(Form):
    """One earlier service."""

    country = CountryField(_l("Country"), validators=[InputRequired(_l("Name the country, or take this row out."))])
    year = WholeNumber(_l("Year"), validators=[Optional()])
    what = StringField(_l("What you did"), validators=[Length(max=300)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year.validators = [Between(EARLIEST_YEAR, clock.today().year)]


class ExperienceForm(FlaskForm):
    """Experience in your own words, and earlier service."""

    experience = TextAreaField(
        _l("What you have done, in your own words"),
        validators=[Length(max=LONGEST_TEXT)],
        render_kw={"rows": 9},
        description=_l(
            "In any language. Paid or unpaid: farm, family and neighbourhood work count. We look for skills in it and "
            "ask you before adding any."
        ),
    )
    services = FieldList(
        FormField(ServiceRow),
        label=_l("Earlier service as a volunteer"),
        description=_l("Hosts never see in which countries you have served."),
    )

    def served(self) -> list[Served]:
        """Return what the form says."""
        rows = (entry.form for entry in self.services.entries)
        return [Served(row.country.data, row.year.data, (row.what.data or "").strip()) for row in rows]
