"""What has to be cleared before a placement can start, and what a VIO asks for beside the common list."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, COUNTRY, Base, OneLine, one_of
from webapp.models.sealed import Encrypted

if TYPE_CHECKING:
    from webapp.models.placements import Placement
    from webapp.models.vios import Vio

CLEARANCE_STATES = ("open", "submitted", "cleared", "refused", "expired", "waived")
OWNERS = ("volunteer", "sending", "receiving")  # who has to do it
OWN_ITEM = "own"  # what a VIO asks for that is not on the common list
TRAINING_ITEM = "volunteer_training"  # the course for volunteers; passed, it clears itself
# What nobody can let a person go without, whoever agrees to it.
NEVER_WAIVED = ("right_to_work", "insurance", "licence", "safeguarding_check", "emergency_contact")
RULE_MODES = ("any", "on_site", "online")
_NEVER = ", ".join(f"'{item}'" for item in NEVER_WAIVED)


class Clearance(Base):
    """One item of a placement's checklist: who does it, by when, who checks it, and how it stands."""

    __tablename__ = "clearance"
    __table_args__ = (
        one_of("state", CLEARANCE_STATES),
        one_of("owner", OWNERS),
        CheckConstraint(f"state <> 'waived' OR item NOT IN ({_NEVER})", name="never_waived"),
        CheckConstraint(
            "state <> 'waived' OR (waiver_by_id IS NOT NULL AND waived_by_id IS NOT NULL "
            "AND waiver_by_id <> waived_by_id)",
            name="waived_by_two",
        ),
        CheckConstraint(f"(item = '{OWN_ITEM}') = (length(title) > 0)", name="own_has_title"),
        UniqueConstraint("placement_id", "item", "title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    item: Mapped[str] = mapped_column(CODE)  # a name of services/clearance_items.ITEMS
    title: Mapped[str] = mapped_column(OneLine(200), default="")  # of what only this office asks for
    owner: Mapped[str] = mapped_column(String(10))
    checked_by_vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    is_mandatory: Mapped[bool] = mapped_column()
    state: Mapped[str] = mapped_column(String(12), default="open")
    due_on: Mapped[date] = mapped_column(index=True)
    expires_on: Mapped[date | None] = mapped_column()  # the last day on which it holds
    handed_in: Mapped[str] = mapped_column(Encrypted(), default="")  # the volunteer's words with it
    words: Mapped[str] = mapped_column(Encrypted(), default="")  # of whoever checked it last, to the volunteer
    waiver_reason: Mapped[str] = mapped_column(Encrypted(), default="")  # blotted out as the other words are
    waiver_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # who asked to go without it
    waived_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # who agreed
    created_at: Mapped[datetime] = mapped_column()
    state_at: Mapped[datetime] = mapped_column()

    placement: Mapped[Placement] = relationship()
    checked_by: Mapped[Vio] = relationship()

    def holds(self, day: date) -> bool:
        """Whether it is settled on `day`: waived, or cleared and not run out."""
        is_valid = self.expires_on is None or self.expires_on >= day
        return self.state == "waived" or (self.state == "cleared" and is_valid)

    @property
    def runs_out_on_the_way(self) -> bool:
        """Whether it holds now and not to the last day of the stay."""
        return self.state == "cleared" and self.expires_on is not None and self.expires_on < self.placement.ends_on


class ClearanceRule(Base):
    """What a VIO adds to the common list, for a pair of countries and a kind of stay. It takes nothing away."""

    __tablename__ = "clearance_rule"
    __table_args__ = (
        one_of("owner", OWNERS),
        one_of("mode", RULE_MODES),
        CheckConstraint("days_before BETWEEN 0 AND 365", name="days_before"),
        CheckConstraint(f"(item = '{OWN_ITEM}') = (length(title) > 0)", name="own_has_title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    item: Mapped[str] = mapped_column(CODE)
    title: Mapped[str] = mapped_column(OneLine(200), default="")
    owner: Mapped[str] = mapped_column(String(10), default="volunteer")  # of the office's own item
    lives_in: Mapped[str | None] = mapped_column(COUNTRY)  # None: wherever the person lives
    works_in: Mapped[str | None] = mapped_column(COUNTRY)  # None: wherever the work is
    mode: Mapped[str] = mapped_column(String(8), default="any")
    is_mandatory: Mapped[bool] = mapped_column(default=True)
    days_before: Mapped[int] = mapped_column(default=14)  # the first day
    created_at: Mapped[datetime] = mapped_column()
