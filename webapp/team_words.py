"""The team of an assignment in words: one wording for hosts, coordinators and those who read the opening."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import vocabulary
from webapp.i18n import translate
from webapp.models import Assignment, TeamRole
from webapp.services.teams import Seats
from webapp.words import Words, lazy

KINDS: dict[str, Words] = {
    "international": lazy("International"),
    "national": lazy("National"),
    "local": lazy("Local"),
}


def role_facts(assignment: Assignment, language: str) -> list[tuple[str, str]]:
    """Return the share of each kind, then each role with who is meant and what it needs."""
    shares = [(kind, sum(one.number for one in assignment.team if one.kind == kind)) for kind in KINDS]
    mixed = ", ".join(f"{number} {translate(KINDS[kind]).lower()}" for kind, number in shares if number)
    return [(_("Together"), mixed), *((role.label, _lines_of(role, language)) for role in assignment.team)]


def composition(seats: Sequence[Seats]) -> list[dict[str, Any]]:
    """Return a row for each role: how many are filled, offered and open."""
    return [
        {
            "id": one.role.id,
            "label": one.role.label,
            "kind": translate(KINDS[one.role.kind]),
            "is_local": one.role.kind == "local",
            "number": one.role.number,
            "filled": one.placed + one.role.by_host,
            "by_host": one.role.by_host,
            "offered": one.offered,
            "open": one.open,
        }
        for one in seats
    ]


def shares(seats: Sequence[Seats]) -> str:
    """Return how many of those who are there come from elsewhere, and how many from the place."""
    filled = {kind: sum(one.placed + one.role.by_host for one in seats if one.role.kind == kind) for kind in KINDS}
    return _(
        "Filled so far: %(international)s international, %(national)s national, %(local)s local.",
        international=filled["international"],
        national=filled["national"],
        local=filled["local"],
    )


def _lines_of(role: TeamRole, language: str) -> str:
    lines = [f"{role.number} × {translate(KINDS[role.kind])}"]
    if role.skills:
        lines.append(", ".join(vocabulary.skill_label(code, language) for code in role.skills))
    if role.by_host:
        lines.append(ngettext("%(num)s person is there already", "%(num)s people are there already", role.by_host))
    return "\n".join(lines)
