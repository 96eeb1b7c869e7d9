"""Volunteers who go together or not at all, and the offers that hold only all at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, one_of

if TYPE_CHECKING:
    from webapp.models.volunteers import Volunteer

BOND_STATES = ("asked", "standing", "kept", "ended")


class Bond(Base):
    """Two to four volunteers who want the same place at the same time: all of them, or none."""

    __tablename__ = "bond"
    __table_args__ = (one_of("state", BOND_STATES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(10), default="asked")  # kept: it led to placements
    created_at: Mapped[datetime] = mapped_column()
    state_at: Mapped[datetime] = mapped_column()

    members: Mapped[list[BondMember]] = relationship(
        back_populates="bond", cascade="all, delete-orphan", order_by="BondMember.id"
    )

    @property
    def people(self) -> list[Volunteer]:
        """Those who have said yes; whoever asked stands first."""
        return [member.volunteer for member in self.members if member.volunteer is not None]


class BondMember(Base):
    """One of them. Until the person says yes there is an address and the hash of a link, and no profile."""

    __tablename__ = "bond_member"
    __table_args__ = (
        UniqueConstraint("bond_id", "volunteer_id"),
        CheckConstraint("(volunteer_id IS NULL) = (joined_at IS NULL)", name="joined_is_known"),
        CheckConstraint("volunteer_id IS NULL OR email = ''", name="address_goes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bond_id: Mapped[int] = mapped_column(ForeignKey("bond.id", ondelete="CASCADE"), index=True)
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(255), default="", index=True)  # only while the person is asked
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime | None] = mapped_column()
    joined_at: Mapped[datetime | None] = mapped_column()

    bond: Mapped[Bond] = relationship(back_populates="members")
    volunteer: Mapped[Volunteer | None] = relationship()


class JointOffer(Base):
    """What ties offers together that were made at once: each becomes a placement when all have said yes."""

    __tablename__ = "joint_offer"

    id: Mapped[int] = mapped_column(primary_key=True)
    bond_id: Mapped[int] = mapped_column(ForeignKey("bond.id"), index=True)
    made_at: Mapped[datetime] = mapped_column()
