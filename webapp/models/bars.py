"""A person barred by a VIO, the appeal, and the marks by which a second registration is noticed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, Base, one_of
from webapp.models.sealed import Encrypted

if TYPE_CHECKING:
    from webapp.models.accounts import User
    from webapp.models.vios import Vio
    from webapp.models.volunteers import Volunteer

BAR_STATES = ("proposed", "standing", "dropped", "lifted", "ended")
APPEAL_STATES = ("waiting", "granted", "refused", "closed")  # closed: the bar was over before an answer
LIKENESS_STATES = ("waiting", "same", "other")
MARKS = ("email", "phone", "name")


class Bar(Base):
    """Proposed by one coordinator, confirmed by somebody else. It outlives the profile, so that its marks do."""

    __tablename__ = "bar"
    __table_args__ = (
        one_of("state", BAR_STATES),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name="four_eyes"),
        CheckConstraint("state IN ('proposed', 'dropped') OR confirmed_at IS NOT NULL", name="stands_confirmed"),
        CheckConstraint("(state IN ('dropped', 'lifted', 'ended')) = (over_at IS NOT NULL)", name="over_has_moment"),
        CheckConstraint("length(reason_code) > 0 AND length(words) > 0", name="has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id", ondelete="SET NULL"), index=True)
    state: Mapped[str] = mapped_column(String(8), default="proposed")
    reason_code: Mapped[str] = mapped_column(CODE)
    note: Mapped[str] = mapped_column(Encrypted())  # for those who decide
    words: Mapped[str] = mapped_column(Encrypted())  # to the person
    ends_on: Mapped[date | None] = mapped_column()  # included; None: without end
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    proposed_at: Mapped[datetime] = mapped_column()
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    confirmed_at: Mapped[datetime | None] = mapped_column()
    over_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    over_at: Mapped[datetime | None] = mapped_column()
    over_note: Mapped[str] = mapped_column(Encrypted(), default="")

    vio: Mapped[Vio] = relationship()
    volunteer: Mapped[Volunteer | None] = relationship()
    proposed_by: Mapped[User | None] = relationship(foreign_keys=[proposed_by_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])
    appeals: Mapped[list[BarAppeal]] = relationship(
        order_by="BarAppeal.id", cascade="all, delete-orphan", passive_deletes=True
    )


class BarAppeal(Base):
    """What the person says against a bar, and the answer of somebody who took no part in it."""

    __tablename__ = "bar_appeal"
    __table_args__ = (
        one_of("state", APPEAL_STATES),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_has_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bar_id: Mapped[int] = mapped_column(ForeignKey("bar.id", ondelete="CASCADE"), index=True)
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id", ondelete="SET NULL"))
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    words: Mapped[str] = mapped_column(Encrypted())
    made_at: Mapped[datetime] = mapped_column()
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column()
    answer: Mapped[str] = mapped_column(Encrypted(), default="")

    bar: Mapped[Bar] = relationship(back_populates="appeals")
    volunteer: Mapped[Volunteer | None] = relationship()


class BarMark(Base):
    """A keyed hash of an address, a number or a name: whether somebody is the same can be asked, not who it is."""

    __tablename__ = "bar_mark"
    __table_args__ = (one_of("kind", MARKS), UniqueConstraint("bar_id", "kind", "hash"))

    id: Mapped[int] = mapped_column(primary_key=True)
    bar_id: Mapped[int] = mapped_column(ForeignKey("bar.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(5))
    hash: Mapped[str] = mapped_column(String(64), index=True)


class BarLikeness(Base):
    """A profile that bears marks of a bar. By the name alone it waits for a person to say who it is."""

    __tablename__ = "bar_likeness"
    __table_args__ = (one_of("state", LIKENESS_STATES), UniqueConstraint("bar_id", "volunteer_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    bar_id: Mapped[int] = mapped_column(ForeignKey("bar.id", ondelete="CASCADE"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(7), default="waiting")
    kinds: Mapped[list[str]] = mapped_column(default=list)  # which marks are the same
    note: Mapped[str] = mapped_column(Encrypted(), default="")
    made_at: Mapped[datetime] = mapped_column()
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column()

    bar: Mapped[Bar] = relationship()
    volunteer: Mapped[Volunteer] = relationship()
