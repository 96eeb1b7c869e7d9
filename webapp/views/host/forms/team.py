"""The team that an assignment is for: up to eight roles, and the local places that the host fills itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length, NumberRange, Optional, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from webapp import vocabulary
from webapp.i18n import translate
from webapp.models import Assignment
from webapp.services.teams import MOST_ROLES, Role
from webapp.team_words import KINDS
from webapp.views.host.forms.fields import TOO_LONG, WholeField

BLANK_ROWS = 2
A_NUMBER = NumberRange(0, 99, _l("Write a number from 0 to 99."))


def _say_how_many(form: Form, field: Any) -> None:
    """Ask for the number of a named role; it has to stand before `Optional`, which looks no further at a blank."""
    if form["label"].data and not field.data and not field.errors:
        raise StopValidation(_("Say how many."))


class RoleRow(Form):
    """One role; a row without a name is none."""

    role_id = HiddenField()
    label = StringField(_l("Role"), [Length(max=120, message=TOO_LONG)])
    kind = SelectField(_l("Where the people come from"))
    number = WholeField(_l("How many"), [_say_how_many, Optional(), A_NUMBER])
    by_host = WholeField(_l("Local people whom you have found already"), [Optional(), A_NUMBER])
    skills = SelectMultipleField(
        _l("Skills of this role"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )

    def validate_kind(self, field: Any) -> None:
        """Ask where the people of a named role come from."""
        if self.label.data and not field.data:
            raise ValidationError(_("Choose where they come from."))


class TeamForm(FlaskForm):
    """All roles."""

    roles = FieldList(FormField(RoleRow), _l("Role"), max_entries=MOST_ROLES)

    def prepare(self, assignment: Assignment, language: str) -> None:
        """Add blank rows, and let each row choose among the skills that the assignment asks for."""
        if not self.is_submitted():
            for _number in range(min(BLANK_ROWS, MOST_ROLES - len(self.roles))):
                self.roles.append_entry()
        skills = [(asked.skill, vocabulary.skill_label(asked.skill, language)) for asked in assignment.skills]
        kinds = [("", _("Choose")), *((code, translate(words)) for code, words in KINDS.items())]
        for entry in self.roles:
            entry.form.kind.choices, entry.form.skills.choices = kinds, skills

    def said(self) -> list[Role]:
        """Return the roles that have a name."""
        return [
            Role(
                row.label.data.strip(),
                row.kind.data,
                row.number.data or 0,
                row.skills.data or (),
                row.by_host.data or 0,
                int(row.role_id.data) if (row.role_id.data or "").isdecimal() else None,
            )
            for row in (entry.form for entry in self.roles)
            if (row.label.data or "").strip()
        ]


def kept(assignment: Assignment) -> Sequence[dict[str, Any]]:
    """Return the roles as rows of the form."""
    names = ("label", "kind", "number", "by_host", "skills")
    return [{"role_id": role.id, **{name: getattr(role, name) for name in names}} for role in assignment.team]


class FilledForm(FlaskForm):
    """How many local people of one role the host has found."""

    role_id = HiddenField()
    number = WholeField(_l("Local people whom you have found"), [A_NUMBER])
