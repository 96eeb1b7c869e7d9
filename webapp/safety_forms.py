"""Forms for safeguarding that several roles fill in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length

from webapp.forms import stripped
from webapp.i18n import translate
from webapp.models.accounts import FOCAL_POINT, SUPPORTER
from webapp.words import Words, lazy

AN_ADDRESS = _l("Write an e-mail address such as office@example.org.")
LONGEST_TEXT = 5000
ROLES: dict[str, Words] = {
    FOCAL_POINT: lazy("safeguarding focal point"),
    SUPPORTER: lazy("supporter of volunteers"),
}


def trimmed(value: str | None) -> str | None:
    """Return a text without spaces around it: a text of spaces says nothing."""
    return value.strip() if isinstance(value, str) else value


class SafetyInviteForm(FlaskForm):
    """A focal point or a supporter to invite; `roles` are those that the account may."""

    email = EmailField(
        _l("E-mail address"), [DataRequired(AN_ADDRESS), Email(AN_ADDRESS), Length(max=255)], filters=[stripped]
    )
    role = RadioField(_l("As"), [InputRequired(_l("Choose one."))])

    def __init__(self, roles: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [SelectChoice(role, translate(ROLES[role])) for role in roles]
        if len(self.role.choices) == 1 and not self.is_submitted():
            self.role.data = self.role.choices[0].value


class WordsForm(FlaskForm):
    """Words to somebody."""

    text = TextAreaField(
        _l("Your words"),
        [DataRequired(_l("Write something first.")), Length(max=LONGEST_TEXT)],
        filters=[trimmed],
        render_kw={"dir": "auto", "maxlength": LONGEST_TEXT},
    )
