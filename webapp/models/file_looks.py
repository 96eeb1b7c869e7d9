"""Who opened the page of a volunteer, so that the person can see it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, Base, one_of

if TYPE_CHECKING:
    from webapp.models.hosts import Host
    from webapp.models.vios import Vio

LOOKS = ("profile", "contact", "list")  # contact: with e-mail and telephone; list: in a file that was downloaded


class FileLook(Base):
    """That an account saw a volunteer's profile or contact data on a day; one row for each kind and day."""

    __tablename__ = "file_look"
    __table_args__ = (
        one_of("what", LOOKS),
        Index("ix_file_look_volunteer_id_day", "volunteer_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    role: Mapped[str] = mapped_column(CODE)
    vio_id: Mapped[int | None] = mapped_column(ForeignKey("vio.id"))
    host_id: Mapped[int | None] = mapped_column(ForeignKey("host.id", ondelete="SET NULL"))
    what: Mapped[str] = mapped_column(String(8))
    day: Mapped[date] = mapped_column()

    vio: Mapped[Vio | None] = relationship()
    host: Mapped[Host | None] = relationship()
