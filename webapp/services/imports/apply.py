"""Doing what the dry run showed: all rows or none, in one transaction, each change with a line in the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, Host, User, Vio, Volunteer
from webapp.portions import portions
from webapp.services import agreements, audit, profile_links, ranking, versions
from webapp.services.bars import likenesses
from webapp.services.errors import Refused
from webapp.services.imports import add_volunteers, write_assignment, write_volunteer
from webapp.services.imports.columns import names
from webapp.services.imports.findings import CHANGED, NEW, Checked, Row
from webapp.services.imports.known import AT_ONCE, load
from webapp.services.imports.plan import Plan
from webapp.services.imports.values import value_of
from webapp.services.list_rows import OURS
from webapp.services.moves import move
from webapp.services.own_data import renaming
from webapp.words import Words


class NotYet(Refused):
    """The list cannot be done as it stands; `checked` says why, row by row."""

    def __init__(self, words: Words, checked: Checked) -> None:
        self.checked = checked
        super().__init__(words)


def apply(session: Session, actor: User | None, vio: Vio, checked: Checked, plan: Plan) -> Sequence[Any]:
    """Write every new and changed row; return them. NotYet while a row has an error or a duplicate is undecided.

    Whatever goes wrong on the way undoes all rows of the list, and with them the caller's transaction.
    """
    if words := checked.obstacle(plan.leave_out_errors):
        raise NotYet(words, checked)
    with _whole(session):
        hosts = load(session, "assignments", vio.id).hosts if checked.kind == "assignments" else {}
        due = [row for row in checked.rows if row.status in (NEW, CHANGED)]
        new = [row for row in due if checked.kind == "volunteers" and row.existing is None]
        others = [row for row in due if checked.kind != "volunteers" or row.existing is not None]
        profile_links.end(
            session, actor, [row.existing for row in others if checked.kind == "volunteers" and _moves(row)]
        )
        before = [(renaming.names_of(row.existing), row.existing) for row in others if checked.kind == "volunteers"]
        changed = [_WRITERS[checked.kind](session, actor, vio, row, plan, hosts) for row in others]
        written = Written(session, changed, add_volunteers.add(session, actor, vio, new))
        session.flush()
        renaming.follow_list(session, vio.id, before)
    if checked.kind == "volunteers":
        likenesses.look(session, vio.id, written)
    _rank(session, checked.kind, written)
    return written


@contextmanager
def _whole(session: Session) -> Iterator[None]:
    """Undo everything where something goes wrong: a savepoint would let SQLite copy pages once more for each row."""
    try:
        yield
    except BaseException:
        session.rollback()
        raise


def _moves(row: Row) -> bool:
    """Whether a profile that nobody has claimed gets another address, or none."""
    return not row.existing.is_claimed and any(name == "email" for name, _, _ in row.changes)


class Written(Sequence[Any]):
    """The rows that came in; those of new people are read only where somebody looks at them."""

    def __init__(self, session: Session, rows: list[Any], people: list[int]) -> None:
        self._session, self._rows, self._people = session, rows, people

    def __len__(self) -> int:
        return len(self._rows) + len(self._people)

    def __getitem__(self, place: Any) -> Any:
        for some in portions(self._people, AT_ONCE):
            query = select(Volunteer).where(Volunteer.id.in_(some))
            self._rows += self._session.scalars(query.order_by(Volunteer.id))
        self._people = []
        return self._rows[place]


def _rank(session: Session, kind: str, written: Sequence[Any]) -> None:
    if kind == "volunteers":
        ranking.rank_when_changed(session, written, ())
    elif kind == "assignments":
        ranking.rank_when_changed(session, (), [one for one in written if one.state == "open"])


def _write_volunteer(
    session: Session, actor: User | None, _vio: Vio, row: Row, _plan: Plan, _hosts: dict[str, Host]
) -> Volunteer:
    volunteer: Volunteer = row.existing
    if not volunteer.is_claimed:
        write_volunteer.fill(volunteer, _cells_to_write(row))
    _finish(session, actor, volunteer, row, "volunteer")
    if not volunteer.is_claimed:
        write_volunteer.record_consents(session, actor, volunteer, row.values)
    return volunteer


def _write_host(session: Session, actor: User | None, vio: Vio, row: Row, _plan: Plan, _hosts: dict[str, Host]) -> Host:
    host: Host = row.existing or Host(vio_id=vio.id, created_at=clock.now(), assumed={})
    if row.existing is None:
        session.add(host)
    for name, cell in _cells_to_write(row).items():
        if name != "id" and name in names("hosts"):
            setattr(host, name, value_of("hosts", name, cell))
    _finish(session, actor, host, row, "host")
    return host


def _write_assignment(
    session: Session, actor: User | None, vio: Vio, row: Row, plan: Plan, hosts: dict[str, Host]
) -> Assignment:
    is_new = row.existing is None
    assignment: Assignment = row.existing or Assignment(
        vio_id=vio.id, created_at=clock.now(), state="draft", assumed={}
    )
    if is_new:
        session.add(assignment)
    with session.no_autoflush:
        if "host_id" in row.values:
            assignment.host = hosts[row.values["host_id"]]
        write_assignment.fill(assignment, _cells_to_write(row))
    _finish(session, actor, assignment, row, "assignment")
    if is_new or assignment.state in ("draft", "changes_requested"):
        assignment.submitted_at = clock.now()
        move(session, actor, assignment, "submitted", by="import")
        versions.keep(session, assignment)
    if row.opens and assignment.state == "submitted":
        assignment.published_at = clock.now()
        move(session, actor, assignment, "open", by="import", displacement=plan.displacement)
    if assignment.state == "open":  # also where the list changed one that was open already
        agreements.standing(session, assignment)
    return assignment


_WRITERS: dict[str, Callable[..., Any]] = {
    "volunteers": _write_volunteer,
    "hosts": _write_host,
    "assignments": _write_assignment,
}
_HANG_TOGETHER = (
    ("skills_essential", "skills_desirable", "licensed_skills"),
    ("languages", "languages_helpful"),
)


def _cells_to_write(row: Row) -> dict[str, str]:
    """Return all cells of a new row; of a known one those that changed, with the cells that hang together with them."""
    if row.existing is None:
        return row.values
    changed = {name for name, _, _ in row.changes}
    for group in _HANG_TOGETHER:
        if changed & set(group):
            changed |= set(group)
    return {name: cell for name, cell in row.values.items() if name in changed} | {
        name: cell for name, cell in row.before.items() if name in changed and name not in row.values
    }


def _finish(session: Session, actor: User | None, subject: Any, row: Row, what: str) -> None:
    """Keep the office's number, what is assumed, and a line in the audit trail."""
    own = row.values.get("id", "")
    if own and not own.startswith(OURS):
        subject.external_id = own
    changed = {name for name, _, _ in row.changes} if row.existing is not None else set(row.values)
    kept = {name: why for name, why in (subject.assumed or {}).items() if name not in changed}
    subject.assumed = kept | {name: why for name, why in row.assumed.items() if name in changed}
    subject.updated_at = clock.now()
    action = f"{what}_imported" if row.existing is None else f"{what}_changed_by_import"
    audit.record(session, actor, action, subject, fields=sorted(changed) if row.existing is not None else [])
