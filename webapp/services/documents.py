"""Documents of clearances: who may add, open and take back one, and that every look is written down."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Clearance, ClearanceDocument, DocumentLook, Placement, User, Vio
from webapp.services import audit, sensitive
from webapp.services.clearance_sight import opens_documents
from webapp.services.document_types import media_type_of
from webapp.services.errors import NotFound, Refused
from webapp.services.file_removal import remove_once_stored, remove_strays
from webapp.vault import Vault
from webapp.words import lazy

MOST_FILES = 10  # of one clearance


def documents_of(session: Session, account: User, clearance: Clearance) -> list[ClearanceDocument]:
    """Return the documents that the account may open; none to those who may see none."""
    if not opens_documents(account, clearance):
        return []
    query = select(ClearanceDocument).where(
        ClearanceDocument.clearance_id == clearance.id, ClearanceDocument.removed_at.is_(None)
    )
    return list(session.scalars(query.order_by(ClearanceDocument.id)))


def document_for(session: Session, account: User, document_id: int) -> ClearanceDocument:
    """Return a document whose file is there to those who may open it."""
    found = session.get(ClearanceDocument, document_id)
    if found is None or found.removed_at is not None or not opens_documents(account, found.clearance):
        raise NotFound
    return found


def add(
    session: Session, account: User, vault: Vault, clearance: Clearance, name: str, data: bytes
) -> ClearanceDocument:
    """Keep a file, encrypted; Refused where it is no PDF, JPEG or PNG of at most 5 MB, or the person has not agreed."""
    if not opens_documents(account, clearance):
        raise NotFound
    if not clearance.placement.is_running:
        raise Refused(lazy("This placement is over. Nothing has to be cleared any more."))
    sensitive.check_agreed(session, account, clearance.placement.volunteer)
    media_type = media_type_of(data)
    if len(documents_of(session, account, clearance)) >= MOST_FILES:
        raise Refused(lazy("There are ten files already. Take one back first."))
    made = ClearanceDocument(
        clearance=clearance,
        name=Path(name.replace("\\", "/")).name[:200] or "document",
        media_type=media_type,
        size=len(data),
        stored_as=vault.put(data),
        by_id=account.id,
        added_at=clock.now(),
    )
    session.add(made)
    audit.record(session, account, "document_added", made, clearance.checked_by_vio_id, clearance=clearance.id)
    return made


def take_back(session: Session, account: User, folder: Path, document: ClearanceDocument) -> None:
    """Remove a file that the account itself added, while what it is for is not cleared."""
    document = document_for(session, account, document.id)
    if document.by_id != account.id:
        raise NotFound
    if document.clearance.state in ("cleared", "waived"):
        raise Refused(lazy("This was checked already, so the file stays for now. Write to the office."))
    _remove(session, folder, document)
    audit.record(session, account, "document_removed", document, document.clearance.checked_by_vio_id)


def remove_all(session: Session, folder: Path, clearance: Clearance) -> int:
    """Remove every file of a clearance with its name, whoever added it; return how many."""
    query = select(ClearanceDocument).where(
        ClearanceDocument.clearance_id == clearance.id, ClearanceDocument.removed_at.is_(None)
    )
    found = session.scalars(query).all()
    for document in found:
        _remove(session, folder, document)
        document.name = ""
    session.flush()
    return len(found)


def note_look(session: Session, account_id: int, document_id: int) -> None:
    """Write down that somebody opens a document; called with a session of its own, before anything is shown."""
    session.add(DocumentLook(document_id=document_id, by_id=account_id, at=clock.now()))
    session.flush()


def looks_at(session: Session, clearance: Clearance) -> list[DocumentLook]:
    """Return every look at the documents of a clearance, also at those that are gone; the newest first."""
    query = select(DocumentLook).join(ClearanceDocument).where(ClearanceDocument.clearance_id == clearance.id)
    return list(session.scalars(query.order_by(DocumentLook.id.desc())))


def throw_away(session: Session, now: datetime, folder: Path) -> int:
    """Remove files whose placement ended long enough ago, and those that no row names; return how many."""
    query = (
        select(ClearanceDocument, Placement.ended_at, Vio.document_days)
        .join(Clearance, Clearance.id == ClearanceDocument.clearance_id)
        .join(Placement, Placement.id == Clearance.placement_id)
        .join(Vio, Vio.id == Clearance.checked_by_vio_id)
        .where(ClearanceDocument.removed_at.is_(None), Placement.ended_at.is_not(None))
    )
    named, gone = set(session.scalars(select(ClearanceDocument.stored_as))), 0
    for document, ended_at, days in session.execute(query).all():
        if ended_at and ended_at + timedelta(days=days) <= now:
            _remove(session, folder, document)
            gone += 1
    session.flush()
    return gone + remove_strays(folder, named, now)


def _remove(session: Session, folder: Path, document: ClearanceDocument) -> None:
    """Remove the file once that is stored; the row stays, without it."""
    remove_once_stored(session, folder / document.stored_as)
    document.stored_as, document.removed_at = "", clock.now()
