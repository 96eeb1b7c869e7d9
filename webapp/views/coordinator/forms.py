"""The coordinator's forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from webapp import vocabulary
from webapp.config import LANGUAGES
from webapp.forms import stripped
from webapp.i18n import translate
from webapp.models import Vio
from webapp.services.judgements import REASONS
from webapp.services.reviews import DISPLACEMENT

LONGEST = 4000
VERDICTS: dict[str, Any] = {
    "endorse": _l("Endorse"),
    "propose": _l("Propose for the shortlist"),
    "invite": _l("Invite"),
    "dismiss": _l("Dismiss"),
}


class CheckboxesField(SelectMultipleField):
    """Several of a list, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _text(label: Any, most: int, *validators: Any, **options: Any) -> Any:
    return StringField(label, [*validators, Length(max=most)], filters=[stripped], **options)


def _long(label: Any, *validators: Any, **options: Any) -> Any:
    return TextAreaField(label, [*validators, Length(max=LONGEST)], **options)


class VerificationForm(FlaskForm):
    """What a coordinator looked at; which items are missing is the service's rule."""

    registration_seen = _text(_l("Registration document seen"), 300)
    reference_one_said = _long(_l("What the first reference said"))
    reference_two_said = _long(_l("What the second reference said"))
    called_on = DateField(_l("Day of the call"), [Optional()])
    call_note = _long(_l("What you learned in the call"))
    safeguarding_person = _text(_l("Person responsible for safeguarding"), 200)
    conduct_policy_seen = BooleanField(_l("I have seen the conduct policy, signed by the organization"))


class WordsForm(FlaskForm):
    """Words to a host."""

    words = _long(_l("Your words to the host"), DataRequired(_l("Write to the host why, and what it can do.")))


