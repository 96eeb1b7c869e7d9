"""A volunteer's wish for a place, and where it stands."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, Base, one_of

if TYPE_CHECKING:
    from webapp.models.assignments import Assignment
    from webapp.models.volunteers import Volunteer

APPLICATION_STATES = ("submitted", "shortlisted", "interview", "selected", "declined", "withdrawn")
LIVE_APPLICATION_STATES = ("submitted", "shortlisted", "interview", "selected")


class Application(Base):
    """One volunteer's application for one assignment; at most one of a pair is live."""

    __tablename__ = "application"
    __table_args__ = (
        one_of("state", APPLICATION_STATES),
        CheckConstraint("state <> 'declined' OR length(reason_code) > 0", name="declined_has_reason"),
        Index("ix_application_pair", "assignment_id", "volunteer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default="submitted")
    note: Mapped[str] = mapped_column(Text, default="")
    answer_by: Mapped[date] = mapped_column()  # the day promised to the volunteer
    first_answer_by: Mapped[date | None] = mapped_column()  # the day promised first, where it passed and another holds
    next_word_by: Mapped[date | None] = mapped_column()  # once the host has answered: the day of the next word
    submitted_at: Mapped[datetime] = mapped_column()
    state_at: Mapped[datetime] = mapped_column()
    reason_code: Mapped[str] = mapped_column(CODE, default="")
    words: Mapped[str] = mapped_column(Text, default="")  # from the host or coordinator to the volunteer

    assignment: Mapped[Assignment] = relationship()
    volunteer: Mapped[Volunteer] = relationship()

    @property
    def promised_first(self) -> date:
        """The day that the volunteer was promised first: what is late is late since then."""
        return self.first_answer_by or self.answer_by

    @property
    def next_by(self) -> date:
        """The day by which the person hears again: of what is late, the day since which it is."""
        return self.promised_first if self.state == "submitted" else self.next_word_by or self.answer_by

    @property
    def is_live(self) -> bool:
        """Whether it still runs."""
        return self.state in LIVE_APPLICATION_STATES
