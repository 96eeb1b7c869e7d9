"""Who has seen a volunteer's file: written down as it is shown, for the person to read.

Only what office and host see in their work is written here. That a focal point or a duty person looked at a report, a
call or an incident stands elsewhere and is never told: the person may be whom it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.db import Sessions, begin_reading
from webapp.models import Clearance, ClearanceDocument, DocumentLook, FileLook, Placement, User, Volunteer
from webapp.models.accounts import COORDINATOR, HOST
from webapp.services.visibility import Sight

KEPT_DAYS = 366
DOCUMENT = "document"


@dataclass(frozen=True)
class Seen:
    """That somebody of an organization saw something on a day; blank where the organization is not known any more."""

    day: date
    what: str  # profile, contact, list, document
    role: str
    organization: str


def note(sessions: Sessions, account: User, volunteer: Volunteer, sight: Sight) -> None:
    """Write down that an office or a host opens the page of a person who has an account, before it is shown."""
    if sight.profile:
        note_all(sessions, account, [volunteer], "contact" if sight.contact else "profile")


def note_all(sessions: Sessions, account: User, people: Iterable[Volunteer], what: str) -> None:
    """Write down a look at several people; once a day for each."""
    several = _looked_at(account, people)
    if not several:
        return
    with sessions() as session:
        begin_reading(session)  # most looks are noted already: no writer has to wait for these
        are_new = _not_noted(session, account, several, what)
    if are_new:
        with sessions() as session:
            note_here(session, account, several, what)


def note_here(session: Session, account: User, people: Iterable[Volunteer], what: str) -> None:
    """Write the same down in a transaction that is under way."""
    for number in _not_noted(session, account, _looked_at(account, people), what):
        session.add(
            FileLook(
                volunteer_id=number,
                by_id=account.id or None,
                role=account.role,
                vio_id=account.vio_id,
                host_id=account.host_id,
                what=what,
                day=clock.today(),
            )
        )


def _looked_at(account: User, people: Iterable[Volunteer]) -> list[Volunteer]:
    """Return at whom the account's looks are written down: of offices and hosts, at people who have an account."""
    return [one for one in people if one.is_claimed] if account.role in (COORDINATOR, HOST) else []


def _not_noted(session: Session, account: User, people: Iterable[Volunteer], what: str) -> list[int]:
    """Return at whom of these the account looks for the first time today."""
    wanted = {one.id for one in people}
    # Who acts by a link has no account; the host it is of tells one from another.
    who = (FileLook.by_id == (account.id or None), FileLook.host_id == account.host_id)
    noted = select(FileLook.volunteer_id).where(*who, FileLook.what == what, FileLook.day == clock.today())
    return sorted(wanted.difference(session.scalars(noted.where(FileLook.volunteer_id.in_(wanted)))))


def seen_by_others(session: Session, volunteer: Volunteer) -> list[Seen]:
    """Return who has seen the person's file, newest first; what several of one organization saw on a day is one."""
    looks = session.scalars(select(FileLook).where(FileLook.volunteer_id == volunteer.id))
    found = {Seen(one.day, one.what, one.role, _organization(one)) for one in looks}
    documents = (
        select(DocumentLook, Clearance)
        .join(ClearanceDocument, ClearanceDocument.id == DocumentLook.document_id)
        .join(Clearance, Clearance.id == ClearanceDocument.clearance_id)
        .join(Placement, Placement.id == Clearance.placement_id)
        .where(Placement.volunteer_id == volunteer.id, DocumentLook.by_id.is_distinct_from(volunteer.user_id))
    )
    for look, clearance in session.execute(documents):
        found.add(Seen(look.at.date(), DOCUMENT, COORDINATOR, clearance.checked_by.name))
    return sorted(found, key=lambda one: (-one.day.toordinal(), one.what, one.organization))


def forget(session: Session, now: datetime) -> int:
    """Delete looks of more than a year ago; return how many."""
    old = delete(FileLook).where(FileLook.day < now.date() - timedelta(days=KEPT_DAYS))
    return int(session.execute(old).rowcount)  # type: ignore[attr-defined]


def _organization(look: FileLook) -> str:
    if look.role == HOST:
        return look.host.name if look.host else ""
    return look.vio.name if look.vio else ""
