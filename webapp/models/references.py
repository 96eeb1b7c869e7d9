"""People who know an applicant, the one-time links sent to them, and what they answered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from webapp.models.base import CODE, Base, OneLine, one_of
from webapp.models.sealed import Encrypted

if TYPE_CHECKING:
    from webapp.models.accounts import User
    from webapp.models.applications import Application
    from webapp.models.volunteers import Volunteer

REFERENCE_STATES = ("named", "asked", "answered", "declined", "withdrawn")
LIVE_REFERENCE_STATES = ("named", "asked", "answered")
RELATIONS = ("host", "supervisor", "colleague", "teacher", "other")
# From where the person served or worked before: one of the two must be, and only these are asked about misconduct.
EARLIER_HOSTS = ("host", "supervisor")
# Where one of the office's alumni served at the same time; blank for those whom the volunteer named.
SERVED = ("", "at_host", "in_country")
MISCONDUCT = ("not_asked", "no", "yes", "cannot_say")


class Reference(Base):
    """Somebody whom the volunteer named, or one of the office's alumni; and how far asking them has come."""

    __tablename__ = "reference"
    __table_args__ = (
        one_of("state", REFERENCE_STATES),
        one_of("relation", RELATIONS),
        one_of("served", SERVED),
        CheckConstraint("(served_beside_id IS NULL) = (served = '')", name="served_beside_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(OneLine(200))
    email: Mapped[str] = mapped_column(String(255))
    relation: Mapped[str] = mapped_column(String(10))  # as the volunteer says; "other" for alumni, of whom they do not
    # The alumnus whom the office asks; None: the volunteer named them.
    served_beside_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"), index=True)
    served: Mapped[str] = mapped_column(String(10), default="")
    state: Mapped[str] = mapped_column(String(9), default="named")
    named_at: Mapped[datetime] = mapped_column()
    state_at: Mapped[datetime] = mapped_column()
    letters: Mapped[int] = mapped_column(default=0)  # how often we have written to them
    last_letter_at: Mapped[datetime | None] = mapped_column()
    expires_at: Mapped[datetime | None] = mapped_column()  # of the links

    application: Mapped[Application] = relationship()
    # What an alumnus said goes with their profile.
    served_beside: Mapped[Volunteer | None] = relationship(backref=backref("said_as_alumnus", cascade="all, delete"))
    links: Mapped[list[ReferenceLink]] = relationship(cascade="all, delete-orphan")
    answer: Mapped[ReferenceAnswer | None] = relationship(cascade="all, delete-orphan")

    @property
    def is_named(self) -> bool:
        """Whether the volunteer named them; else the office asks them as one of its alumni."""
        return self.served_beside_id is None

    @property
    def is_earlier_host(self) -> bool:
        """Whether they know the volunteer from a place where the volunteer served or worked."""
        return self.relation in EARLIER_HOSTS


class ReferenceLink(Base):
    """The hash of a link's token. Each letter carries its own; an answer through any of them uses up all."""

    __tablename__ = "reference_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference_id: Mapped[int] = mapped_column(ForeignKey("reference.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)


class ReferenceAnswer(Base):
    """What they answered. A word on misconduct decides nothing: it waits until a coordinator has looked at it."""

    __tablename__ = "reference_answer"
    __table_args__ = (
        one_of("misconduct", MISCONDUCT),
        CheckConstraint("misconduct <> 'yes' OR misconduct_words <> ''", name="yes_has_words"),
        CheckConstraint("(looked_at IS NULL) = (looked_words = '')", name="look_is_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference_id: Mapped[int] = mapped_column(ForeignKey("reference.id", ondelete="CASCADE"), unique=True)
    says: Mapped[dict[str, Any]] = mapped_column()  # code of the question -> code of the answer, or words
    words: Mapped[str] = mapped_column(Encrypted(), default="")
    misconduct: Mapped[str] = mapped_column(CODE)
    misconduct_words: Mapped[str] = mapped_column(Encrypted(), default="")
    may_be_read: Mapped[bool] = mapped_column(default=False)  # by the volunteer; never what was said on misconduct
    answered_at: Mapped[datetime] = mapped_column()
    looked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    looked_at: Mapped[datetime | None] = mapped_column()
    looked_words: Mapped[str] = mapped_column(Encrypted(), default="")

    looked_by: Mapped[User | None] = relationship()
