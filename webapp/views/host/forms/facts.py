"""Facts of an assignment: place and time, conditions, money."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField, SelectField, StringField
from wtforms.validators import Length, ValidationError

from webapp import vocabulary
from webapp.views.host.forms.fields import (
    TOO_LONG,
    ChoiceField,
    Section,
    choice,
    day,
    line,
    number,
    or_none,
    text,
    time,
    words_of,
)

MOST_ROWS = 20


class PlaceForm(Section):
    """Where, when, and how many people."""

    mode = ChoiceField(_l("Where the work is done"))
    country = choice(_l("Country"))
    location = line(_l("Town or village"))
    start_on = day(_l("First day"))
    end_on = day(_l("Last day"))
    weeks = number(_l("Shortest stay that works, in weeks"), 1, 260)
    hours = number(_l("Hours of work a week"), 1, 60)
    places_international = number(_l("For people from abroad"), 0, 99, default=0)
    places_national = number(_l("For people of the country"), 0, 99, default=0)
    places_local = number(_l("For people of the place"), 0, 99, default=0)
    online_from = time(_l("From"))
    online_to = time(_l("Until"))
    time_zone = choice(_l("Time zone"))
    groups = (
        (_l("Where"), None, ("mode", ("country", "location"))),
        (_l("When"), None, (("start_on", "end_on"), ("weeks", "hours"))),
        (
            _l("How many places"),
            _l("Mixed teams work best: think of people from the country and from the place too."),
            (("places_international", "places_national", "places_local"),),
        ),
        (
            _l("If it can be done online"),
            _l("When somebody of your team can be met online, in your time."),
            (("online_from", "online_to"), "time_zone"),
        ),
    )
    optional = frozenset({"online_from", "online_to", "time_zone", "places_national", "places_local"})

    def prepare(self, language: str) -> None:
        """Fill in modes, countries and time zones."""
        self.mode.choices = words_of(vocabulary.MODES)
        self.country.choices = or_none(vocabulary.country_choices(language), _("Choose"))
        self.time_zone.choices = or_none(vocabulary.time_zone_choices(), _("Choose"))

    def validate_end_on(self, field: Any) -> None:
        """Refuse a last day before the first."""
        if field.data and self.start_on.data and field.data < self.start_on.data:
            raise ValidationError(_("The last day lies before the first day. Change one of them."))

    def changes(self) -> dict[str, Any]:
        """Return the answers; a kind of place left blank has none."""
        found = super().changes()
        return {name: value or 0 if name.startswith("places_") else value for name, value in found.items()}


class ConditionsForm(Section):
    """Conditions as facts; nothing is called good or bad."""

    lodging = line(
        _l("Where the volunteer lives"),
        300,
        description=_l("Such as: own room with a host family, shared room at the school, flat in town."),
    )
    water = ChoiceField(_l("Water"))
    power = ChoiceField(_l("Electricity"))
    internet = ChoiceField(_l("Internet"))
    hospital_hours = number(_l("Hours to a hospital that is open day and night"), 0, 72)
    walking_km = number(_l("Walking a day, in km"), 0, 60)
    hottest_celsius = number(_l("Hottest days, in °C"), -60, 60)
    coldest_celsius = number(_l("Coldest nights, in °C"), -60, 60)
    altitude_metres = number(_l("Altitude, in metres"), -450, 6000)
    step_free = ChoiceField(_l("Can home and work be reached without steps?"))
    conditions_text = text(_l("Anything else a person should know before coming"))
    groups = (
        (_l("Lodging"), None, ("lodging", "water", "power", "internet")),
        (
            _l("The place"),
            _l("Facts, as a neighbour would tell them. People decide for themselves what they can live with."),
            (("hospital_hours", "walking_km"), ("hottest_celsius", "coldest_celsius", "altitude_metres"), "step_free"),
        ),
        (_l("More"), None, ("conditions_text",)),
    )
    optional = frozenset({"walking_km", "hottest_celsius", "coldest_celsius", "altitude_metres", "conditions_text"})

    def prepare(self, language: str) -> None:
        """Fill in the words of the facts."""
        self.water.choices = words_of(vocabulary.WATER)
        self.power.choices = words_of(vocabulary.POWER)
        self.internet.choices = words_of(vocabulary.INTERNET)
        self.step_free.choices = [("yes", _("Yes")), ("no", _("No"))]

    def changes(self) -> dict[str, Any]:
        """Return the answers; facts that were not stated are blank."""
        found = super().changes()
        return {name: value or "" if name in ("water", "power", "internet") else value for name, value in found.items()}


class MoneyRow(Form):
    """Who pays whom, what, how much and when."""

    payer = SelectField(_l("Who pays"))
    payee = SelectField(_l("Whom"))
    what = StringField(_l("What for"), [Length(max=200, message=TOO_LONG)])
    amount = StringField(_l("How much"), [Length(max=60, message=TOO_LONG)])
    when = StringField(_l("When"), [Length(max=120, message=TOO_LONG)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = words_of(vocabulary.PAYERS)
        self.payer.choices = [("", _("Choose")), *(pair for pair in people if pair[0] != "third_party")]
        self.payee.choices = [("", _("Choose")), *(pair for pair in people if pair[0] != "sponsor")]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in the row."""
        return not any(field.data and str(field.data).strip() for field in self)

    def validate_payer(self, field: Any) -> None:
        """Ask who pays in a row that was begun."""
        if not self.is_empty and not field.data:
            raise ValidationError(_("Say who pays."))

    def validate_payee(self, field: Any) -> None:
        """Ask who is paid in a row that was begun, and that it is somebody else."""
        if not self.is_empty and not field.data:
            raise ValidationError(_("Say who is paid."))
        if field.data and field.data == self.payer.data:
            raise ValidationError(_("Choose two different sides."))

    def validate_what(self, field: Any) -> None:
        """Ask what it is for in a row that was begun."""
        if not self.is_empty and not (field.data or "").strip():
            raise ValidationError(_("Say what it is for, such as lodging, food or travel."))


class MoneyForm(Section):
    """Money in both directions."""

    money = FieldList(
        FormField(MoneyRow),
        _l("Who pays whom"),
        max_entries=MOST_ROWS,
        description=_l(
            "One line for each: lodging, food, travel, visa, insurance, pocket money, fees. “Free room” is an amount "
            "too. What does not stand here is never asked of a volunteer."
        ),
    )

    def changes(self) -> dict[str, Any]:
        """Return the lines that say something."""
        rows = [entry.form for entry in self.money if not entry.form.is_empty]
        return {"money": [{field.short_name: (field.data or "").strip() for field in row} for row in rows]}
