"""Lists that leave the service: only what the account may see, in columns that an import reads back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Assignment, User, Vio, Volunteer
from webapp.services import audit, file_looks, match_review
from webapp.services.delegations import own_work
from webapp.services.errors import NotFound
from webapp.services.imports.columns import names
from webapp.services.imports.known import rows_of_vio
from webapp.services.list_rows import assignment_row, host_row, list_id, volunteer_row
from webapp.services.visibility import current_matches, sight_of

Cells = dict[str, str]
APPLICATION_COLUMNS = (
    "assignment",
    "title",
    "volunteer",
    "full_name",
    "email",
    "phone",
    "state",
    "submitted_on",
    "answer_by",
    "state_on",
) + ("note", "reason", "words")
MATCH_COLUMNS = (
    "place",
    "status",
    "score",
    "band_from",
    "band_to",
    "person",
    "full_name",
    "volunteer",
    "email",
    "phone",
) + ("claimed", "missing", "verdict", "application", "applications_elsewhere")
_BAND_POINTS = 2


@dataclass(frozen=True)
class ListOut:
    """A list ready to be written as CSV or XLSX."""

    name: str
    header: Sequence[str]
    rows: list[list[str]]


def export(session: Session, account: User, what: str) -> ListOut:
    """Return the VIO's volunteers, hosts, assignments or applications; NotFound for anything else."""
    if what not in _EXPORTS:
        raise NotFound
    header, rows = _EXPORTS[what](session, account)
    return list_out(session, account, what, header, rows)


def export_matches(session: Session, account: User, assignment: Assignment) -> ListOut:
    """Return an assignment's current matches, best first; names and contact data where the account may see them."""
    found = current_matches(session, assignment)
    rows = match_review.rows_of(session, account, assignment, [one for one in found if one.status == "eligible"])
    rows += match_review.rows_of(session, account, assignment, [one for one in found if one.status != "eligible"])
    _note(session, account, [row.volunteer for row in rows if row.sight.contact])
    cells = [_match_cells(number, row) for number, row in enumerate(rows, start=1)]
    return list_out(session, account, f"matches-{list_id(assignment).lstrip('#')}", MATCH_COLUMNS, cells)


def _volunteers(session: Session, account: User) -> tuple[Sequence[str], list[Cells]]:
    found = rows_of_vio(session, "volunteers", _vio_id(account))
    shown = [one for one in found if sight_of(session, account, one).profile]
    _note(session, account, shown)
    return names("volunteers"), [volunteer_row(one) for one in shown]


def _hosts(session: Session, account: User) -> tuple[Sequence[str], list[Cells]]:
    return names("hosts"), [host_row(one) for one in rows_of_vio(session, "hosts", _vio_id(account))]


def _assignments(session: Session, account: User) -> tuple[Sequence[str], list[Cells]]:
    found = rows_of_vio(session, "assignments", _vio_id(account))
    return names("assignments"), [assignment_row(one) for one in found if one.state != "draft"]


def _applications(session: Session, account: User) -> tuple[Sequence[str], list[Cells]]:
    mine = (own_work(account), Application.state != "withdrawn")
    query = select(Application).join(Assignment).where(*mine).order_by(Application.id)
    found = session.scalars(query).all()
    _note(session, account, [one.volunteer for one in found])
    return APPLICATION_COLUMNS, [_application_cells(session, account, one) for one in found]


_EXPORTS: dict[str, Callable[[Session, User], tuple[Sequence[str], list[Cells]]]] = {
    "volunteers": _volunteers,
    "hosts": _hosts,
    "assignments": _assignments,
    "applications": _applications,
}
KINDS = tuple(_EXPORTS)


def _application_cells(session: Session, account: User, application: Application) -> Cells:
    person, sight = application.volunteer, sight_of(session, account, application.volunteer, application.assignment)
    return {
        "assignment": list_id(application.assignment),
        "title": application.assignment.title,
        "volunteer": list_id(person) if person.vio_id == account.vio_id else "",
        "full_name": person.full_name if sight.name else "",
        "email": (person.email or "") if sight.contact else "",
        "phone": (person.phone or "") if sight.contact else "",
        "state": application.state,
        "submitted_on": application.submitted_at.date().isoformat(),
        "answer_by": application.answer_by.isoformat(),
        "state_on": application.state_at.date().isoformat(),
        "note": application.note if sight.profile else "",
        "reason": application.reason_code,
        "words": application.words,
    }


def _match_cells(number: int, row: match_review.Row) -> Cells:
    match, person, sight = row.match, row.volunteer, row.sight
    return {
        "place": str(number),
        "status": match.status,
        "score": f"{match.score:.1f}",
        "band_from": str(match.band * _BAND_POINTS),
        "band_to": str((match.band + 1) * _BAND_POINTS),
        "person": row.code,
        "full_name": person.full_name if sight.name else "",
        "volunteer": list_id(person) if sight.earlier_service and sight.contact else "",
        "email": (person.email or "") if sight.contact else "",
        "phone": (person.phone or "") if sight.contact else "",
        "claimed": "yes" if person.is_claimed else "no",
        "missing": "|".join(str(one["code"]) for one in match.missing),
        "verdict": row.facts.verdict or "",
        "application": row.facts.application.state if row.facts.application else "",
        "applications_elsewhere": str(row.facts.elsewhere),
    }


def _note(session: Session, account: User, people: list[Volunteer]) -> None:
    """Write down, with the list itself, whose data goes out."""
    file_looks.note_here(session, account, people, "list")


def _vio_id(account: User) -> int:
    if account.vio_id is None:
        raise NotFound
    return account.vio_id


def list_out(session: Session, account: User, what: str, header: Sequence[str], rows: list[Cells]) -> ListOut:
    """Return `rows` by column as a list that goes out, and leave a line of it."""
    vio = session.get_one(Vio, _vio_id(account))
    audit.record(session, account, "list_exported", vio, vio_id=vio.id, what=what, rows=len(rows))
    name = f"{what}-{clock.today().isoformat()}"
    return ListOut(name, header, [[row.get(column, "") for column in header] for row in rows])
