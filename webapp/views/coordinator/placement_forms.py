"""Forms about offers and placements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from webapp.i18n import translate
from webapp.services.placement_reasons import CANCEL, END_EARLY, WITHDRAW
from webapp.services.places import Room
from webapp.services.shortlists import REASONS
from webapp.words import Words, lazy

LONGEST = 3000
KINDS: dict[str, Words] = {
    "international": lazy("International"),
    "national": lazy("National"),
    "local": lazy("Local"),
}


class OfferForm(FlaskForm):
    """A place with its dates, and words to the volunteer."""

    kind = RadioField(_l("Place"), [InputRequired(_l("Choose the kind of place."))])
    starts_on = DateField(_l("First day"), [InputRequired(_l("Give the first day."))])
    ends_on = DateField(_l("Last day"), [InputRequired(_l("Give the last day."))])
    words = TextAreaField(
        _l("Your words to the volunteer"),
        [Length(max=LONGEST)],
        description=_l("Such as: what comes next, and whom to ask. They go with the offer."),
    )

    def prepare(self, rooms: Mapping[str, Room]) -> None:
        """Offer the kinds that have places, each with how many are left."""
        self.kind.choices = [
            SelectChoice(
                kind,
                _("%(kind)s: %(left)s of %(all)s left", kind=translate(KINDS[kind]), left=one.left, all=one.places),
            )
            for kind, one in rooms.items()
            if one.left
        ]


class EndingForm(FlaskForm):
    """Why something ends, from a list, with words to the volunteer."""

    reasons: Mapping[str, Words] = {}
    reason_code = SelectField(_l("Reason"), [InputRequired(_l("Choose the reason."))])
    words = TextAreaField(
        _l("Your words to the volunteer"),
        [
            InputRequired(_l("Write a sentence or two to the person: why, and what can be done now.")),
            Length(max=LONGEST),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [SelectChoice(code, translate(words)) for code, words in self.reasons.items()]
        self.reason_code.choices = [SelectChoice("", _("Choose")), *reasons]


class WithdrawOfferForm(EndingForm):
    """Why an offer is taken back."""

    reasons = WITHDRAW


class LetGoForm(EndingForm):
    """Why somebody on the shortlist gets no place."""

    reasons = REASONS


class CancelForm(EndingForm):
    """Why a placement does not take place."""

    reasons = CANCEL


class EndEarlyForm(EndingForm):
    """Why a placement ends before its last day."""

    reasons = END_EARLY


class ExtendForm(FlaskForm):
    """A later last day."""

    ends_on = DateField(_l("New last day"), [InputRequired(_l("Give the new last day."))])
