"""Forms about hosts that are suspended, and about stays that are held."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from webapp.i18n import translate
from webapp.models import Placement
from webapp.services.stay_decisions import choices, reasons
from webapp.services.suspensions import REASONS

LONGEST = 3000


class SuspendForm(FlaskForm):
    """Why a host is suspended, and what it is told."""

    reason_code = SelectField(_l("Reason"), [InputRequired(_l("Choose the reason."))])
    note = TextAreaField(
        _l("What happened"),
        [InputRequired(_l("Write down what happened. Only your office reads it.")), Length(max=LONGEST)],
        description=_l("Only your office reads this."),
        render_kw={"dir": "auto"},
    )
    words = TextAreaField(
        _l("Your words to the host"),
        [InputRequired(_l("Write a sentence or two to the host.")), Length(max=LONGEST)],
        description=_l("What happens now, and whom it can ask. Name nobody who told you something."),
        render_kw={"dir": "auto"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason_code.choices = _choices(REASONS)


class LiftForm(FlaskForm):
    """Why the host may go on."""

    note = TextAreaField(
        _l("What has changed"),
        [InputRequired(_l("Write down what has changed.")), Length(max=LONGEST)],
        description=_l("Only your office reads this."),
        render_kw={"dir": "auto"},
    )


class DecisionForm(FlaskForm):
    """How a held stay goes on."""

    decision = RadioField(_l("How does it go on?"), [InputRequired(_l("Choose how it goes on."))])
    reason_code = SelectField(_l("Reason, where it ends"), [Optional()])
    note = TextAreaField(
        _l("Note for the office"),
        [InputRequired(_l("Write down why, and who looks after it how.")), Length(max=LONGEST)],
        description=_l("Why, and who looks after it how. The person and the host do not read this."),
        render_kw={"dir": "auto"},
    )
    words = TextAreaField(
        _l("Your words to the volunteer"),
        [InputRequired(_l("Write a sentence or two to the person.")), Length(max=LONGEST)],
        render_kw={"dir": "auto"},
    )

    def __init__(self, placement: Placement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = choices(placement)
        self.decision.choices = [SelectChoice(code, translate(words)) for code, words in given.items()]
        self.reason_code.choices = _choices(reasons(placement))


def _choices(reasons: Any) -> list[SelectChoice]:
    listed = [SelectChoice(code, translate(words)) for code, words in reasons.items()]
    return [SelectChoice("", _("Choose")), *listed]
