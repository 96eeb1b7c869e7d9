"""What has to hold in rows from a backup before anybody sees them: who went stays gone, and doors are shut."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import HostLink, Invitation, SignedIn, User, Volunteer
from webapp.services import audit, claims
from webapp.services.own_data import erasure
from webapp.services.own_data.erasure_notes import Erased


@dataclass(frozen=True)
class ErasedAgain:
    """How many people went once more, and the accounts of those who had something under way in the backup."""

    people: int
    under_way: list[int]


def erase_again(session: Session, noted: Iterable[Erased], folders: erasure.Folders) -> ErasedAgain:
    """Erase whoever is there again. They had been free to go, so what the backup shows under way stops nobody."""
    people, under_way = 0, []
    for one in sorted(noted, key=lambda each: each.at):
        volunteer = session.get(Volunteer, one.volunteer_id)
        if volunteer is None or volunteer.erased_at is not None or volunteer.user_id != one.account_id:
            continue
        account = session.get(User, one.account_id) if one.account_id else None
        if account is None:
            audit.record(session, None, "profile_refused", volunteer)
            claims.delete_unclaimed(session, volunteer)
        else:
            if erasure.obstacle(session, volunteer) is not None:
                under_way.append(account.id)
            erasure.erase(session, account, volunteer, folders, is_again=True)
        people += 1
    return ErasedAgain(people, under_way)


def shut_doors(session: Session) -> None:
    """Sign everybody out, and let no link open that gives an account or stands for one.

    Links to confirm an address or to reset a password hang on the same mark as the sessions.
    """
    now = clock.now()
    numbers = session.scalars(select(User.id)).all()
    if numbers:
        session.execute(update(User), [{"id": one, "fs_uniquifier": secrets.token_hex(32)} for one in numbers])
    session.execute(update(SignedIn).where(SignedIn.ended_at.is_(None)).values(ended_at=now))
    for table in (Invitation, HostLink):
        session.execute(update(table).where(table.expires_at > now).values(expires_at=now))
    session.flush()
