"""Those who have served and stay in touch: what each agreed to, and mentoring newcomers."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, one_of

if TYPE_CHECKING:
    from webapp.models.placements import Placement
    from webapp.models.volunteers import Volunteer

MENTORSHIP_STATES = ("asked", "accepted", "declined", "ended")
ENDED_BY = ("", "newcomer", "mentor", "office", "time")
CONTACT_WAYS = ("email", "phone")
MOST_MENTEES = 5


class Alumnus(Base):
    """What a volunteer who joined the alumni agreed to, tick by tick. The row goes when the consent does."""

    __tablename__ = "alumnus"
    __table_args__ = (
        CheckConstraint(f"most_mentees BETWEEN 1 AND {MOST_MENTEES}", name="most_mentees"),
        CheckConstraint("may_mentor OR may_be_asked OR hears_of_openings OR shows_return", name="ticks"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), unique=True)
    may_mentor: Mapped[bool] = mapped_column(default=False)
    may_be_asked: Mapped[bool] = mapped_column(default=False)
    hears_of_openings: Mapped[bool] = mapped_column(default=False)
    shows_return: Mapped[bool] = mapped_column(default=False)
    most_mentees: Mapped[int] = mapped_column(default=2)  # at the same time
    told_on: Mapped[date] = mapped_column()  # of openings, or joined: the next letter comes a month later

    volunteer: Mapped[Volunteer] = relationship()


class Mentorship(Base):
    """A newcomer asked somebody who has served; once for each placement. Names and contact open with a yes."""

    __tablename__ = "mentorship"
    __table_args__ = (
        one_of("state", MENTORSHIP_STATES),
        one_of("ended_by", ENDED_BY),
        CheckConstraint("words <> ''", name="words"),
        CheckConstraint("(state = 'ended') = (ended_by <> '')", name="ended_by_somebody"),
        CheckConstraint("state <> 'accepted' OR accepted_at IS NOT NULL", name="accepted_has_moment"),
        CheckConstraint("ended_by <> 'office' OR reason <> ''", name="office_has_reason"),
        UniqueConstraint("mentor_id", "placement_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(8), default="asked")
    words: Mapped[str] = mapped_column(Text)  # of the newcomer
    answer: Mapped[str] = mapped_column(Text, default="")  # of the mentor, with a yes or a no
    newcomer_shows: Mapped[list[str]] = mapped_column(default=list)  # of CONTACT_WAYS
    mentor_shows: Mapped[list[str]] = mapped_column(default=list)
    asked_at: Mapped[datetime] = mapped_column()
    accepted_at: Mapped[datetime | None] = mapped_column()
    state_at: Mapped[datetime] = mapped_column()
    ended_by: Mapped[str] = mapped_column(String(8), default="")
    reason: Mapped[str] = mapped_column(Text, default="")  # of an office that ended it, told to both

    mentor: Mapped[Volunteer] = relationship()
    placement: Mapped[Placement] = relationship()
    messages: Mapped[list[MentorMessage]] = relationship(
        order_by="MentorMessage.id", cascade="all, delete-orphan", passive_deletes=True
    )


class MentorMessage(Base):
    """Words between mentor and newcomer; nobody else reads them."""

    __tablename__ = "mentor_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentorship_id: Mapped[int] = mapped_column(ForeignKey("mentorship.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column()
