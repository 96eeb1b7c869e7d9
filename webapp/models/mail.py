"""The outbox: a letter is written in the same transaction as what it tells of, and sent afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import CODE, Base, OneLine, one_of
from webapp.models.sealed import Encrypted

CHOICES = ("off", "weekly")
LONGEST_SUBJECT = 300


class Mail(Base):
    """A plain-text letter in its reader's language; it waits while `sent_at` is empty, unless it stays on the site.

    While it is `claimed_at`, one worker sends it.
    """

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_user_id_id", "user_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(OneLine(LONGEST_SUBJECT))
    body: Mapped[str] = mapped_column(Encrypted())
    message_id: Mapped[str] = mapped_column(String(255), unique=True)
    created_at: Mapped[datetime] = mapped_column()
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)  # those whose end a worker saw
    claimed_at: Mapped[datetime | None] = mapped_column()
    rests_until: Mapped[datetime | None] = mapped_column()  # after a refusal
    repeats: Mapped[int] = mapped_column(default=0, server_default="0")  # it went again; the first may have arrived
    # The account that reads it on the site; none for people without an account.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(CODE, default="")
    language: Mapped[str] = mapped_column(String(10), default="en")
    office: Mapped[str] = mapped_column(OneLine(200), default="")  # the VIO for which it is written
    # Addresses within the body that work once, a line each: they go out with the letter, and the copy is without them.
    secrets: Mapped[str] = mapped_column(Encrypted(), default="")
    # What was filled into subject and body (services/filled.py): a JSON list; none of letters from before it was kept.
    filled: Mapped[str] = mapped_column(Encrypted(), default="")
    stays_here: Mapped[bool] = mapped_column(default=False)  # its reader stopped this kind: to be read on the site only


class LetterChoice(Base):
    """That an account gets no e-mail of a kind, or gets it once a week; no row: each letter goes."""

    __tablename__ = "letter_choice"
    __table_args__ = (one_of("choice", CHOICES),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(CODE, primary_key=True)
    choice: Mapped[str] = mapped_column(String(6))
    chosen_at: Mapped[datetime] = mapped_column()


class StoppedAddress(Base):
    """That an address without an account gets no letters of a kind; the address itself is not kept."""

    __tablename__ = "stopped_address"
    __table_args__ = (UniqueConstraint("address_hash", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address_hash: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(CODE)
    stopped_at: Mapped[datetime] = mapped_column()
