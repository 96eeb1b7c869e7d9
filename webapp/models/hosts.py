"""Host organizations and how a coordinator verified them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import COUNTRY, Base, OneLine, one_of

if TYPE_CHECKING:
    from webapp.models.vios import Vio

HOST_STATES = ("unverified", "asked", "verified", "declined")


class Host(Base):
    """An organization that posts assignments. Nothing of it is published before it is verified."""

    __tablename__ = "host"
    __table_args__ = (
        one_of("state", HOST_STATES),
        UniqueConstraint("vio_id", "external_id"),
        CheckConstraint("state <> 'verified' OR verified_until IS NOT NULL", name="verified_until_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    external_id: Mapped[str | None] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(OneLine(200))
    country: Mapped[str | None] = mapped_column(COUNTRY)
    location: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(40), default="")  # ngo, school, clinic, cooperative, local government, ...
    about: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str | None] = mapped_column(String(255))
    contact_phone: Mapped[str] = mapped_column(String(50), default="")
    registration_number: Mapped[str] = mapped_column(String(100), default="")
    reference_one: Mapped[str] = mapped_column(String(300), default="")  # name and how to reach
    reference_two: Mapped[str] = mapped_column(String(300), default="")
    safeguarding_person: Mapped[str] = mapped_column(String(200), default="")
    conduct_policy_signed_on: Mapped[date | None] = mapped_column()
    conduct_policy_signed_by: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(12), default="unverified")
    verified_until: Mapped[date | None] = mapped_column()
    suspended_at: Mapped[datetime | None] = mapped_column()  # while a suspension stands
    assumed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column()
    updated_at: Mapped[datetime] = mapped_column()

    vio: Mapped[Vio] = relationship()
    verifications: Mapped[list[Verification]] = relationship(order_by="Verification.id.desc()")

    def keeps_verification(self, today: date) -> bool:
        """Whether a coordinator's verification stands on `today`, also while the host is suspended."""
        return self.state == "verified" and self.verified_until is not None and self.verified_until >= today

    def is_verified(self, today: date) -> bool:
        """Whether the host may be matched and publish on `today`: its verification stands, and no suspension."""
        return self.keeps_verification(today) and self.suspended_at is None


class Verification(Base):
    """A coordinator's decision on a host, with what was looked at."""

    __tablename__ = "verification"

    id: Mapped[int] = mapped_column(primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("host.id"), index=True)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime] = mapped_column()
    passed: Mapped[bool] = mapped_column()
    registration_seen: Mapped[str] = mapped_column(String(300), default="")
    reference_one_said: Mapped[str] = mapped_column(Text, default="")
    reference_two_said: Mapped[str] = mapped_column(Text, default="")
    called_on: Mapped[date | None] = mapped_column()
    call_note: Mapped[str] = mapped_column(Text, default="")
    safeguarding_person: Mapped[str] = mapped_column(String(200), default="")
    conduct_policy_seen: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")  # words to the host where it was declined
