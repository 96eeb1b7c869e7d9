"""Forms of the shared pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from webapp.forms import stripped
from webapp.services.signings import LONGEST_OWN

LONGEST_WORDS = 2000
_BY = "own_"  # how the field of a term begins; its code follows


class SignForm(FlaskForm):
    """A typed name, and under which text in which language it stands."""

    shown = HiddenField()
    language = HiddenField()
    name = StringField(
        _l("Your full name"),
        [DataRequired(_l("Type your name to sign.")), Length(max=200)],
        filters=[stripped],
        description=_l("By typing it and pressing the button you sign the text above."),
        render_kw={"autocomplete": "name", "dir": "auto"},
    )


class DeclineForm(FlaskForm):
    """Why a wording is not right."""

    reason = TextAreaField(
        _l("Why, and what would be right for you"),
        [DataRequired(_l("Say in a sentence why, and what would be right for you.")), Length(max=LONGEST_WORDS)],
    )


class ProposalForm(FlaskForm):
    """What changes and why, and a later last day where the placement has begun."""

    words = TextAreaField(
        _l("What changes, and why"),
        [DataRequired(_l("Say in a sentence what changes, and why.")), Length(max=LONGEST_WORDS)],
        description=_l("It stands in the text that both sign."),
    )
    ends_on = DateField(_l("Last day"), [Optional()])

    def own(self) -> dict[str, str]:
        """Return what is written in for each term, by its code."""
        return {name.removeprefix(_BY): one.data or "" for name, one in self._fields.items() if name.startswith(_BY)}

    def own_fields(self) -> list[Any]:
        """Return the fields of the terms."""
        return [one for name, one in self._fields.items() if name.startswith(_BY)]


def proposal_form(terms: Iterable[tuple[str, str]], can_move: bool, **given: Any) -> ProposalForm:
    """Return the form with one field for each term (code, name) that the assignment leaves open."""
    fields: dict[str, Any] = {
        _BY + code: TextAreaField(name, [Length(max=LONGEST_OWN)], render_kw={"dir": "auto"}) for code, name in terms
    }
    if not can_move:
        fields["ends_on"] = None
    form: ProposalForm = type("ProposalForm", (ProposalForm,), fields)(**given)
    return form
