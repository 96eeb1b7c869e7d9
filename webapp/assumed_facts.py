"""What an import filled in or moved, said wherever the assignment is shown: an assumption never looks like a fact."""

from __future__ import annotations

from flask_babel import gettext as _

from webapp.i18n import translate
from webapp.models import Assignment
from webapp.services.imports.columns import ASSIGNMENTS
from webapp.services.imports.rows import MOVED

# Where it is kept belongs to the office; a reader of the assignment needs no mark on it.
_OF_THE_OFFICE = ("host_id",)


def assumed_facts(assignment: Assignment) -> list[tuple[str, str]]:
    """Return (label, how it came about) for each value of the assignment that nobody stated for it alone."""
    assumed = [one for one in ASSIGNMENTS if one.name in assignment.assumed and one.name not in _OF_THE_OFFICE]
    return [
        (
            translate(one.label),
            _("moved by whole years from an older list")
            if one.reader in MOVED and assignment.assumed[one.name].startswith("moved")
            else _("assumed for a whole list; the host has not said it for this assignment"),
        )
        for one in assumed
    ]
