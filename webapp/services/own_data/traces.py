"""What others hold of a person who is erased: letters that name them, in the outbox and in the folder of the demo."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from pathlib import Path

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from webapp.models import BondMember, Invitation, Mail, Reference, User, Volunteer
from webapp.services.file_removal import remove_once_stored

GONE = "—"
_SHORTEST = 2
_AT_ONCE = 500
_REFERENCES_OVER = ("answered", "declined", "withdrawn")


def called(account: User, volunteer: Volunteer) -> list[str]:
    """Return what the person is known by, the longest first."""
    known = (volunteer.full_name, volunteer.call_me, volunteer.email, volunteer.phone, account.email)
    return sorted({one.strip() for one in known if one and len(one.strip()) >= _SHORTEST}, key=len, reverse=True)


def wipe(session: Session, names: list[str], address: str, mail_dir: Path) -> None:
    """Take the person out of letters to others, and delete what went to them alone."""
    pattern = pattern_of(names)
    session.execute(delete(Mail).where(func.lower(Mail.to) == address.lower()))
    for letter in session.scalars(select(Mail).where(Mail.id.in_(_letters_with(session, pattern)))).all():
        letter.subject, letter.body = pattern.sub(GONE, letter.subject), pattern.sub(GONE, letter.body)
    session.execute(delete(Invitation).where(func.lower(Invitation.email) == address.lower()))
    asked = BondMember.volunteer_id.is_(None) & (func.lower(BondMember.email) == address.lower())
    session.execute(delete(BondMember).where(asked))
    said = (func.lower(Reference.email) == address.lower()) & Reference.state.in_(_REFERENCES_OVER)
    session.execute(update(Reference).where(said).values(name=GONE, email=""))
    session.flush()
    for path in mail_dir.glob("*.eml"):
        if pattern.search(_text(path)):
            remove_once_stored(session, path)


def _letters_with(session: Session, pattern: re.Pattern[str]) -> list[int]:
    """Return the numbers of letters that name the person; the database cannot look into what they say."""
    read = select(Mail.id, Mail.subject, Mail.body).execution_options(yield_per=_AT_ONCE)
    return [letter.id for letter in session.execute(read) if pattern.search(f"{letter.subject}\n{letter.body}")]


def pattern_of(names: list[str]) -> re.Pattern[str]:
    """Return what finds the names as words of their own, in capitals or not; scripts without spaces have no border."""
    one_of = "|".join(f"{_border(one[0])}{re.escape(one)}{_border(one[-1])}" for one in names)
    return re.compile(one_of, re.IGNORECASE)


def _border(letter: str) -> str:
    is_spaced = letter.lower() != letter.upper()  # scripts with capitals set words apart
    return r"\b" if is_spaced else ""


def _text(path: Path) -> str:
    """Return who a letter's file is to, and what it says; nothing where it cannot be read."""
    try:
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        return "\n".join([str(message["To"]), str(message["Subject"]), message.get_content()])
    except (OSError, LookupError, ValueError, MessageError):
        return ""
