"""A report: what somebody said on the speak-up page, by paper or by telephone, and the words that followed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, Base, one_of
from webapp.models.sealed import Encrypted

if TYPE_CHECKING:
    from webapp.models.accounts import User
    from webapp.models.vios import Vio

REPORT_STATES = ("received", "in_hand", "referred", "closed")
HARM_KINDS = ("child", "sexual", "violence", "unfair", "money", "danger", "other")
CONTACT_WISHES = ("page", "reach", "none")
INTAKES = ("web", "paper", "phone")
SIDES_OF_REPORT = ("reporter", "answer", "note")


class Report(Base):
    """Read by its handler alone: a focal point whom it does not name."""

    __tablename__ = "report"
    __table_args__ = (
        one_of("state", REPORT_STATES),
        one_of("kind", HARM_KINDS),
        one_of("wish", CONTACT_WISHES),
        one_of("intake", INTAKES),
        CheckConstraint("wish <> 'reach' OR contact <> ''", name="reach_has_contact"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)  # of the reference code, which nobody keeps
    phrase_hash: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="received")
    kind: Mapped[str] = mapped_column(CODE)
    # Opened when they are read: every page counts what waits, and shows none of it.
    what: Mapped[str] = mapped_column(Encrypted(), deferred=True, deferred_group="words")
    who: Mapped[str] = mapped_column(Encrypted(), deferred=True, deferred_group="words", default="")
    location: Mapped[str] = mapped_column(Encrypted(), deferred=True, deferred_group="words", default="")
    name: Mapped[str] = mapped_column(
        Encrypted(200), deferred=True, deferred_group="words", default=""
    )  # empty: anonymous
    wish: Mapped[str] = mapped_column(CODE)
    contact: Mapped[str] = mapped_column(Encrypted(300), deferred=True, deferred_group="words", default="")
    intake: Mapped[str] = mapped_column(CODE, default="web")
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column()
    state_at: Mapped[datetime] = mapped_column()
    closed_at: Mapped[datetime | None] = mapped_column()

    vio: Mapped[Vio] = relationship()
    handler: Mapped[User | None] = relationship()
    exclusions: Mapped[list[ReportExclusion]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    words: Mapped[list[ReportWord]] = relationship(
        order_by="ReportWord.id", cascade="all, delete-orphan", passive_deletes=True
    )


class ReportExclusion(Base):
    """A focal point who must never read a report: ticked by the reporter, or named in it."""

    __tablename__ = "report_exclusion"
    __table_args__ = (UniqueConstraint("report_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))


class ReportWord(Base):
    """Words after the report: of the reporter, an answer to them, or the handler's own note."""

    __tablename__ = "report_word"
    __table_args__ = (one_of("side", SIDES_OF_REPORT),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    side: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Encrypted())
    at: Mapped[datetime] = mapped_column()
