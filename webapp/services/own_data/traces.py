"""What others hold of a person who is erased: letters that name them, in the outbox and in the folder of the demo."""

from __future__ import annotations

from collections.abc import Collection
from email import message_from_bytes, policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import case, delete, func, literal, select, update
from sqlalchemy.orm import Session

from webapp.models import BondMember, Invitation, Mail, Reference
from webapp.services.file_removal import remove_once_stored
from webapp.services.filled import outside, values_of
from webapp.services.own_data.naming import GONE, Naming

_AT_ONCE = 500
_REFERENCES_OVER = ("answered", "declined", "withdrawn")


def wipe(session: Session, person: Naming, address: str, strangers: Collection[str], mail_dir: Path) -> None:
    """Take the person out of letters to others, and delete what went to them alone.

    `strangers` are the offices that have nothing to do with the person: whoever is named in their letters is another.
    """
    session.execute(delete(Mail).where(func.lower(Mail.to) == address.lower()))
    take_out(session, person, strangers, mail_dir)
    session.execute(delete(Invitation).where(func.lower(Invitation.email) == address.lower()))
    asked = BondMember.volunteer_id.is_(None) & (func.lower(BondMember.email) == address.lower())
    session.execute(delete(BondMember).where(asked))
    said = (func.lower(Reference.email) == address.lower()) & Reference.state.in_(_REFERENCES_OVER)
    session.execute(update(Reference).where(said).values(name=GONE, email=""))
    session.flush()
    for path in mail_dir.glob("*.eml"):
        if _speaks_of(path, person, address, strangers):
            remove_once_stored(session, path)


def take_out(session: Session, person: Naming, strangers: Collection[str], mail_dir: Path) -> None:
    """Change letters that name the person, and remove their files."""
    for message_id in put_instead(session, person, strangers):
        remove_once_stored(session, mail_dir / f"{message_id}.eml")


def put_instead(
    session: Session, person: Naming, strangers: Collection[str], *, only_filled_in: bool = False
) -> list[str]:
    """Put what is to stand there into letters that name the person; return the Message-IDs of these letters.

    With `only_filled_in` what people wrote names nobody, unless nobody knows what that is (letters from before).
    """
    numbers = _letters_with(session, person, strangers, only_filled_in)
    letters = session.scalars(select(Mail).where(Mail.id.in_(numbers))).all()
    for one in letters:
        person.put_instead(one)
    session.flush()
    return [one.message_id for one in letters]


def _letters_with(session: Session, person: Naming, strangers: Collection[str], only_filled_in: bool) -> list[int]:
    """Return the numbers of letters that name the person; the database cannot look into what they say."""
    body = case((Mail.filled == "", Mail.body), else_=literal("", Mail.body.type))  # else what was filled in says it
    read = select(Mail.id, Mail.subject, body.label("body"), Mail.filled, Mail.secrets)
    read = read.where(Mail.office.not_in(strangers)).execution_options(yield_per=_AT_ONCE)
    return [
        letter.id
        for letter in session.execute(read)
        if person.is_among(values_of(letter), whole_only=only_filled_in and bool(letter.filled))
    ]


def _speaks_of(path: Path, person: Naming, address: str, strangers: Collection[str]) -> bool:
    """Whether a letter's file is to the person, or names them; one that cannot be read is left alone."""
    try:
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        to, office = _first(message, "To"), _first(message, "From")
        text = f"{message['Subject']}\n{message.get_content()}"
    except (OSError, LookupError, ValueError, MessageError):
        return False
    if to.addr_spec.lower() == address.lower():
        return True
    return office.display_name not in strangers and person.is_in(outside(text))


def _first(message: EmailMessage, name: str) -> Address:
    """Return whom a header names first; nobody where it names none."""
    found = message[name]
    return found.addresses[0] if found and found.addresses else Address()
