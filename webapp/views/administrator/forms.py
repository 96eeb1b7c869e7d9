"""What an administrator fills in."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale as current_locale
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from webapp import vocabulary
from webapp.forms import stripped
from webapp.models import Vio
from webapp.models.accounts import ADMINISTRATOR, COORDINATOR, FOCAL_POINT

A_NAME = _l("Write the name.")
AN_ADDRESS = _l("Write an e-mail address such as office@example.org.")


class VioForm(FlaskForm):
    """A volunteer organization."""

    name = StringField(
        _l("Name"), [DataRequired(A_NAME), Length(max=200)], filters=[stripped], render_kw={"dir": "auto"}
    )
    country = SelectField(_l("Country"), [DataRequired(_l("Choose a country."))])
    contact_email = EmailField(
        _l("E-mail address of the office"),
        [DataRequired(AN_ADDRESS), Email(AN_ADDRESS), Length(max=255)],
        filters=[stripped],
    )
    is_open = BooleanField(_l("People may register with it themselves"), default=True)
    retention_months = IntegerField(
        _l("Keep data for how many months?"),
        [InputRequired(_l("Write a number of months.")), NumberRange(1, 120, _l("Write a number from 1 to 120."))],
        default=24,
        description=_l("After so many months without any change, profiles from lists that nobody claimed are deleted."),
    )

    access_review_months = IntegerField(
        _l("Look at the accounts of its staff every how many months?"),
        [InputRequired(_l("Write a number of months.")), NumberRange(1, 24, _l("Write a number from 1 to 24."))],
        default=6,
        description=_l("Each time you say of everybody who works there whether they still need their account."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = [("", gettext("Choose a country")), *vocabulary.country_choices(str(current_locale()))]


class DelegationForm(FlaskForm):
    """For which countries a coordinator acts."""

    countries = SelectMultipleField(
        _l("Countries"),
        description=_l("Tick none, and the coordinator acts for all of the organization."),
        option_widget=CheckboxInput(),
        widget=ListWidget(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.countries.choices = vocabulary.country_choices(str(current_locale()))


class StaffForm(DelegationForm):
    """A member of staff to invite; a coordinator also for some countries only."""

    email = EmailField(
        _l("E-mail address"), [DataRequired(AN_ADDRESS), Email(AN_ADDRESS), Length(max=255)], filters=[stripped]
    )
    role = RadioField(
        _l("Works as"),
        choices=[
            SelectChoice(COORDINATOR, _l("coordinator of an organization")),
            SelectChoice(FOCAL_POINT, _l("safeguarding focal point of an organization")),
            SelectChoice(ADMINISTRATOR, _l("administrator")),
        ],
        default=COORDINATOR,
    )
    vio_id = SelectField(_l("Organization"), coerce=int, description=_l("Not for administrators."))

    def __init__(self, vios: list[Vio], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vio_id.choices = [(0, gettext("None")), *((vio.id, vio.name) for vio in vios)]
