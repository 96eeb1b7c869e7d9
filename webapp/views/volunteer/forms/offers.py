"""Declining an offer, and stepping back from a placement."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from webapp.i18n import translate
from webapp.services.placement_reasons import DECLINE

LONGEST = 3000


class DeclineOfferForm(FlaskForm):
    """A reason from the list; words only if the person wants."""

    reason_code = SelectField(_l("Reason"), [InputRequired(_l("Choose the reason."))])
    words = TextAreaField(
        _l("Your words to the office"), [Length(max=LONGEST)], description=_l("Only if you want to say more.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [SelectChoice(code, translate(words)) for code, words in DECLINE.items()]
        self.reason_code.choices = [SelectChoice("", _("Choose")), *reasons]


class StepBackForm(FlaskForm):
    """Words only if the person wants."""

    words = TextAreaField(
        _l("Your words to the office"), [Length(max=LONGEST)], description=_l("Only if you want to say more.")
    )
