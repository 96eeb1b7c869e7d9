"""Notes on countries: each VIO keeps its own, with a date; dates inside the time that a visa takes warn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, CountryNote, Placement, User
from webapp.services import audit
from webapp.services.errors import Refused
from webapp.services.relations import check_vio
from webapp.words import Words, lazy

OLD = timedelta(days=365)  # after which a note is to be looked at again
PARTS = ("visa_class", "lead_days", "registration", "tax", "contacts", "not_sent_to", "noted_on")


def notes_of(session: Session, account: User) -> list[CountryNote]:
    """Return the notes of the account's VIO, those that were looked at longest ago first."""
    query = select(CountryNote).where(CountryNote.vio_id == account.vio_id)
    return list(session.scalars(query.order_by(CountryNote.noted_on, CountryNote.country)))


def note_of(session: Session, account: User, country: str) -> CountryNote | None:
    """Return the note of the account's VIO on a country."""
    return _note(session, account.vio_id, country)


def save(session: Session, account: User, country: str, parts: Mapping[str, Any]) -> CountryNote:
    """Keep a note; `parts` has the columns of PARTS. `noted_on` is when somebody made sure, so never a day to come."""
    vio_id = check_vio(account, "country.keep", account.vio_id)
    if parts["noted_on"] > clock.today():
        raise Refused(lazy("This day is to come. Give the day on which you made sure of it."))
    note = _note(session, vio_id, country) or CountryNote(vio_id=vio_id, country=country)
    for name in PARTS:
        setattr(note, name, parts[name])
    note.changed_at = clock.now()
    session.add(note)
    audit.record(session, account, "country_note_kept", note, account.vio_id, country=country)
    return note


def is_old(note: CountryNote, today: date) -> bool:
    """Whether somebody should make sure of it again."""
    return note.noted_on < today - OLD


def for_placement(session: Session, placement: Placement) -> list[CountryNote]:
    """Return what the sending and the receiving VIO know of the country of an on-site placement abroad."""
    return _notes(session, placement, (placement.sending_vio_id, placement.receiving_vio_id))


def for_application(session: Session, application: Application) -> list[CountryNote]:
    """Return the same before an offer is made."""
    return _notes(session, application, (application.volunteer.vio_id, application.assignment.vio_id))


def visa_warning(notes: Iterable[CountryNote], starts_on: date, today: date) -> Words | None:
    """Return words where a first day lies inside the time that a visa takes."""
    return _in_time(
        notes,
        (starts_on - today).days,
        lazy(
            "The visa takes about %(lead)s days, and the first day is in %(left)s. "
            "Move the dates, or ask for the visa today."
        ),
    )


def renewal_warning(notes: Iterable[CountryNote], until: date, today: date) -> Words | None:
    """Return words where what allows the stay covers it until a day that lies inside the time that a visa takes."""
    return _in_time(
        notes,
        (until - today).days,
        lazy("A visa takes about %(lead)s days, and this one covers %(left)s more. Ask for the new one today."),
    )


def _in_time(notes: Iterable[CountryNote], left: int, words: Words) -> Words | None:
    """Return the words where fewer days are left than a visa takes; the longest time counts."""
    lead = max((note.lead_days for note in notes), default=0)
    return Words(words.text, {"lead": lead, "left": max(left, 0)}) if left < lead else None


def _note(session: Session, vio_id: int | None, country: str) -> CountryNote | None:
    return session.scalar(select(CountryNote).where(CountryNote.vio_id == vio_id, CountryNote.country == country))


def _notes(session: Session, stay: Placement | Application, vios: tuple[int, int]) -> list[CountryNote]:
    assignment, lives_in = stay.assignment, stay.volunteer.residence
    if assignment.mode == "online" or assignment.country == lives_in:
        return []
    found = [_note(session, vio_id, assignment.country or "") for vio_id in dict.fromkeys(vios)]
    return [note for note in found if note is not None]
