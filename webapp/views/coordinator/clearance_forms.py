"""Forms about clearances, notes on countries and emergency cards."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, FileField, IntegerField, SelectField, StringField, TelField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from webapp import vocabulary
from webapp.forms import stripped
from webapp.i18n import translate
from webapp.models.clearances import OWN_ITEM
from webapp.services.clearance_items import ITEMS

LONGEST = 3000


def _line(label: Any, most: int, **options: Any) -> Any:
    return StringField(label, [Length(max=most)], filters=[stripped], **options)


def _long(label: Any, **options: Any) -> Any:
    return TextAreaField(label, [Length(max=LONGEST)], **options)


class ClearForm(FlaskForm):
    """That it is in order, and until when."""

    expires_on = DateField(
        _l("Holds until"),
        [Optional()],
        description=_l("The last day on the paper. Leave it empty if it does not run out."),
    )


class AgainForm(FlaskForm):
    """What the volunteer is asked for once more."""

    wanted = _long(_l("What was not right, and what the volunteer should send"))


class RefuseForm(FlaskForm):
    """Words to the volunteer with a refusal."""

    words = _long(_l("Your words to the volunteer"))


class WaiverForm(FlaskForm):
    """Why somebody can go without an item."""

    reason = _long(_l("Why the person can go without it"), description=_l("Kept. A second person has to agree."))


class FileForm(FlaskForm):
    """A file of the office's own."""

    file = FileField(
        _l("File"), description=_l("PDF, JPEG or PNG, at most 5 MB."), render_kw={"accept": ".pdf,.jpg,.jpeg,.png"}
    )


class NoteForm(FlaskForm):
    """What the office knows of a country."""

    visa_class = _line(_l("Which visa or permit"), 200)
    lead_days = IntegerField(
        _l("How long it takes (days)"),
        [InputRequired(), NumberRange(0, 365, _l("Choose a number from 0 to 365."))],
        default=0,
        description=_l("From asking for it to having it. Dates that lie closer warn."),
    )
    registration = _long(_l("What is to be done after arrival"))
    tax = _long(_l("Tax on allowances"))
    contacts = _long(_l("Legal and consular help"), description=_l("Embassy, consulate, a lawyer, with numbers."))
    not_sent_to = _long(_l("Places where you send nobody"))
    noted_on = DateField(_l("When you made sure of this"), [InputRequired(_l("Give the day."))])


class RuleForm(FlaskForm):
    """What the office asks for beside the common list."""

    item = SelectField(_l("What"), [InputRequired(_l("Choose what is asked for."))])
    title = _line(_l("In your words, if it is none of these"), 200)
    owner = SelectField(
        _l("Who sees to it"),
        choices=[
            SelectChoice("volunteer", _l("the volunteer")),
            SelectChoice("sending", _l("the sending office")),
            SelectChoice("receiving", _l("the receiving office")),
        ],
        description=_l("For what you ask in your own words; the common list knows it."),
    )
    lives_in = SelectField(_l("For people who live in"), [Optional()])
    works_in = SelectField(_l("For work in"), [Optional()])
    mode = SelectField(
        _l("Kind of stay"),
        choices=[
            SelectChoice("any", _l("on site and online")),
            SelectChoice("on_site", _l("on site")),
            SelectChoice("online", _l("online")),
        ],
    )
    days_before = IntegerField(
        _l("Due so many days before the first day"),
        [InputRequired(), NumberRange(0, 365, _l("Choose a number from 0 to 365."))],
        default=14,
    )
    is_mandatory = BooleanField(_l("Nobody starts without it"), default=True)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        common = [SelectChoice(code, translate(item.title)) for code, item in ITEMS.items()]
        self.item.choices = [*common, SelectChoice(OWN_ITEM, _("Something else, in your words"))]
        countries = [SelectChoice(code, name) for code, name in vocabulary.country_choices(language)]
        self.lives_in.choices = self.works_in.choices = [SelectChoice("", _("any country")), *countries]

    def parts(self) -> dict[str, Any]:
        """Return the rule as the service takes it."""
        names = ("item", "owner", "mode", "is_mandatory", "days_before")
        countries = {name: self[name].data or None for name in ("lives_in", "works_in")}
        return {**{name: self[name].data for name in names}, **countries, "title": self.title.data or ""}


class CardForm(FlaskForm):
    """What the office writes on the emergency card."""

    office_phone = TelField(_l("Your number, answered day and night"), [Length(max=50)], filters=[stripped])
    local_name = _line(_l("Who is there, at the place"), 200)
    local_phone = TelField(_l("Their number"), [Length(max=50)], filters=[stripped])
    insurer = _line(_l("Insurance company"), 200)
    insurance_number = _line(_l("Number of the insurance"), 100)
    insurance_phone = TelField(_l("Emergency number of the insurance"), [Length(max=50)], filters=[stripped])
    hospital = _long(_l("Nearest hospital, and how to get there"))
    consulate = _long(_l("Embassy or consulate"), description=_l("Empty: what your note on the country says."))
