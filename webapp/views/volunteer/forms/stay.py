"""Steps about the stay: where, when, how long, in which way; and the search for openings."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from webapp import clock, vocabulary
from webapp.services.opening_filters import Filters
from webapp.services.volunteers import Places, Time
from webapp.views.volunteer.forms.fields import Between, CountryField, LongSelect, OptionalChoice, WholeNumber, language

LONGEST_STAY = 260  # weeks
YES_NO = [SelectChoice("yes", _l("yes")), SelectChoice("no", _l("no"))]
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class PlacesForm(FlaskForm):
    """Where you would serve, and where not."""

    anywhere = BooleanField(
        _l("I would go anywhere"), description=_l("Except the countries that you name at the end of this page.")
    )
    routes = SelectMultipleField(
        _l("Whole routes"),
        option_widget=CheckboxInput(),
        widget=ListWidget(),
        description=_l("Every country on the route then counts as chosen. Choosing a route endorses nothing."),
    )
    countries = SelectMultipleField(_l("Countries"), option_widget=CheckboxInput(), widget=ListWidget())
    excluded = FieldList(
        CountryField(_l("Country")),
        label=_l("Countries where you would not go"),
        description=_l("Nothing there is shown to you, and nobody asks why."),
    )

    def offer(self) -> PlacesForm:
        """Fill in the choices."""
        self.routes.choices = [
            *vocabulary.route_choices(language()),
            *vocabulary.route_choices(language(), extensions=True),
        ]
        self.countries.choices = dict(vocabulary.country_groups(language()))
        return self

    def validate_excluded(self, field: FieldList) -> None:
        """Refuse a country that is wished for and excluded."""
        for entry in field.entries:
            if entry.data and entry.data in (self.countries.data or []):
                name = vocabulary.country_name(entry.data, language())
                raise ValidationError(
                    _("%(name)s is ticked above as a country where you would go. Take it out of one list.", name=name)
                )

    def places(self) -> Places:
        """Return what the form says."""
        excluded = dict.fromkeys(code for code in self.excluded.data if code)
        return Places(self.countries.data or [], self.routes.data or [], self.anywhere.data, list(excluded))


class WindowRow(Form):
    """From the first to the last day."""

    starts_on = DateField(_l("From"), validators=[InputRequired(_l("Give the first day."))])
    ends_on = DateField(_l("Until"), validators=[InputRequired(_l("Give the last day."))])

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse what ends before it starts or is over already."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day comes before the first. Change one of them."))
        if field.data and field.data < clock.today():
            raise ValidationError(_("This is over already. Give days to come, or take the row out."))


class TimeForm(FlaskForm):
    """When you have time, for how long, and in which way."""

    windows = FieldList(
        FormField(WindowRow),
        label=_l("When you could serve"),
        min_entries=1,
        description=_l("A rough guess is enough. You can change it at any time."),
    )
    stay_min_weeks = WholeNumber(_l("Shortest stay (weeks)"), validators=[Between(1, LONGEST_STAY)])
    stay_max_weeks = WholeNumber(_l("Longest stay (weeks)"), validators=[Between(1, LONGEST_STAY)])
    on_site = RadioField(_l("Would you go and live there?"), choices=YES_NO)
    online = RadioField(_l("Would you work from home, online?"), choices=YES_NO)
    online_hours = WholeNumber(_l("Hours a week online"), validators=[Between(1, 60)])
    online_from = StringField(_l("Free from"), render_kw={"type": "time"}, validators=[Length(max=5)])
    online_to = StringField(_l("Free until"), render_kw={"type": "time"}, validators=[Length(max=5)])
    time_zone = OptionalChoice(_l("On the clock of"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone.choices = [("", _("choose a place with your time")), *vocabulary.time_zone_choices()]
        for field in (self.on_site, self.online):  # an unanswered question is no error: it stays not known
            field.validate_choice = False

    def validate_stay_max_weeks(self, field: WholeNumber) -> None:
        """Refuse a longest stay below the shortest."""
        if field.data and self.stay_min_weeks.data and field.data < self.stay_min_weeks.data:
            raise ValidationError(_("The longest stay is shorter than the shortest. Change one of them."))

    def validate_online_from(self, field: StringField) -> None:
        """Refuse what is no time of the day."""
        _check_clock(field)

    def validate_online_to(self, field: StringField) -> None:
        """Refuse what is no time of the day, and times without a clock to go by."""
        _check_clock(field)
        if field.data and not self.online_from.data:
            raise ValidationError(_("Give the time from which you are free too."))
        if field.data and not self.time_zone.data:
            raise ValidationError(_("Choose a place with your time, so that we can compare the hours."))

    def time(self) -> Time:
        """Return what the form says."""
        rows = (entry.form for entry in self.windows.entries)
        return Time(
            windows=[(row.starts_on.data, row.ends_on.data) for row in rows],
            stay_min_weeks=self.stay_min_weeks.data,
            stay_max_weeks=self.stay_max_weeks.data,
            on_site=_yes(self.on_site.data),
            online=_yes(self.online.data),
            online_hours=self.online_hours.data,
            online_from=self.online_from.data or None,
            online_to=self.online_to.data or None,
            time_zone=self.time_zone.data,
        )


def _check_clock(field: StringField) -> None:
    if field.data and not CLOCK.fullmatch(field.data):
        raise ValidationError(_("Write a time as hours and minutes, such as 18:30."))


def _yes(answer: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(answer or "")


class SearchForm(FlaskForm):
    """Filters of the volunteer's own list; sent by GET, so that a search can be kept as a bookmark."""

    class Meta:
        """A GET form changes nothing."""

        csrf = False

    country = SelectField(_l("Country"), validate_choice=False, widget=LongSelect())
    route = SelectField(_l("Route"), validate_choice=False, widget=LongSelect())
    skill = SelectField(_l("Skill"), validate_choice=False, widget=LongSelect())
    language = SelectField(_l("Language"), validate_choice=False, widget=LongSelect())
    goal = SelectField(_l("Goal"), validate_choice=False, widget=LongSelect())
    earliest = DateField(_l("Not over before"), validators=[Optional()])
    latest = DateField(_l("Begins by"), validators=[Optional()])
    near_me = BooleanField(_l("In the country where I live"))
    online = BooleanField(_l("Possible online"))
    all_open = BooleanField(_l("Also where a rule stands in the way"))
    with_cannot = BooleanField(_l("Also what I marked as “I cannot”"))

    def filters(self) -> Filters:
        """Return what to filter by."""
        return Filters(**{field.name: field.data for field in self if field.name in Filters.__dataclass_fields__})
