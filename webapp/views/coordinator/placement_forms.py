"""Forms about offers and placements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from webapp.i18n import translate
from webapp.services.offers import Seat
from webapp.services.placement_reasons import CANCEL, END_EARLY, WITHDRAW
from webapp.services.places import Room
from webapp.services.shortlists import REASONS, SHORTEST_WORDS
from webapp.services.teams import Seats
from webapp.team_words import KINDS
from webapp.words import Words

LONGEST = 3000
KIND_OF = "kind_"


class OfferForm(FlaskForm):
    """A place with its dates, and words to the volunteer."""

    kind = RadioField(_l("Kind of place"), [InputRequired(_l("Choose the kind of place."))])
    starts_on = DateField(_l("First day"), [InputRequired(_l("Give the first day."))])
    ends_on = DateField(_l("Last day"), [InputRequired(_l("Give the last day."))])
    words = TextAreaField(
        _l("Your words to the volunteer"),
        [Length(max=LONGEST)],
        description=_l("Such as: what comes next, and whom to ask. They go with the offer."),
    )

    def prepare(self, rooms: Mapping[str, Room], team: Sequence[Seats]) -> None:
        """Offer the kinds that have places, or the roles of the team, each with how many are left."""
        self.kind.choices = _seats_left(rooms, team)
        if team:
            self.kind.label.text = _("Role in the team")


class JointOfferForm(FlaskForm):
    """The same dates for all who go together; `joint_offer_form` adds a kind of place for each of them."""

    starts_on = DateField(_l("First day"), [InputRequired(_l("Give the first day."))])
    ends_on = DateField(_l("Last day"), [InputRequired(_l("Give the last day."))])
    words = TextAreaField(
        _l("Your words to each of them"),
        [Length(max=LONGEST)],
        description=_l("Such as: what comes next, and whom to ask. They go with the offer."),
    )

    def kinds(self) -> dict[int, RadioField]:
        """Return the field of each application, by its id."""
        named = {name: field for name, field in self._fields.items() if name.startswith(KIND_OF)}
        return {int(name.removeprefix(KIND_OF)): field for name, field in named.items()}


def joint_offer_form(
    names: Mapping[int, str], rooms: Mapping[str, Room], team: Sequence[Seats], **suggested: Any
) -> JointOfferForm:
    """Return the form for the people of these applications, by id."""
    fields = {
        f"{KIND_OF}{number}": RadioField(
            _("Role in the team: %(name)s", name=name) if team else _("Kind of place: %(name)s", name=name),
            [InputRequired(_("Choose the kind of place."))],
            choices=_seats_left(rooms, team),
        )
        for number, name in names.items()
    }
    form: JointOfferForm = type("ThisJointOfferForm", (JointOfferForm,), fields)(**suggested)
    return form


def seat_of(choice: str) -> Seat:
    """Return the place that was chosen."""
    kind, _colon, role = choice.partition(":")
    return Seat(kind, int(role) if role else None)


def _seats_left(rooms: Mapping[str, Room], team: Sequence[Seats]) -> list[SelectChoice]:
    if team:
        return [
            SelectChoice(
                f"{one.role.kind}:{one.role.id}",
                _(
                    "%(role)s, %(kind)s: %(left)s of %(all)s left",
                    role=one.role.label,
                    kind=translate(KINDS[one.role.kind]).lower(),
                    left=one.open,
                    all=one.role.number,
                ),
            )
            for one in team
            if one.open
        ]
    return [
        SelectChoice(
            kind, _("%(kind)s: %(left)s of %(all)s left", kind=translate(KINDS[kind]), left=one.left, all=one.places)
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


class AnswerRestForm(FlaskForm):
    """Words to everybody who is left when the places are taken."""

    words = TextAreaField(
        _l("Your words to them"),
        [InputRequired(_l("Write a sentence or two to them.")), Length(min=SHORTEST_WORDS, max=LONGEST)],
    )


class MoveForm(LetGoForm):
    """What many people on the board are told at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words.label.text = _("Your words to each of them")


class CancelForm(EndingForm):
    """Why a placement does not take place."""

    reasons = CANCEL


class EndEarlyForm(EndingForm):
    """Why a placement ends before its last day."""

    reasons = END_EARLY


class ExtendForm(FlaskForm):
    """A later last day."""

    ends_on = DateField(_l("New last day"), [InputRequired(_l("Give the new last day."))])


class DutyForm(FlaskForm):
    """Which duty of the own side was done, and when."""

    code = SelectField(_l("Duty"), [InputRequired(_l("Choose the duty."))])
    done_on = DateField(_l("Done on"), [Optional()], description=_l("Leave the day blank if it is not done yet."))

    def prepare(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Offer the duties of the own side, those that are open first."""
        ordered = sorted(rows, key=lambda row: row["done_on"] is not None)
        choices = [SelectChoice(row["code"], row["words"]) for row in ordered]
        self.code.choices = [SelectChoice("", _("Choose")), *choices] if choices else []
