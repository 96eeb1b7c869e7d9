"""Kinds of questions that the host's forms ask, with errors that say what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, Form, IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms import TextAreaField as LongTextField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget, TimeInput

from webapp.i18n import translate
from webapp.words import Words

LONGEST = 4000  # characters of a long answer
TOO_LONG = _l("This is too long: write at most %(max)d characters.")


class WholeField(IntegerField):
    """A whole number, or nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; say what to write where it is none."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text:
            try:
                self.data = int(text)
            except ValueError as error:
                raise ValueError(_l("Write a whole number, in digits.")) from error


class DayField(DateField):
    """A day, or nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; say how to write it where it cannot be read."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text:
            try:
                super().process_formdata([text])
            except ValueError as error:
                raise ValueError(_l("Write the day as year-month-day, such as 2027-03-31.")) from error


class ChoiceField(RadioField):
    """One of a few, with nothing chosen beforehand and no need to choose yet."""

    def pre_validate(self, form: Form) -> None:
        """Accept no answer; refuse one that was not offered."""
        if self.data not in (None, "", "None"):
            super().pre_validate(form)

    @property
    def answer(self) -> Any:
        """The value to store; None where nothing was chosen."""
        return None if self.data in (None, "", "None") else self.data


class YesNoField(ChoiceField):
    """Yes or no, with nothing chosen beforehand; stored as True, False or None."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))], **options)

    def process_data(self, value: Any) -> None:
        """Show a stored answer."""
        super().process_data({True: "yes", False: "no"}.get(value, value))

    @property
    def answer(self) -> bool | None:
        """The value to store."""
        return {"yes": True, "no": False}.get(self.data)


class CheckboxesField(SelectMultipleField):
    """Several of a list, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def line(label: Any, most: int = 200, **options: Any) -> Any:
    """Ask for one line of text."""
    return StringField(label, [Length(max=most, message=TOO_LONG)], **options)


def text(label: Any, **options: Any) -> Any:
    """Ask for a few sentences."""
    return LongTextField(label, [Length(max=LONGEST, message=TOO_LONG)], **options)


def number(label: Any, least: int, most: int, **options: Any) -> Any:
    """Ask for a whole number between two."""
    outside = _l("Write a number from %(min)s to %(max)s.")
    return WholeField(label, [Optional(), NumberRange(least, most, message=outside)], **options)


def day(label: Any, **options: Any) -> Any:
    """Ask for a day."""
    return DayField(label, [Optional()], **options)


def time(label: Any, **options: Any) -> Any:
    """Ask for a time of day, kept as HH:MM."""
    wrong = _l("Write the time as hours and minutes, such as 09:30.")
    valid = Regexp(r"^([01]\d|2[0-3]):[0-5]\d$", message=wrong)
    return StringField(label, [Optional(), valid], widget=TimeInput(), **options)


def choice(label: Any, **options: Any) -> Any:
    """Ask to choose one from a list that is set when the form is made; the first entry stands for no answer."""
    return SelectField(label, coerce=_code, **options)


def words_of(table: dict[Any, Words]) -> list[tuple[str, str]]:
    """Return a table of codes and words as choices in the reader's language."""
    return [(str(code), translate(words)) for code, words in table.items()]


def or_none(choices: Iterable[tuple[str, str]], words: str) -> list[tuple[str, str]]:
    """Return the choices with an entry before them for "not said"."""
    return [("", words), *choices]


class Section(FlaskForm):
    """A part of a form that is saved by itself."""

    # headings with the fields under them; a tuple inside is printed side by side
    groups: tuple[tuple[Any, Any, tuple[Any, ...]], ...] = ()
    optional: frozenset[str] = frozenset()

    def prepare(self, language: str) -> None:
        """Fill in the choices, in the reader's language."""

    def changes(self) -> dict[str, Any]:
        """Return what was answered, as the service takes it."""
        return {field.short_name: _answer(field) for field in self if field.short_name != "csrf_token"}


def _code(value: Any) -> str:
    return "" if value is None else str(value)


# A blank text is stored as no text in these columns, since they hold codes that a table constrains.
NULLABLE = frozenset({"sector", "country", "time_zone", "online_from", "online_to", "contact_email"})
Answer = Callable[[Any], Any]


def _answer(field: Any) -> Any:
    if isinstance(field, ChoiceField):
        return field.answer
    if field.short_name in NULLABLE:
        return field.data or None
    if isinstance(field, (StringField, SelectField)) and not isinstance(field, SelectMultipleField):
        return (field.data or "").strip()
    return field.data
