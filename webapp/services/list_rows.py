"""Rows of the database as cells of our lists: what an export writes and what an import compares with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from webapp.models import Assignment, Consent, Host, Volunteer
from webapp.models.consents import PURPOSES
from webapp.services.frames import assignment_cells, volunteer_cells
from webapp.services.imports.columns import names
from webapp.services.imports.money import join_money
from webapp.services.spreadsheets import tidy

OURS = "#"  # stands before a number of this service, where the office has none of its own


def list_id(row: Volunteer | Host | Assignment) -> str:
    """Return the office's own number, or ours with a mark before it."""
    return row.external_id or f"{OURS}{row.id}"


def volunteer_row(volunteer: Volunteer) -> dict[str, str]:
    """Return a volunteer's cells by our columns; what is private to the person is in none."""
    cells = volunteer_cells(volunteer) | {
        "id": list_id(volunteer),
        "skills": _sorted(
            f"{s.skill}:{s.level}" + (f"@{s.last_used}" if s.last_used else "") for s in volunteer.skills
        ),
        "languages": _sorted(f"{one.language}:{one.level}:{one.known_by}" for one in volunteer.languages),
        "availability": _sorted(f"{one.starts_on}/{one.ends_on}" for one in volunteer.windows),
        "open_to_all": "yes" if volunteer.open_to_all else "no",
    }
    for purpose in PURPOSES:
        cells |= _consent_cells(purpose, standing(volunteer, purpose))
    return _complete("volunteers", volunteer, cells)


def host_row(host: Host) -> dict[str, str]:
    """Return a host organization's cells by our columns."""
    return _complete("hosts", host, {"id": list_id(host)})


def assignment_row(assignment: Assignment) -> dict[str, str]:
    """Return an assignment's cells by our columns; places are those it offers, open or not."""
    lines = ((one.payer, one.payee, one.what, one.amount, one.when) for one in assignment.money)
    cells = assignment_cells(assignment, date.min) | {
        "id": list_id(assignment),
        "host_id": list_id(assignment.host),
        "money": join_money(lines),
        **{name: str(getattr(assignment, name) or 0) for name in PLACES},
    }
    return _complete("assignments", assignment, cells)


PLACES = ("places_international", "places_national", "places_local")


def standing(volunteer: Volunteer, purpose: str) -> Consent | None:
    """Return the volunteer's consent that stands, newest first, from what is loaded."""
    found = [one for one in volunteer.consents if one.purpose == purpose and one.withdrawn_at is None]
    return found[-1] if found else None


def _consent_cells(purpose: str, consent: Consent | None) -> dict[str, str]:
    name = f"consent_{purpose}"
    return {
        name: "yes" if consent else "no",
        f"{name}_on": consent.given_on.isoformat() if consent else "",
        f"{name}_how": consent.how if consent else "",
    }


def _complete(kind: str, row: Any, cells: dict[str, str]) -> dict[str, str]:
    """Return all columns in their order; those not worked out yet are plain columns of the table."""
    return {name: tidy(cells[name] if name in cells else _plain(getattr(row, name))) for name in names(kind)}


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "|".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _sorted(items: Iterable[str]) -> str:
    return "|".join(sorted(items))
