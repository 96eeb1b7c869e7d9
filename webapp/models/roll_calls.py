"""A roll call: who of a country is asked "are you safe?", by which links, and who said what."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import COUNTRY, Base, one_of
from webapp.models.sealed import Encrypted

if TYPE_CHECKING:
    from webapp.models.accounts import User
    from webapp.models.placements import Placement
    from webapp.models.vios import Vio

ROLL_CALL_STATES = ("open", "closed")
ASKED_SIDES = ("volunteer", "host")
ANSWER_SIDES = (*ASKED_SIDES, "office")
SAYS = ("safe", "help", "tried")  # tried: a colleague called and reached nobody


class RollCall(Base):
    """Opened by a coordinator for one country; when it is closed, the numbers of its summary stay."""

    __tablename__ = "roll_call"
    __table_args__ = (
        one_of("state", ROLL_CALL_STATES),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_moment"),
        CheckConstraint("hours BETWEEN 1 AND 72", name="hours"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    country: Mapped[str] = mapped_column(COUNTRY)
    state: Mapped[str] = mapped_column(String(6), default="open")
    words: Mapped[str] = mapped_column(Encrypted(), default="")  # in the letter, such as what happened
    hours: Mapped[int] = mapped_column(default=6)  # unanswered for longer: marked
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    opened_at: Mapped[datetime] = mapped_column()
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    closed_at: Mapped[datetime | None] = mapped_column()
    summary: Mapped[str] = mapped_column(Encrypted(), default="")
    numbers: Mapped[dict[str, Any]] = mapped_column(default=dict)  # asked, safe, help, unanswered

    vio: Mapped[Vio] = relationship()
    opened_by: Mapped[User | None] = relationship(foreign_keys=[opened_by_id])
    people: Mapped[list[RollCallPerson]] = relationship(
        order_by="RollCallPerson.id", cascade="all, delete-orphan", passive_deletes=True
    )


class RollCallPerson(Base):
    """One placement whose volunteer is asked for; `is_there` False: begins within days."""

    __tablename__ = "roll_call_person"
    __table_args__ = (UniqueConstraint("roll_call_id", "placement_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    roll_call_id: Mapped[int] = mapped_column(ForeignKey("roll_call.id", ondelete="CASCADE"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    is_there: Mapped[bool] = mapped_column()
    asked_at: Mapped[datetime] = mapped_column()
    letters: Mapped[int] = mapped_column(default=0)

    roll_call: Mapped[RollCall] = relationship(back_populates="people")
    placement: Mapped[Placement] = relationship()
    answers: Mapped[list[RollCallAnswer]] = relationship(
        order_by="RollCallAnswer.id", cascade="all, delete-orphan", passive_deletes=True
    )
    links: Mapped[list[RollCallLink]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class RollCallLink(Base):
    """A link of one letter. Each letter has its own, so that whichever is opened first works."""

    __tablename__ = "roll_call_link"
    __table_args__ = (one_of("side", ASKED_SIDES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("roll_call_person.id", ondelete="CASCADE"), index=True)
    side: Mapped[str] = mapped_column(String(9))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sent_at: Mapped[datetime] = mapped_column()

    person: Mapped[RollCallPerson] = relationship(back_populates="links")


class RollCallAnswer(Base):
    """What was heard of a person: from the volunteer, from the host, or by a colleague on the telephone."""

    __tablename__ = "roll_call_answer"
    __table_args__ = (
        one_of("side", ANSWER_SIDES),
        one_of("says", SAYS),
        CheckConstraint("says <> 'tried' OR side = 'office'", name="offices_try"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("roll_call_person.id", ondelete="CASCADE"), index=True)
    side: Mapped[str] = mapped_column(String(9))
    says: Mapped[str] = mapped_column(String(5))
    place: Mapped[str] = mapped_column(Encrypted(300), default="")
    phone: Mapped[str] = mapped_column(Encrypted(50), default="")
    words: Mapped[str] = mapped_column(Encrypted(), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))  # the colleague who called
    at: Mapped[datetime] = mapped_column()

    person: Mapped[RollCallPerson] = relationship(back_populates="answers")
    by: Mapped[User | None] = relationship()
