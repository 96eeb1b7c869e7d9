"""The team that an assignment is for: who works together, in which role."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import CODE, Base, OneLine, one_of
from webapp.models.offers import PLACE_KINDS


class TeamRole(Base):
    """A role in the team of an assignment, with how many people have it and where they come from."""

    __tablename__ = "team_role"
    __table_args__ = (
        one_of("kind", PLACE_KINDS),
        CheckConstraint("label <> ''", name="label"),
        CheckConstraint("number BETWEEN 1 AND 99", name="number"),
        CheckConstraint("by_host BETWEEN 0 AND number", name="by_host"),
        CheckConstraint("by_host = 0 OR kind = 'local'", name="by_host_is_local"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column()  # from 1, in the order of the host
    label: Mapped[str] = mapped_column(OneLine(120))  # in the host's words
    skills: Mapped[list[str]] = mapped_column(default=list)
    kind: Mapped[str] = mapped_column(CODE)
    number: Mapped[int] = mapped_column()
    by_host: Mapped[int] = mapped_column(default=0)  # people of the place whom the host has found itself; no names

    @property
    def to_offer(self) -> int:
        """How many places the service can offer: all but those that the host has filled itself."""
        return self.number - self.by_host