class ApprovalForm(FlaskForm):
    """The reviewer's decision with which an assignment is published."""

    displacement = RadioField(
        _l("Paid posts of local people"), [InputRequired(_l("Say what you decide about paid posts of local people."))]
    )

    waiver_reason = _long(
        _l("Why it is published below the least score"),
        description=_l("Kept with this version. The host does not see it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.displacement.choices = [SelectChoice(code, translate(words)) for code, words in DISPLACEMENT.items()]


class JudgementForm(FlaskForm):
    """One decision with its reason, on the people who are ticked."""

    decision = SelectField(_l("Decision and reason"), [InputRequired(_l("Choose a decision with its reason."))])
    note = _long(_l("Note"), description=_l("Kept with the decision. Volunteers and hosts do not see it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision.choices = decision_choices()

    @property
    def verdict(self) -> str:
        """The decision without its reason."""
        return str(self.decision.data).partition(":")[0]

    @property
    def reason_code(self) -> str:
        """The reason without the decision."""
        return str(self.decision.data).partition(":")[2]


def decision_choices() -> list[SelectChoice]:
    """Return every reason under its decision, as the groups of a select."""
    reasons = [
        SelectChoice(f"{verdict}:{code}", f"{label}: {translate(words)}", optgroup=str(label))
        for verdict, label in VERDICTS.items()
        for code, words in REASONS[verdict].items()
    ]
    return [SelectChoice("", str(_l("Choose"))), *reasons]


class ReasonForm(FlaskForm):
    """Why a version of the score is let in or turned down."""

    reason = _long(_l("Why"), DataRequired(_l("Say why; the reason stays with the version.")))


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
    terms = _long(_l("What you agree on"), DataRequired(_l("Write what you agree on.")))
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
    words = _long(_l("Your words to the volunteer"))


class SettingsForm(FlaskForm):
    """What a VIO's coordinators choose."""

    contact_email = EmailField(
        _l("Address for questions"),
        [
            InputRequired(),
            Email(_l("This is no e-mail address. Write it like name@organization.example.")),
            Length(max=255),
        ],
    )
    about = _long(_l("About your organization"), description=_l("Volunteers read this when they register."))
    is_open = BooleanField(_l("People may register with us themselves"))
    language = SelectField(
        _l("Language of letters to people without an account"),
        [InputRequired()],
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        description=_l(
            "Referees, people whom you invite, hosts that have only an address. All others choose their own."
        ),
    )
    strong_score = IntegerField(
        _l("A match is strong from (points of 100)"),
        [InputRequired(), NumberRange(0, 100, _l("Choose a number from 0 to 100."))],
        description=_l("New matches at or above this stand in your queue."),
    )
    host_answer_days = IntegerField(
        _l("Hosts answer applications within (days)"),
        [InputRequired(), NumberRange(1, 90, _l("Choose a number from 1 to 90."))],
        description=_l("This day is promised to every applicant."),
    )
    offer_answer_days = IntegerField(
        _l("Volunteers answer offers within (days)"),
        [InputRequired(), NumberRange(1, 90, _l("Choose a number from 1 to 90."))],
        description=_l("After this day an offer ends and its place is free again."),
    )
    check_in_weeks = IntegerField(
        _l("Weeks between the check-ins of a placement"),
        [InputRequired(), NumberRange(1, 26, _l("Choose a number from 1 to 26."))],
        description=_l("After those of the first and the fourth week. The last week has one of its own."),
    )
    review_answer_days = IntegerField(
        _l("We answer hosts within (days)"), [InputRequired(), NumberRange(1, 90, _l("Choose a number from 1 to 90."))]
    )
    retention_months = IntegerField(
        _l("Keep profiles without activity for (months)"),
        [InputRequired(), NumberRange(1, 120, _l("Choose a number from 1 to 120."))],
    )
    document_days = IntegerField(
        _l("Keep documents of clearances after a placement ended for (days)"),
        [InputRequired(), NumberRange(1, 3650, _l("Choose a number from 1 to 3650."))],
        description=_l("Passports, records and papers of doctors: no longer than the law where you are wants."),
    )
    route_wording = BooleanField(
        _l("Name Belt and Road routes in reasons and show their map"),
        description=_l("Off: pages speak of countries only. The scores stay the same."),
    )
    shares_decisions = BooleanField(
        _l("Our decisions count in the shared weights"),
        description=_l("Only weights leave your organization: no person, no assignment, no single decision."),
    )
    host_training = RadioField(
        _l("Training of hosts, before their first assignment is sent"),
        choices=[
            ("not_asked", _l("not asked for")),
            ("advised", _l("advised: a notice, and they may go on")),
            ("required", _l("required: nothing is sent before it is finished")),
        ],
        description=_l("Five short modules with a quiz. Hosts who have sent an assignment before are not asked."),
    )
    volunteer_training = RadioField(
        _l("Training of volunteers, before their first day"),
        choices=[
            ("not_asked", _l("not asked for")),
            ("advised", _l("advised: it stands on the list, and they may go without it")),
            ("required", _l("required: nobody goes before it is finished")),
        ],
        description=_l("It clears itself when the last module is passed. A change holds for lists made from now on."),
    )
    least_coach_score = IntegerField(
        _l("Least score of the coach before an assignment may be published"),
        [InputRequired(), NumberRange(0, 100, _l("Choose a number from 0 to 100."))],
        description=_l("Below it a coordinator publishes only with a reason. 0: every score may be published."),
    )
    hint_trial = BooleanField(
        _l("Try two orders of the coach's hints"),
        description=_l(
            "Each new assignment draws one by lot: what adds most points first, or as the parts of the form follow. "
            "Hosts are told; hints and score stay the same. The page on the effect compares the two."
        ),
    )
    no_go = CheckboxesField(
        _l("Countries to which we do not send"), description=_l("Take a tick away to send there again.")
    )
    add_no_go = SelectField(_l("Add a country to which we do not send"), [Optional()])

    def __init__(self, *args: Any, language: str, vio: Vio, **kwargs: Any) -> None:
        super().__init__(*args, obj=vio, **kwargs)
        self.no_go.choices = [SelectChoice(code, vocabulary.country_name(code, language)) for code in vio.no_go]
        self.add_no_go.choices = [
            SelectChoice("", ""),
            *(SelectChoice(code, name) for code, name in vocabulary.country_choices(language)),
        ]

    def values(self, names: Iterable[str]) -> dict[str, Any]:
        """Return the settings as the service takes them."""
        found = {name: self[name].data for name in names if name != "no_go"}
        added = [self.add_no_go.data] if self.add_no_go.data else []
        return {**found, "no_go": sorted({*(self.no_go.data or []), *added})}
