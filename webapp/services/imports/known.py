"""What a VIO has already, so that a row finds the one it is about, or the ones it may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.models import Assignment, Host, Volunteer
from webapp.services.imports.dates import digits
from webapp.services.imports.findings import Row
from webapp.services.imports.guessing import fold
from webapp.services.list_rows import OURS, assignment_row, host_row, volunteer_row

_PROFILE = ("skills", "licences", "languages", "windows", "wishes", "services", "consents", "vio")
_ROW_OF: dict[str, Callable[[Any], dict[str, str]]] = {
    "volunteers": volunteer_row,
    "hosts": host_row,
    "assignments": assignment_row,
}


@dataclass
class Known:
    """The rows of one VIO by what lists know them by. Rows of the list itself are added as they are read."""

    kind: str
    by_id: dict[str, Any] = field(default_factory=dict)
    by_email: dict[str, Any] = field(default_factory=dict)
    look_alikes: defaultdict[str, list[tuple[dict[str, str], str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    hosts: dict[str, Host] = field(default_factory=dict)  # for assignments: by number and by folded name
    shared_names: set[str] = field(default_factory=set)  # of hosts that several organizations carry

    def cells_of(self, existing: Any) -> dict[str, str]:
        """Return what the service has of a row, in our form; nothing where it has none."""
        return _ROW_OF[self.kind](existing) if existing is not None else {}

    def find(self, list_id: str, email: str) -> Any:
        """Return the row of the database that a row of the list is about, None where it is a new one.

        A number decides; an e-mail address does so where the list gives none, or where we have none of the office's.
        """
        if list_id in self.by_id:
            return self.by_id[list_id]
        found = self.by_email.get(email)
        return found if found is not None and not (list_id and found.external_id) else None

    def remember(self, name: str, label: str, values: dict[str, str], row: Any) -> None:
        """Note something that later rows may resemble."""
        self.look_alikes[_sorted_words(name)].append((values, label, row))

    def like(self, row: Row) -> list[tuple[str, Any]]:
        """Return who a new row may be already: the same name and one more thing in common."""
        found = self.look_alikes.get(_sorted_words(row.name), ())
        return [
            (label, one)
            for values, label, one in found
            if _is_alike(self.kind, values, row.values, is_same_list=one is None)
        ]


def _sorted_words(name: str) -> str:
    return " ".join(sorted(fold(name).split()))


def _is_alike(kind: str, one: dict[str, str], other: dict[str, str], is_same_list: bool) -> bool:
    if kind == "volunteers":
        # In one list the office's own numbers tell namesakes of one country apart; an address or phone still counts.
        are_told_apart = is_same_list and one.get("id") and other.get("id")
        shared = ("email",) if are_told_apart else ("email", "residence")
        phones = {_phone(one.get("phone", "")), _phone(other.get("phone", ""))} if one.get("phone") else {"", "?"}
        return len(phones) == 1 or any(one.get(name) and one.get(name) == other.get(name) for name in shared)
    if kind == "hosts":
        return one.get("country", "") == other.get("country", "")
    same = ("host_id", "start_on")
    return not other.get("id") and all(one.get(name, "") == other.get(name, "") for name in same)


def _phone(text: str) -> str:
    return "".join(char for char in digits(text) if char.isdigit())[-9:]


def load(session: Session, kind: str, vio_id: int) -> Known:
    """Read all rows of a VIO for one list."""
    known = Known(kind)
    for row in rows_of_vio(session, kind, vio_id):
        known.by_id[f"{OURS}{row.id}"] = row
        if row.external_id:
            known.by_id[row.external_id] = row
        if kind == "volunteers" and row.email:
            known.by_email.setdefault(row.email.lower(), row)
        cells = _ROW_OF[kind](row)
        name = cells[{"volunteers": "full_name", "hosts": "name", "assignments": "title"}[kind]]
        known.remember(name, f"{cells['id']} {name}", cells, row)
    if kind == "assignments":
        _add_hosts(session, known, vio_id)
    return known


def _add_hosts(session: Session, known: Known, vio_id: int) -> None:
    for host in session.scalars(select(Host).where(Host.vio_id == vio_id).order_by(Host.id)):
        name = fold(host.name)
        if name in known.hosts:
            known.shared_names.add(name)
        known.hosts.setdefault(name, host)
        known.hosts[f"{OURS}{host.id}"] = host
        if host.external_id:
            known.hosts[host.external_id] = host


def rows_of_vio(session: Session, kind: str, vio_id: int) -> list[Any]:
    """Return all rows of one kind that a VIO has, with the lists that hang on them, oldest first."""
    if kind == "hosts":
        return list(session.scalars(select(Host).where(Host.vio_id == vio_id).order_by(Host.id)))
    if kind == "assignments":
        lists = [selectinload(getattr(Assignment, name)) for name in ("skills", "languages", "money", "host")]
        work = select(Assignment).where(Assignment.vio_id == vio_id).options(*lists)
        return list(session.scalars(work.order_by(Assignment.id)))
    lists = [selectinload(getattr(Volunteer, name)) for name in _PROFILE]
    people = select(Volunteer).where(Volunteer.vio_id == vio_id, Volunteer.erased_at.is_(None)).options(*lists)
    return list(session.scalars(people.order_by(Volunteer.id)))
