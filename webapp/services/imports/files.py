"""An uploaded list from its arrival to its end: kept under a random name, checked, done or refused, then removed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.db import let_others_write
from webapp.models import ImportFile, User, Vio
from webapp.models.imports import IMPORT_KINDS
from webapp.services import audit
from webapp.services.errors import NotFound, Refused
from webapp.services.file_removal import remove_once_stored
from webapp.services.imports import lists
from webapp.services.imports.apply import apply
from webapp.services.imports.check import check
from webapp.services.imports.columns import column
from webapp.services.imports.findings import Checked, to_json
from webapp.services.imports.guessing import remember
from webapp.services.imports.plan import Plan, plan_from
from webapp.services.imports.reading import Table, read_table
from webapp.services.locks import hold
from webapp.vault import Unreadable, Vault
from webapp.words import lazy

WAITING = ("uploaded", "checked")
KEPT_DAYS = 7  # an upload that nobody goes on with
RECENT = 20
JOINED = ("text",)  # readers of columns that several of theirs may make together


def take_in(session: Session, account: User, vault: Vault, kind: str, file_name: str, data: bytes) -> ImportFile:
    """Keep an uploaded list and guess its columns; Refused where it cannot be read."""
    if kind not in IMPORT_KINDS:
        raise Refused(lazy("Choose what the list is about."))
    let_others_write(session)
    table = read_table(data)
    forget_old(session, account, vault, clock.now())
    vio = session.get_one(Vio, account.vio_id)
    plan = lists.first_plan(session, vio, kind, table)
    kept = ImportFile(
        vio_id=vio.id,
        kind=kind,
        file_name=file_name[:255] or "list",
        stored_as=vault.put(data),
        mapping=plan.to_json(),
        by_id=account.id,
        created_at=clock.now(),
    )
    session.add(kept)
    audit.record(session, account, "list_uploaded", kept, kind=kind, rows=len(table.rows))
    return kept


def own_file(session: Session, account: User, file_id: int) -> ImportFile:
    """Return a list of the coordinator's own VIO."""
    query = select(ImportFile).where(ImportFile.id == file_id, ImportFile.vio_id == account.vio_id)
    kept = session.scalar(query)
    if kept is None:
        raise NotFound
    return kept


def recent(session: Session, account: User) -> list[ImportFile]:
    """Return the VIO's newest lists."""
    query = select(ImportFile).where(ImportFile.vio_id == account.vio_id).order_by(ImportFile.id.desc())
    return list(session.scalars(query.limit(RECENT)))


def plan_of(kept: ImportFile) -> Plan:
    """Return the plan as it stands."""
    return plan_from(kept.kind, kept.mapping)


def open_table(session: Session, vault: Vault, kept: ImportFile, plan: Plan) -> Table:
    """Read the stored file again; NotFound where the list waits no more, Refused where the file is not to be read."""
    if kept.state not in WAITING:
        raise NotFound
    let_others_write(session)
    try:
        data = vault.get(kept.stored_as)
    except Unreadable:
        raise Refused(lazy("The file of this list cannot be read any more. Bring the list again.")) from None
    return read_table(data, plan.encoding, plan.odd_characters)


def check_list(session: Session, account: User, vault: Vault, kept: ImportFile, plan: Plan, today: date) -> Checked:
    """Keep the plan, do a dry run, and keep its report."""
    _check_joined(kept.kind, plan)
    table = open_table(session, vault, kept, plan)
    _hold(session, kept)
    lists.check_columns(plan, table)
    checked = check(session, session.get_one(Vio, account.vio_id), kept.kind, table, plan, today, kept.file_name)
    kept.mapping, kept.constants, kept.shift_years = plan.to_json(), dict(plan.constants), plan.shift_years
    kept.report, kept.state = to_json(checked), "checked"
    remember(session, kept.vio_id, kept.kind, table.header, lists.for_next_time(plan))
    return checked


def carry_out(session: Session, account: User, vault: Vault, kept: ImportFile, today: date) -> Checked:
    """Write the list as checked anew, all or nothing; what is kept of it names rows and reasons, no values."""
    plan = plan_of(kept)
    checked = check_list(session, account, vault, kept, plan, today)
    written = apply(session, account, session.get_one(Vio, account.vio_id), checked, plan)
    kept.report = to_json(checked, with_values=False)
    audit.record(session, account, "list_imported", kept, rows=len(written), counts=checked.counts)
    end(session, kept, vault, "done")
    return checked


def refuse(session: Session, account: User, vault: Vault, kept: ImportFile) -> None:
    """Do nothing with the list and remove it."""
    if kept.state not in WAITING:
        raise Refused(lazy("This list is done already."))
    audit.record(session, account, "list_refused", kept)
    kept.report = {}
    end(session, kept, vault, "refused")


def forget_old(session: Session, account: User, vault: Vault, now: datetime) -> None:
    """Remove the VIO's uploads that nobody has gone on with for a week."""
    query = select(ImportFile).where(
        ImportFile.vio_id == account.vio_id,
        ImportFile.state.in_(WAITING),
        ImportFile.created_at < now - timedelta(days=KEPT_DAYS),
    )
    for kept in session.scalars(query):
        kept.report = {}
        end(session, kept, vault, "refused")


def end(session: Session, kept: ImportFile, vault: Vault, state: str) -> None:
    """Let nothing of a list wait any more: its file goes, and what was decided about its rows."""
    kept.state, kept.done_at = state, clock.now()
    kept.constants = {}
    kept.mapping = {**kept.mapping, "statements": {}, "duplicates": {}}
    session.flush()
    remove_once_stored(session, vault.path_of(kept.stored_as))


def _hold(session: Session, kept: ImportFile) -> None:
    """Take the list for oneself; NotFound where it came in, or was removed, while its file was read."""
    hold(session, kept)
    if kept.state not in WAITING:
        raise NotFound


def _check_joined(kind: str, plan: Plan) -> None:
    """Refuse two of their columns for one of ours, where ours is no text that could hold both."""
    for name, sources in plan.columns.items():
        if len(sources) > 1 and column(kind, name).reader not in JOINED:
            words = lazy(
                "“%(one)s” and “%(other)s” cannot both be this column of ours. Choose one of them.",
                one=sources[0].column,
                other=sources[1].column,
            )
            raise Refused(words)
