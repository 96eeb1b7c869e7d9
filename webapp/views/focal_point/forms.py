"""What a focal point fills in."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from webapp.forms import stripped
from webapp.i18n import translate
from webapp.models import Placement, User
from webapp.safety_forms import LONGEST_TEXT, trimmed
from webapp.safety_words import GRAVITIES, HARMS
from webapp.services.safeguarding.duty import SETTINGS
from webapp.services.safeguarding.incidents import Facts


def _minutes(label: str) -> IntegerField:
    return IntegerField(
        label,
        [InputRequired(_l("Write a number of minutes.")), NumberRange(5, 20160, _l("Write a number from 5 to 20160."))],
    )


def _phone(label: str, description: str = "") -> StringField:
    return StringField(
        label,
        [Optional(), Length(max=50)],
        filters=[stripped],
        description=description,
        render_kw={"type": "tel", "dir": "ltr"},
    )


def _people(here: list[User], nobody: str) -> list[tuple[int, str]]:
    return [(0, nobody), *((one.id, one.display_name or one.email) for one in here)]


class DutyForm(FlaskForm):
    """How volunteers reach somebody in need."""

    emergency = StringField(
        _l("Emergency numbers"),
        [Optional(), Length(max=200)],
        filters=[stripped],
        description=_l("Shown first, such as: police 999, ambulance 911."),
        render_kw={"dir": "auto"},
    )
    duty_line = _phone(_l("Duty line"), _l("Your own number, answered day and night. Empty if nobody does."))
    duty_person_id = SelectField(
        _l("On duty"),
        coerce=int,
        description=_l("Gets each call for help first. With nobody here, volunteers are told that nobody is on duty."),
    )
    minutes_now = _minutes(_l("In danger now: minutes to take it up"))
    minutes_today = _minutes(_l("Help today: minutes to take it up"))
    minutes_week = _minutes(_l("Help this week: minutes to take it up"))

    def __init__(self, here: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duty_person_id.choices = _people(here, gettext("Nobody"))
        if not self.is_submitted() and self.duty_person_id.data is None:
            self.duty_person_id.data = 0

    def values(self) -> dict[str, Any]:
        """Return the answers by the names of the settings."""
        answers: dict[str, Any] = {name: getattr(self, name).data for name in SETTINGS}
        for name in ("emergency", "duty_line"):
            answers[name] = answers[name] or ""
        answers["duty_person_id"] = answers["duty_person_id"] or None
        return answers


class StepForm(FlaskForm):
    """Somebody for the end of the list."""

    user_id = SelectField(_l("Focal point"), coerce=int)
    step_name = StringField(
        _l("Or the name of somebody to telephone"),
        [Optional(), Length(max=200)],
        filters=[stripped],
        render_kw={"dir": "auto"},
    )
    phone = _phone(_l("Telephone"))

    def __init__(self, here: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user_id.choices = _people(here, gettext("Nobody with an account"))


class IncidentForm(FlaskForm):
    """What a focal point makes of a report or a call."""

    kind = RadioField(_l("What is it about?"), [InputRequired(_l("Choose what comes closest."))])
    gravity = RadioField(_l("How grave is it?"), [InputRequired(_l("Choose how grave it is."))])
    text = TextAreaField(
        _l("What is known, and what is not"),
        [DataRequired(_l("Write what is known.")), Length(max=LONGEST_TEXT)],
        filters=[trimmed],
        description=_l("Facts, with when and where. Only those names that are needed."),
        render_kw={"dir": "auto"},
    )
    placement_id = SelectField(_l("Placement"), coerce=int)

    def __init__(self, placements: list[Placement] | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(code, translate(words)) for code, words in HARMS.items()]
        self.gravity.choices = [SelectChoice(code, translate(words)) for code, words in GRAVITIES.items()]
        if placements is None:  # the call knows its own
            del self.placement_id
            self.placement_id = None
            return
        named = [(one.id, f"{one.volunteer.full_name}, {one.assignment.title}") for one in placements]
        self.placement_id.choices = [(0, gettext("None, or not known")), *named]

    @property
    def facts(self) -> Facts:
        """The answers, for the service."""
        placement_id = self.placement_id.data or None if self.placement_id is not None else None
        return Facts(self.kind.data, self.gravity.data, self.text.data or "", placement_id)


class MeasureForm(FlaskForm):
    """Something to be done."""

    measure = TextAreaField(
        _l("What is to be done, and by whom"),
        [DataRequired(_l("Write what is to be done.")), Length(max=LONGEST_TEXT)],
        filters=[trimmed],
        render_kw={"dir": "auto", "rows": 3},
    )
    by_on = DateField(_l("By when"), [Optional()])
