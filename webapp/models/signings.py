"""The expectation agreement of one placement: each wording that was proposed, and who signed it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.agreements import Agreement
from webapp.models.base import Base, OneLine, one_of
from webapp.models.offers import PLACE_KINDS
from webapp.models.placements import Placement

WORDING_STATES = ("proposed", "signed", "declined", "replaced")
SIGNING_SIDES = ("volunteer", "host")
PROPOSING_SIDES = (*SIGNING_SIDES, "office")
_OPEN = text("state = 'proposed'")


class Wording(Base):
    """What the two sides of a placement are to sign: a version of the agreement, and what is the placement's own.

    A row never changes once it is proposed, but for its state; whoever wants it otherwise proposes the next one.
    """

    __tablename__ = "wording"
    __table_args__ = (
        one_of("state", WORDING_STATES),
        one_of("kind", PLACE_KINDS),
        one_of("proposed_side", PROPOSING_SIDES),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        UniqueConstraint("placement_id", "number"),
        Index("uq_wording_open", "placement_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column()  # 1, 2, 3 ... of this placement
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    kind: Mapped[str] = mapped_column(String(15))
    starts_on: Mapped[date] = mapped_column()
    ends_on: Mapped[date] = mapped_column()  # included
    own: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # what the assignment leaves open: code of a term -> words
    words: Mapped[str] = mapped_column(Text, default="")  # what changes and why; blank for the first
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    proposed_side: Mapped[str] = mapped_column(String(10))
    answer_words: Mapped[str] = mapped_column(Text, default="")  # why it was declined
    made_at: Mapped[datetime] = mapped_column()
    state_at: Mapped[datetime] = mapped_column()

    placement: Mapped[Placement] = relationship()
    agreement: Mapped[Agreement] = relationship()
    signatures: Mapped[list[Signature]] = relationship(order_by="Signature.id", cascade="all, delete-orphan")

    def signed_by(self, side: str) -> Signature | None:
        """Return the signature of a side (volunteer, host)."""
        return next((one for one in self.signatures if one.side == side), None)


class Signature(Base):
    """One side's yes to a wording: the name as typed, and the text exactly as it was shown."""

    __tablename__ = "signature"
    __table_args__ = (one_of("side", SIGNING_SIDES), UniqueConstraint("wording_id", "side"))

    id: Mapped[int] = mapped_column(primary_key=True)
    wording_id: Mapped[int] = mapped_column(ForeignKey("wording.id", ondelete="CASCADE"))
    side: Mapped[str] = mapped_column(String(10))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(OneLine(200))
    language: Mapped[str] = mapped_column(String(10))  # of the text
    text: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64))  # SHA-256 of the text
    signed_at: Mapped[datetime] = mapped_column()
