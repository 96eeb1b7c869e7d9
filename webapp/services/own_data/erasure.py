"""A person's end in the service: what is theirs goes, what counts stays without them, and the audit trail holds."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Table, case, delete, exists, literal, select, update
from sqlalchemy.orm import Session

from webapp import clock
from webapp.db import leave_no_trace_once_stored
from webapp.models import (
    Bar,
    BarAppeal,
    BarLikeness,
    ClearanceDocument,
    HelpCall,
    HelpWord,
    Incident,
    Placement,
    User,
    Volunteer,
)
from webapp.models.accounts import ERASED_HOUSE
from webapp.models.consents import MATCHING, SENSITIVE
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import audit, bonds, consents, known_gone
from webapp.services.alumni import membership
from webapp.services.errors import NotFound, Refused
from webapp.services.file_removal import remove_once_stored
from webapp.services.imports import erased
from webapp.services.locks import hold
from webapp.services.own_data import traces
from webapp.services.own_data.data_map import data_map
from webapp.services.own_data.erasure_notes import note_once_stored
from webapp.services.own_data.naming import GONE, called, pattern_of, quoting
from webapp.services.own_data.offices import strangers
from webapp.services.own_data.reach import rows_of
from webapp.services.own_data.said import texts_in
from webapp.services.replay import forgetting
from webapp.vault import Vault
from webapp.words import Words, lazy

ON_THE_WAY = lazy("You have a placement that is not over. End it first, or write to your office; then come back here.")
HELP_COMES = lazy("Your call for help is not closed. Once it is, come back here.")
# Where the database asks for a word, a mark stays.
NEVER_BLANK = {"volunteer.full_name", "held_stay.note", "bar.words"}
_OVER_BARS = select(Bar.id).where(Bar.state.in_(("dropped", "lifted", "ended")))
_OVER_CALLS = select(HelpCall.id).where(
    HelpCall.state == "closed", ~exists().where(Incident.call_id == HelpCall.id).correlate(HelpCall)
)
# What other people's safety hangs on goes only once it is over; the nightly clearing out takes the rest.
HELD: dict[str, ColumnElement[bool]] = {
    "help_call": HelpCall.id.in_(_OVER_CALLS),
    "help_word": HelpWord.call_id.in_(_OVER_CALLS),
    "bar": Bar.id.in_(_OVER_BARS),
    "bar_appeal": BarAppeal.bar_id.in_(_OVER_BARS),
    "bar_likeness": BarLikeness.bar_id.in_(_OVER_BARS),
}


@dataclass(frozen=True)
class Folders:
    """Where files lie that go with a person: `lists` those that offices brought and that have not come in.

    In `backups` it is noted who went.
    """

    documents: Path
    mail: Path
    lists: Vault
    backups: Path


def obstacle(session: Session, volunteer: Volunteer) -> Words | None:
    """Return what has to end before the person can be erased; None where nothing stands in the way."""
    running = select(Placement.id).where(
        Placement.volunteer_id == volunteer.id, Placement.state.in_(RUNNING_PLACEMENT_STATES)
    )
    if session.scalar(running.limit(1)) is not None:
        return ON_THE_WAY
    calling = select(HelpCall.id).where(HelpCall.volunteer_id == volunteer.id, HelpCall.state != "closed")
    return HELP_COMES if session.scalar(calling.limit(1)) is not None else None


def erase(session: Session, account: User, volunteer: Volunteer, folders: Folders, *, is_again: bool = False) -> None:
    """Erase a person who asks for it; Refused while a placement or a call for help runs.

    What waits for an answer ends as if the person had said no, so that nobody waits in vain. Placements and decisions
    stay as numbers; the audit trail holds codes and ids, and those lead nowhere afterwards. `is_again`: they were
    erased before, and a backup brought them back; nothing stands in the way then.
    """
    if volunteer.user_id != account.id:
        raise NotFound
    person, address, offices = called(account, volunteer), account.email, _offices_of(session, volunteer)
    elsewhere = strangers(session, volunteer)
    full_name, addresses = volunteer.full_name, [one for one in (volunteer.email, account.email) if one]
    waiting = erased.waiting_with(session, folders.lists, offices, full_name, addresses)
    _end_what_waits(session, account, volunteer)
    hold(session, volunteer)
    standing = obstacle(session, volunteer)
    if standing is not None and not is_again:
        raise Refused(standing)
    audit.record(session, account, "person_erased", volunteer)
    erased.drop(session, folders.lists, waiting)
    erased.take_out(session, offices, pattern_of([*filter(None, (full_name, *addresses))]), GONE)
    rows = rows_of(session, account, volunteer)
    person = quoting(person, texts_in(session, rows))
    _remove_files(session, rows, folders.documents)
    for table, condition in reversed(rows.items()):
        _clear(session, table, condition)
    forgetting.take_out(session, volunteer)
    _close(session, account, volunteer, address)
    traces.wipe(session, person, address, elsewhere, folders.mail)
    session.expire_all()
    note_once_stored(session, folders.backups, account.id, volunteer.id)
    leave_no_trace_once_stored(session)


def _offices_of(session: Session, volunteer: Volunteer) -> set[int]:
    """Return the VIOs whose lists may hold the person: the own one, and those that received."""
    query = select(Placement.receiving_vio_id).where(Placement.volunteer_id == volunteer.id)
    return {volunteer.vio_id, *session.scalars(query)}


def _end_what_waits(session: Session, account: User, volunteer: Volunteer) -> None:
    together = bonds.current(session, volunteer)
    if together is not None:
        bonds.end(session, account, together.id)
    consents.withdraw(session, account, volunteer, MATCHING)
    consents.take_back(session, account, volunteer, SENSITIVE)
    membership.leave(session, account, volunteer)
    session.flush()


def _remove_files(session: Session, rows: dict[Table, ColumnElement[bool]], folder: Path) -> None:
    table = ClearanceDocument.__table__
    there = rows[table], ClearanceDocument.removed_at.is_(None)  # type: ignore[index]
    for name in session.scalars(select(ClearanceDocument.stored_as).where(*there)):
        remove_once_stored(session, folder / name)
    session.execute(update(table).where(*there).values(removed_at=clock.now(), stored_as=""))  # type: ignore[arg-type]


def _clear(session: Session, table: Table, condition: ColumnElement[bool]) -> None:
    """Delete the person's rows of a table, or empty what is of them, as the data map says."""
    mapped = data_map()[table.name]
    if mapped.erasure == "deleted":
        session.execute(delete(table).where(condition))
    names = [*mapped.goes, *mapped.hidden]
    if mapped.erasure not in ("emptied", "held") or not names:
        return
    where = [condition, HELD[table.name]] if mapped.erasure == "held" else [condition]
    session.execute(update(table).where(*where).values({name: _blank(table, name) for name in names}))


def _blank(table: Table, name: str) -> object:
    """Return what stands in a column of which nothing is known any more."""
    column = table.c[name]
    if f"{table.name}.{name}" in NEVER_BLANK:
        return case((column != "", literal(GONE, column.type)), else_="")
    if f"{table.name}.{name}" == "user.email":
        return f"{secrets.token_hex(12)}{ERASED_HOUSE}"
    if f"{table.name}.{name}" == "user.fs_uniquifier":
        return secrets.token_hex(32)
    if column.nullable:
        return None
    made = getattr(column.default, "arg", None)
    return made(None) if callable(made) else made if made is not None else ""


def _close(session: Session, account: User, volunteer: Volunteer, address: str) -> None:
    """Nobody signs in any more, the profile is in no list, and no list makes the person anew without a word."""
    known = known_gone.address_of(session, volunteer.vio_id, address)
    is_new = session.scalar(select(User.id).where(User.email == known)) is None  # nobody goes twice and back
    session.execute(
        update(User).where(User.id == account.id).values(active=False, **({"email": known} if is_new else {}))
    )
    session.execute(update(Volunteer).where(Volunteer.id == volunteer.id).values(erased_at=clock.now()))
