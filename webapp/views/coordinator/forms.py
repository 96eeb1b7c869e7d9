"""The coordinator's forms."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.forms import stripped
from webapp.i18n import translate
from webapp.option_lists import KeptSelect, grouped
from webapp.services.judgements import REASONS
from webapp.services.reviews import DISPLACEMENT
from webapp.tongue import tongue

LONGEST = 4000
VERDICTS: dict[str, Any] = {
    "endorse": _l("Endorse"),
    "propose": _l("Propose for the shortlist"),
    "invite": _l("Invite"),
    "dismiss": _l("Dismiss"),
}

# What the field of a decision may say: nothing yet, or a verdict and its reason.
DECISIONS = frozenset({"", *(f"{verdict}:{code}" for verdict, codes in REASONS.items() for code in codes)})


class CheckboxesField(SelectMultipleField):
    """Several of a list, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _text(label: Any, most: int, *validators: Any, **options: Any) -> Any:
    return StringField(label, [*validators, Length(max=most)], filters=[stripped], **options)


def long_text(label: Any, *validators: Any, **options: Any) -> Any:
    """Return a field for several lines."""
    return TextAreaField(label, [*validators, Length(max=LONGEST)], **options)


class VerificationForm(FlaskForm):
    """What a coordinator looked at; which items are missing is the service's rule."""

    registration_seen = _text(_l("Registration document seen"), 300)
    reference_one_said = long_text(_l("What the first reference said"))
    reference_two_said = long_text(_l("What the second reference said"))
    called_on = DateField(_l("Day of the call"), [Optional()])
    call_note = long_text(_l("What you learned in the call"))
    safeguarding_person = _text(_l("Person responsible for safeguarding"), 200)
    conduct_policy_seen = BooleanField(_l("I have seen the conduct policy, signed by the organization"))


class WordsForm(FlaskForm):
    """Words to a host."""

    words = long_text(_l("Your words to the host"), DataRequired(_l("Write to the host why, and what it can do.")))


class ApprovalForm(FlaskForm):
    """The reviewer's decision with which an assignment is published."""

    displacement = RadioField(
        _l("Paid posts of local people"), [InputRequired(_l("Say what you decide about paid posts of local people."))]
    )

    waiver_reason = long_text(
        _l("Why it is published below the least score"),
        description=_l("Kept with this version. The host does not see it."),
    )
    words_along = long_text(
        _l("Your words to the host"), description=_l("They go with the letter that says that it is published.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.displacement.choices = [SelectChoice(code, translate(words)) for code, words in DISPLACEMENT.items()]


@cache
def _decisions(_language: str) -> list[SelectChoice]:
    """Return every reason under its decision, as the groups of a select, in the language of the page."""
    reasons = [
        SelectChoice(f"{verdict}:{code}", f"{label}: {translate(words)}", optgroup=str(label))
        for verdict, label in VERDICTS.items()
        for code, words in REASONS[verdict].items()
    ]
    return [SelectChoice("", str(_l("Choose"))), *reasons]


@cache
def _written(language: str, chosen: str | None) -> Markup:
    return grouped(_decisions(language), chosen)


def _written_decisions(chosen: str | None) -> Markup:
    """Return the options with the chosen one marked; what is none of them is not kept."""
    return _written(tongue().language, chosen if chosen in DECISIONS else None)


class JudgementForm(FlaskForm):
    """One decision with its reason, on the people who are ticked."""

    decision = SelectField(
        _l("Decision and reason"),
        [InputRequired(_l("Choose a decision with its reason."))],
        widget=KeptSelect(_written_decisions),
    )
    note = long_text(_l("Note"), description=_l("Kept with the decision. Volunteers and hosts do not see it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision.choices = _decisions(tongue().language)

    @property
    def verdict(self) -> str:
        """The decision without its reason."""
        return str(self.decision.data).partition(":")[0]

    @property
    def reason_code(self) -> str:
        """The reason without the decision."""
        return str(self.decision.data).partition(":")[2]


class ReasonForm(FlaskForm):
    """Why a version of the score is let in or turned down."""

    reason = long_text(_l("Why"), DataRequired(_l("Say why; the reason stays with the version.")))


class CountryWeightForm(FlaskForm):
    """How much the country counts, and why."""

    percent = IntegerField(
        _l("Share of the country (percent)"),
        [InputRequired(), NumberRange(0, 40, _l("Choose a number from 0 to 40."))],
        description=_l("The other criteria share the rest in the proportions that they have now."),
    )
    reason = _text(_l("Why"), 300, DataRequired(_l("Say why; the reason stays with the version.")))


class PartnershipForm(FlaskForm):
    """The terms of a partnership."""

    other_vio = SelectField(_l("With which organization"), [InputRequired()], coerce=int)
    direction = RadioField(
        _l("Who sends volunteers"),
        [InputRequired(_l("Say who sends."))],
        choices=[
            SelectChoice("send", _l("We send volunteers to them")),
            SelectChoice("receive", _l("They send volunteers to us")),
        ],
    )
    terms = long_text(_l("What you agree on"), DataRequired(_l("Write what you agree on.")))
    sending_focal_point = _text(_l("Focal point of the sending side"), 200, DataRequired())
    receiving_focal_point = _text(_l("Focal point of the receiving side"), 200, DataRequired())
    vetting_by = _text(_l("Who vets the volunteers"), 200, DataRequired())
    insurance_by = _text(_l("Who insures them"), 200, DataRequired())
    support_by = _text(_l("Who supports them"), 200, DataRequired())
    costs_by = _text(_l("Who pays the costs"), 200, DataRequired())
    shared_parts = CheckboxesField(
        _l("What the receiving side sees of a volunteer who agreed"),
        choices=[
            SelectChoice("name", _l("Name")),
            SelectChoice("profile", _l("Profile: skills, languages, availability, experience")),
            SelectChoice("earlier_service", _l("Earlier service by country")),
        ],
        description=_l("Matches and reasons are always shown; contact data only after the host's shortlist."),
    )
    starts_on = DateField(_l("First day"), [InputRequired(_l("Give the first day."))])
    ends_on = DateField(_l("Last day"), [InputRequired(_l("Give the last day."))])

    TERMS = (
        "terms",
        "sending_focal_point",
        "receiving_focal_point",
        "vetting_by",
        "insurance_by",
        "support_by",
        "costs_by",
        "shared_parts",
        "starts_on",
        "ends_on",
    )

    def values(self) -> dict[str, Any]:
        """Return the terms as the service takes them."""
        return {name: self[name].data for name in self.TERMS}


class PutForwardForm(FlaskForm):
    """Whom to put forward for which of the partner's assignments."""

    assignment = SelectField(_l("The partner's assignment"), [InputRequired()], coerce=int)
    volunteer = RadioField(_l("Whom"), [InputRequired(_l("Choose one person."))], coerce=int)
    words = long_text(_l("Your words to the volunteer"))
    has_more = False  # assignments than stand to choose from
