"""Fields that several steps share, and rows that grow and shrink without scripts."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import FieldList, IntegerField, SelectField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import Select, html_params

from webapp import vocabulary
from webapp.option_lists import options
from webapp.tongue import gettext as _
from webapp.tongue import tongue
from webapp.words import Words


def language() -> str:
    """Return the code of the reader's language."""
    return tongue().language


def told(table: dict[Any, Words], blank: str = "") -> list[tuple[str, str]]:
    """Return the choices of a table of words, with a blank one in front where its words are given."""
    choices = [(str(code), _(words.text, **words.values)) for code, words in table.items()]
    return [("", blank), *choices] if blank else choices


class CountryField(StringField):
    """A country written by name (the reader's or English) or code; its data is the code. The page offers a list."""

    data: str | None

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, render_kw={"list": "country-names", "autocomplete": "off"}, **options)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return vocabulary.country_name(self.data, language()) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the name; an unknown one stays in the field and is named as an error."""
        written = valuelist[0].strip() if valuelist else ""
        self.data = country_code(written) if written else None
        if written and self.data is None:
            raise ValueError(_("We do not know “%(name)s”. Choose a country from the list.", name=written))


def country_code(name: str) -> str | None:
    """Return the code of a country written in the reader's language or in English."""
    wanted = name.casefold()
    for code, told_name in vocabulary.country_choices(language()):
        if told_name.casefold() == wanted:
            return code
    return vocabulary.reference().country_code(name)


class LongSelect(Select):
    """A select of hundreds of choices, pairs of code and words: WTForms takes long ways for attributes of theirs."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        """Return the select with its options."""
        attributes = html_params(**{"id": field.id, "name": field.name, **kwargs})
        return Markup(f"<select {attributes}>{options(field.choices, field.data)}</select>")  # noqa: S704  # nosec B704


class OptionalChoice(SelectField):
    """A select whose blank choice is None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the choice."""
        self.data = valuelist[0] if valuelist and valuelist[0] else None

    def pre_validate(self, form: Any) -> None:
        """Accept nothing chosen."""
        if self.data is not None:
            super().pre_validate(form)


class WholeNumber(IntegerField):
    """A whole number, with words that say what to write."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; blank is None."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        try:
            self.data = int(text)
        except ValueError:
            raise ValueError(_("Write a whole number, such as 12.")) from None


class Between:
    """The number lies between two limits, both included."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most
        self.field_flags = {"min": least, "max": most}

    def __call__(self, _form: Any, field: Any) -> None:
        """Refuse what lies outside."""
        if field.data is not None and not self.least <= field.data <= self.most:
            raise ValidationError(
                _("Write a number from %(least)s to %(most)s.", least=str(self.least), most=str(self.most))
            )


def rows_changed(form: FlaskForm) -> bool:
    """Add or take out a row where such a button was pressed; True: show the form again and save nothing."""
    if name := request.form.get("add_row"):
        for field in form:
            if isinstance(field, FieldList) and field.name == name:
                field.append_entry()
        return True
    if place := request.form.get("remove_row"):
        for field in form:
            if isinstance(field, FieldList):
                field.entries = [entry for entry in field.entries if entry.name != place]
        return True
    return False
