"""Handing something in before leaving, and naming somebody to call."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField, StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from webapp.forms import stripped
from webapp.views.volunteer.forms.sensitive import AgreesField

LONGEST = 3000


class HandInForm(FlaskForm):
    """A file, words, or both."""

    file = FileField(
        _l("File"),
        description=_l(
            "PDF, JPEG or PNG, at most 5 MB. A photo with your telephone is enough if everything can be read."
        ),
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png"},
    )
    words = TextAreaField(
        _l("Your words to the office"),
        [Length(max=LONGEST)],
        description=_l("Such as a number, or why you need none of this."),
    )
    agrees = AgreesField()

    def validate_file(self, field: FileField) -> None:
        """Refuse a form with nothing in it."""
        if not field.data and not (self.words.data or "").strip():
            raise ValidationError(_l("Choose a file, or write a few words."))


class CloseForm(FlaskForm):
    """Somebody close."""

    close_name = StringField(_l("Name"), [DataRequired(_l("Write the name.")), Length(max=200)], filters=[stripped])
    close_how = StringField(
        _l("Who this is to you"), [Length(max=100)], filters=[stripped], description=_l("Such as: mother, friend.")
    )
    close_phone = TelField(
        _l("Telephone"),
        [DataRequired(_l("Write the number, with the code of the country.")), Length(max=50)],
        filters=[stripped],
        description=_l("With the code of the country, such as +254 700 000 000."),
    )
    close_language = StringField(_l("Which language they speak"), [Length(max=100)], filters=[stripped])
    agrees = AgreesField()
