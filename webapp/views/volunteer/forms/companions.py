"""Asking others to go together."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import Email, InputRequired, Length, Optional

ADDRESS = Email(_l("Give an e-mail address, such as name@example.org."), granular_message=False)


class CompanionsForm(FlaskForm):
    """The addresses of one to three people."""

    first = EmailField(
        _l("E-mail address of the other person"),
        [InputRequired(_l("Give the e-mail address.")), Length(max=255), ADDRESS],
        description=_l("The person gets a link and says yes or no. You are not told whether there is an account."),
    )
    second = EmailField(_l("Of a third person"), [Optional(), Length(max=255), ADDRESS])
    third = EmailField(_l("Of a fourth person"), [Optional(), Length(max=255), ADDRESS])

    def addresses(self) -> list[str]:
        """Return what was given."""
        return [field.data for field in (self.first, self.second, self.third) if field.data]
