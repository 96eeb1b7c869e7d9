"""The form of a country sheet."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from webapp import vocabulary
from webapp.models import CountrySheet
from webapp.services.country_sheets import SECTIONS

LONGEST = 4000


def _section(name: str, description: Any) -> Any:
    return TextAreaField(_l(SECTIONS[name].text), [Length(max=LONGEST)], description=description)


class CountrySheetForm(FlaskForm):
    """What an office tells of a country; every part may be left out."""

    language = SelectField(_l("Language in which you write"), [InputRequired()])
    customs = _section(
        "customs",
        _l("Ask people there how they greet, visit, eat, thank and say no. Customs differ from town to town."),
    )
    working_week = _section(
        "working_week", _l("Days and hours of work, rest days, holidays of this year and who keeps them.")
    )
    getting_around = _section(
        "getting_around", _l("What people use by day and after dark, what it costs, what they avoid.")
    )
    health = _section("health", _l("Water, food, heat, insects, the nearest clinic. Say who told you, and when."))
    money = _section("money", _l("How people pay, what a simple meal and a ride cost, what to do when a card is lost."))
    newcomers = _section(
        "newcomers", _l("One or two sentences each from a host, a neighbour, a volunteer who was there.")
    )
    contacts = _section(
        "contacts", _l("Names, numbers and hours: your office, the night number, ambulance and police.")
    )

    def __init__(self, *args: Any, reader: str, sheet: CountrySheet | None, **kwargs: Any) -> None:
        super().__init__(*args, obj=sheet, **kwargs)
        self.language.choices = [SelectChoice(code, name) for code, name in vocabulary.language_choices(reader)]
        if sheet is None and not self.is_submitted():
            self.language.data = reader

    def sections(self) -> list[TextAreaField]:
        """Return the fields of the parts, in the order of a sheet."""
        return [self[name] for name in SECTIONS]

    def texts(self) -> dict[str, str]:
        """Return what was written, by part."""
        return {field.short_name: field.data or "" for field in self.sections()}
