"""The consent to keep sensitive facts is taken back: what rests on it goes at once, and offices are told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from webapp.db import leave_no_trace_once_stored
from webapp.models import Clearance, ClearanceDocument, EmergencyCard, Mail, Placement, User, Volunteer
from webapp.models.consents import SENSITIVE
from webapp.services import audit, clearances, consents, documents
from webapp.services.clearance_forgetting import HAS_WORDS, WORDS, has_words
from webapp.services.correspondence import write_to_coordinators
from webapp.services.file_removal import remove_once_stored
from webapp.services.filled import values_of
from webapp.services.letter_kinds import CLEARANCES
from webapp.services.locks import hold
from webapp.services.own_data import traces
from webapp.services.own_data.erasure import Folders
from webapp.services.own_data.naming import GONE, Naming, plain, quoting
from webapp.services.own_data.offices import strangers
from webapp.services.placement_sight import check_own
from webapp.words import Words, lazy

SUBJECT = lazy("A volunteer took a consent back: %(title)s")
BODY = lazy(
    "Somebody with a placement at %(host)s, %(title)s, no longer agrees that papers, health facts and the emergency "
    "card are kept. The files, the words and the card are gone, and what you had not decided on is open again. The "
    "placement goes on. Sign in to see for whom, and write to them: in an emergency nobody knows whom to call."
)


@dataclass(frozen=True)
class Kept:
    """How much is kept that rests on the consent: cards, answers about conditions of life, files, items with words."""

    cards: int
    answers: int
    files: int
    words: int


def kept(session: Session, volunteer: Volunteer) -> Kept:
    """Return what goes if the consent is taken back."""
    cards = select(func.count()).select_from(EmergencyCard).join(Placement).where(_theirs(volunteer))
    files = select(func.count()).select_from(ClearanceDocument).join(Clearance).join(Placement)
    files = files.where(_theirs(volunteer), ClearanceDocument.removed_at.is_(None))
    words = select(func.count()).select_from(Clearance).join(Placement).where(_theirs(volunteer), HAS_WORDS)
    counts = [session.scalar(query) or 0 for query in (cards, files, words)]
    return Kept(counts[0], len(volunteer.conditions), counts[1], counts[2])


def withdraw(session: Session, account: User, volunteer: Volunteer, folders: Folders) -> None:
    """Take the consent back: card, conditions of life, files and words go now, also where a placement runs.

    Words go from letters that quoted them too. Decisions on clearances stay, with their days. Both offices of a
    running placement are told.
    """
    check_own(account, volunteer)
    hold(session, volunteer)
    session.expire(volunteer, ["conditions"])  # what was stored while we waited goes too
    consents.take_back(session, account, volunteer, SENSITIVE)
    gone = kept(session, volunteer)
    written = quoting(Naming({}, {}), _words_of(session, volunteer))
    touched = _remove(session, account, volunteer, folders.documents)
    traces.take_out(session, written, strangers(session, volunteer), folders.mail)
    _take_out_replaced(session, volunteer, folders.mail)
    volunteer.conditions = []
    audit.record(session, account, "sensitive_facts_removed", volunteer, **vars(gone))
    for placement in touched:
        if placement.is_running:
            _tell(session, placement)
    leave_no_trace_once_stored(session)


def _words_of(session: Session, volunteer: Volunteer) -> list[str]:
    """Return all that is written about the person's clearances."""
    query = select(Clearance).join(Placement).where(_theirs(volunteer), HAS_WORDS)
    return [getattr(one, name) for one in session.scalars(query) for name in WORDS]


def _take_out_replaced(session: Session, volunteer: Volunteer, mail_dir: Path) -> None:
    """Take out of letters to the person about their clearances what no row holds any more: words since replaced.

    All that was filled in beside titles and names of today counts as such: these letters are theirs alone.
    """
    names: set[str] = set()
    for one in session.scalars(select(Clearance).join(Placement).where(_theirs(volunteer))):
        work = one.placement.assignment
        names |= {plain(name) for name in (work.title, work.host.name, one.checked_by.name, one.title)}
    for letter in session.scalars(select(Mail).where(Mail.user_id == volunteer.user_id, Mail.kind == CLEARANCES)):
        words = quoting(Naming({}, {}), set(values_of(letter)) - names - {GONE})
        if words.texts:
            words.put_instead(letter)
            remove_once_stored(session, mail_dir / f"{letter.message_id}.eml")


def _remove(session: Session, account: User, volunteer: Volunteer, folder: Path) -> list[Placement]:
    """Remove cards, files and words; return the placements that had any."""
    query = select(Placement).where(_theirs(volunteer)).order_by(Placement.id)
    return [one for one in session.scalars(query).all() if _remove_from(session, account, one, folder)]


def _remove_from(session: Session, account: User, placement: Placement, folder: Path) -> bool:
    card = session.scalar(select(EmergencyCard).where(EmergencyCard.placement_id == placement.id))
    query = select(Clearance).where(Clearance.placement_id == placement.id).order_by(Clearance.id)
    touched = card is not None
    for clearance in session.scalars(query).all():
        files = documents.remove_all(session, folder, clearance)
        was_named = card is not None and clearance.item == "emergency_contact"
        if files or was_named or has_words(clearance):
            clearances.forget_words(session, account, clearance)
            touched = True
    if card is not None:
        session.delete(card)
        session.flush()
    return touched


def _tell(session: Session, placement: Placement) -> None:
    work = placement.assignment
    values = {"title": work.title, "host": work.host.name}
    for vio_id in sorted({placement.sending_vio_id, placement.receiving_vio_id}):
        letter = Words(SUBJECT.text, values), Words(BODY.text, values)
        write_to_coordinators(session, vio_id, CLEARANCES, *letter, about=work)


def _theirs(volunteer: Volunteer) -> ColumnElement[bool]:
    return Placement.volunteer_id == volunteer.id
