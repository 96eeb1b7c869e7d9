"""What a VIO's coordinators choose for their organization."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    RadioField,
    SelectField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from webapp import vocabulary
from webapp.config import LANGUAGES
from webapp.models import Vio
from webapp.views.coordinator.forms import CheckboxesField, long_text


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
    about = long_text(_l("About your organization"), description=_l("Volunteers read this when they register."))
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
