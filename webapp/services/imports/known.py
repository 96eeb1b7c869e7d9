"""What a VIO has already, so that a row finds the one it is about, or the ones it may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from webapp.models import Assignment, Host, Volunteer
from webapp.portions import portions
from webapp.services import known_gone
from webapp.services.imports.dates import digits
from webapp.services.imports.findings import Row
from webapp.services.imports.guessing import fold
from webapp.services.list_rows import OURS, assignment_row, host_row, volunteer_row
from webapp.words import Words

AT_ONCE = 1000  # rows read by their numbers in one query
_TABLES: dict[str, Any] = {"volunteers": Volunteer, "hosts": Host, "assignments": Assignment}
_BESIDE: dict[str, tuple[str, ...]] = {
    "volunteers": ("skills", "licences", "languages", "windows", "wishes", "services", "consents", "vio"),
    "hosts": (),
    "assignments": ("skills", "languages", "money", "host"),
}
Reading = Callable[[list[int]], list[Any]]
Resembled = tuple[dict[str, str], Words | str, int | None]  # cells, label, number of the row of the database
_ROW_OF: dict[str, Callable[[Any], dict[str, str]]] = {
    "volunteers": volunteer_row,
    "hosts": host_row,
    "assignments": assignment_row,
}


@dataclass
class Known:
    """The rows of one VIO by what lists know them by. Rows of the list itself are added as they are read."""

    kind: str
    vio_id: int
    read: Reading
    by_id: dict[str, int] = field(default_factory=dict)
    by_email: dict[str, tuple[int, bool]] = field(default_factory=dict)  # and whether it has a number of the office's
    look_alikes: defaultdict[str, list[Resembled]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[int, Any] = field(default_factory=dict)  # those that the list is about, with all that hangs on them
    hosts: dict[str, Host] = field(default_factory=dict)  # for assignments: by number and by folded name
    shared_names: set[str] = field(default_factory=set)  # of hosts that several organizations carry
    gone: set[str] = field(default_factory=set)  # what stands for the addresses of people who were erased

    def cells_of(self, existing: Any) -> dict[str, str]:
        """Return what the service has of a row, in our form; nothing where it has none."""
        return _ROW_OF[self.kind](existing) if existing is not None else {}

    def prefetch(self, numbers: Iterable[int | None]) -> None:
        """Read rows in a few queries that would otherwise be read one by one."""
        missing = {number for number in numbers if number is not None and number not in self.rows}
        self.rows.update((row.id, row) for row in (self.read(sorted(missing)) if missing else ()))

    def row(self, number: int | None) -> Any:
        """Return the row of the database with this number."""
        self.prefetch([number])
        return None if number is None else self.rows[number]

    def number_of(self, list_id: str, email: str) -> int | None:
        """Return the number of the row that a row of the list is about, None where it is a new one.

        A number decides; an e-mail address does so where the list gives none, or where we have none of the office's.
        """
        if list_id in self.by_id:
            return self.by_id[list_id]
        number, has_own = self.by_email.get(email, (None, False))
        return None if list_id and has_own else number

    def remember(self, name: str, label: Words | str, values: dict[str, str], number: int | None) -> None:
        """Note something that later rows may resemble."""
        self.look_alikes[_sorted_words(name)].append((values, label, number))

    def like(self, row: Row) -> list[tuple[str, int | None]]:
        """Return who a new row may be already: the same name and one more thing in common."""
        found = self.look_alikes.get(_sorted_words(row.name), ())
        return [
            (str(label), one)
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
    known = Known(kind, vio_id, lambda numbers: _rows(session, kind, numbers))
    if kind == "volunteers":
        _add_people(session, known, vio_id)
        return known
    for row in rows_of_vio(session, kind, vio_id):
        known.rows[row.id] = row
        known.by_id[f"{OURS}{row.id}"] = row.id
        if row.external_id:
            known.by_id[row.external_id] = row.id
        cells = _ROW_OF[kind](row)
        name = cells[{"hosts": "name", "assignments": "title"}[kind]]
        known.remember(name, f"{cells['id']} {name}", cells, row.id)
    if kind == "assignments":
        _add_hosts(session, known, vio_id)
    return known


def _add_people(session: Session, known: Known, vio_id: int) -> None:
    """Note what people are known by; whole profiles are read of those only whom the list is about."""
    known.gone = known_gone.addresses(session, vio_id)
    columns = (Volunteer.external_id, Volunteer.full_name, Volunteer.email, Volunteer.phone, Volunteer.residence)
    query = select(Volunteer.id, *columns).where(Volunteer.vio_id == vio_id).order_by(Volunteer.id)
    for number, own, name, email, phone, residence in session.execute(query):
        list_id = own or f"{OURS}{number}"
        known.by_id[f"{OURS}{number}"] = known.by_id[list_id] = number
        if email:
            known.by_email.setdefault(email.lower(), (number, bool(own)))
        cells = {"id": list_id, "email": email or "", "phone": phone or "", "residence": residence or ""}
        known.remember(name, f"{list_id} {name}", cells, number)


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
    table = _TABLES[kind]
    return list(session.scalars(_whole(kind).where(table.vio_id == vio_id).order_by(table.id)))


def _rows(session: Session, kind: str, numbers: list[int]) -> list[Any]:
    parts = (_whole(kind).where(_TABLES[kind].id.in_(some)) for some in portions(numbers, AT_ONCE))
    return [row for part in parts for row in session.scalars(part)]


def _whole(kind: str) -> Select[Any]:
    """Return the query of rows with the lists that hang on them."""
    table = _TABLES[kind]
    query = select(table).options(*(selectinload(getattr(table, name)) for name in _BESIDE[kind]))
    return query.where(Volunteer.erased_at.is_(None)) if table is Volunteer else query
