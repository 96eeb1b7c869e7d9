"""Volunteer-involving organizations (the tenants), their settings, and partnerships between two of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import COUNTRY, Base, OneLine, one_of

LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")
# How strictly a VIO asks for the training: hosts before their first assignment, volunteers before their first day.
TRAINING = ("not_asked", "advised", "required")


class Vio(Base):
    """A VIO with the settings that its coordinators choose."""

    __tablename__ = "vio"
    __table_args__ = (
        CheckConstraint("strong_score BETWEEN 0 AND 100", name="strong_score"),
        CheckConstraint("host_answer_days BETWEEN 1 AND 90", name="host_answer_days"),
        CheckConstraint("offer_answer_days BETWEEN 1 AND 90", name="offer_answer_days"),
        CheckConstraint("check_in_weeks BETWEEN 1 AND 26", name="check_in_weeks"),
        CheckConstraint("review_answer_days BETWEEN 1 AND 90", name="review_answer_days"),
        CheckConstraint("retention_months BETWEEN 1 AND 120", name="retention_months"),
        CheckConstraint("document_days BETWEEN 1 AND 3650", name="document_days"),
        CheckConstraint("access_review_months BETWEEN 1 AND 24", name="access_review_months"),
        one_of("host_training", TRAINING),
        one_of("volunteer_training", TRAINING),
        one_of("language", LANGUAGES),
        CheckConstraint("least_coach_score BETWEEN 0 AND 100", name="least_coach_score"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(OneLine(200), unique=True)
    country: Mapped[str] = mapped_column(COUNTRY)
    contact_email: Mapped[str] = mapped_column(String(255))
    about: Mapped[str] = mapped_column(Text, default="")
    is_open: Mapped[bool] = mapped_column(default=True)  # whether people may register with it themselves
    # A new match at or above this score (points of 100) stands in the coordinator's queue.
    strong_score: Mapped[int] = mapped_column(default=70)
    host_answer_days: Mapped[int] = mapped_column(default=14)
    offer_answer_days: Mapped[int] = mapped_column(default=14)  # how long a volunteer has to answer an offer
    check_in_weeks: Mapped[int] = mapped_column(default=4)  # between the check-ins of a placement
    review_answer_days: Mapped[int] = mapped_column(default=7)
    route_wording: Mapped[bool] = mapped_column(default=True)
    # Of letters to people whose own language is not known: a referee, a host's contact address, somebody invited.
    language: Mapped[str] = mapped_column(String(10), default="en")
    no_go: Mapped[list[str]] = mapped_column(default=list)  # countries it will not send to (ISO 3166-1 alpha-2)
    retention_months: Mapped[int] = mapped_column(default=24)
    document_days: Mapped[int] = mapped_column(default=90)  # how long documents stay after a placement ended
    access_review_months: Mapped[int] = mapped_column(default=6)  # between two reviews of an account of staff
    # Whether its decisions count in the weights that all VIOs may start from.
    shares_decisions: Mapped[bool] = mapped_column(default=True)
    host_training: Mapped[str] = mapped_column(String(10), default="advised")
    volunteer_training: Mapped[str] = mapped_column(String(10), default="required")
    # Below this score of the coach a coordinator publishes only with a reason; 0: no gate.
    least_coach_score: Mapped[int] = mapped_column(default=0)
    # Whether new assignments draw by lot in which order their host reads the coach's hints.
    hint_trial: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column()


class Partnership(Base):
    """Terms under which a sending VIO puts its volunteers forward to a receiving VIO's assignments."""

    __tablename__ = "partnership"
    __table_args__ = (
        CheckConstraint("sending_vio_id <> receiving_vio_id", name="two_vios"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sending_vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    receiving_vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    terms: Mapped[str] = mapped_column(Text)
    sending_focal_point: Mapped[str] = mapped_column(String(200))
    receiving_focal_point: Mapped[str] = mapped_column(String(200))
    vetting_by: Mapped[str] = mapped_column(String(200))
    insurance_by: Mapped[str] = mapped_column(String(200))
    support_by: Mapped[str] = mapped_column(String(200))
    costs_by: Mapped[str] = mapped_column(String(200))
    # What of a profile the receiving VIO sees: names of parts, see services/partnerships.py.
    shared_parts: Mapped[list[str]] = mapped_column(default=list)
    starts_on: Mapped[date] = mapped_column()
    ends_on: Mapped[date] = mapped_column()
    proposed_by_vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"))
    created_at: Mapped[datetime] = mapped_column()
    agreed_at: Mapped[datetime | None] = mapped_column()  # both sides have said yes
    ended_at: Mapped[datetime | None] = mapped_column()  # ended before its last day

    sending_vio: Mapped[Vio] = relationship(foreign_keys=[sending_vio_id])
    receiving_vio: Mapped[Vio] = relationship(foreign_keys=[receiving_vio_id])

    def is_active(self, today: date) -> bool:
        """Whether it gives access on `today`: agreed, begun, not over, not ended."""
        return self.agreed_at is not None and self.ended_at is None and self.starts_on <= today <= self.ends_on
