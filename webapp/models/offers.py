"""An offer of a place to one volunteer, and the places of an assignment that are held."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, Base, one_of

if TYPE_CHECKING:
    from webapp.models.applications import Application
    from webapp.models.assignments import Assignment
    from webapp.models.teams import TeamRole
    from webapp.models.volunteers import Volunteer

OFFER_STATES = ("made", "accepted", "declined", "expired", "withdrawn")
PLACE_KINDS = ("international", "national", "local")


class Offer(Base):
    """A place with dates, offered to an applicant; the person answers by a day, or it expires."""

    __tablename__ = "offer"
    __table_args__ = (
        one_of("state", OFFER_STATES),
        one_of("kind", PLACE_KINDS),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("state NOT IN ('declined', 'withdrawn') OR length(reason_code) > 0", name="ended_has_reason"),
        Index(
            "uq_offer_waiting",
            "application_id",
            unique=True,
            sqlite_where=text("state = 'made'"),
            postgresql_where=text("state = 'made'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), index=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)  # the receiving VIO, which decides
    state: Mapped[str] = mapped_column(String(12), default="made")
    kind: Mapped[str] = mapped_column(String(15))
    starts_on: Mapped[date] = mapped_column()
    ends_on: Mapped[date] = mapped_column()  # included
    answer_by: Mapped[date] = mapped_column()  # the last day on which the volunteer can answer
    words: Mapped[str] = mapped_column(Text, default="")  # from the coordinator, with the offer
    # Set where it was made together with others: they hold all at once, or not at all.
    joint_offer_id: Mapped[int | None] = mapped_column(ForeignKey("joint_offer.id"), index=True)
    agreed_at: Mapped[datetime | None] = mapped_column()  # the volunteer has said yes and waits for the others
    team_role_id: Mapped[int | None] = mapped_column(ForeignKey("team_role.id"), index=True)
    reason_code: Mapped[str] = mapped_column(CODE, default="")  # why it was declined or withdrawn
    answer_words: Mapped[str] = mapped_column(Text, default="")  # of whoever declined or withdrew it
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column()
    state_at: Mapped[datetime] = mapped_column()

    application: Mapped[Application] = relationship()
    assignment: Mapped[Assignment] = relationship()
    volunteer: Mapped[Volunteer] = relationship()
    team_role: Mapped[TeamRole | None] = relationship()


class Place(Base):
    """A place that is held: by an offer that waits or was accepted, then by its placement; it goes when these end."""

    __tablename__ = "place"
    __table_args__ = (
        one_of("kind", PLACE_KINDS),
        CheckConstraint("number >= 1", name="number"),
        UniqueConstraint("assignment_id", "kind", "number"),  # nobody else can sit here, however many click at once
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    kind: Mapped[str] = mapped_column(String(15))
    number: Mapped[int] = mapped_column()
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), unique=True)
