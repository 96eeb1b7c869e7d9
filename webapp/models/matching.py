"""What the matcher found and showed: runs, matches, and what coordinators made of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, Base, one_of
from webapp.models.packed import PackedJson

if TYPE_CHECKING:
    from webapp.models.assignments import Assignment
    from webapp.models.volunteers import Volunteer

RUN_STATES = ("queued", "running", "finished", "failed")
RUN_SCOPES = ("assignment", "volunteer", "everything")
MATCH_STATUSES = ("eligible", "near")
SHOWN: dict[str, Any] = {"sqlite_where": text("is_current = 1"), "postgresql_where": text("is_current")}
VERDICTS = ("endorse", "dismiss", "propose", "invite")


class MatchRun(Base):
    """One ranking: with what, of what, and how far it is. Its matches become visible in one commit, at the end."""

    __tablename__ = "match_run"
    __table_args__ = (
        one_of("state", RUN_STATES),
        one_of("scope", RUN_SCOPES),
        CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name="finished_has_time"),
        Index("ix_match_run_cut", "id", sqlite_where=text("is_cut = 1"), postgresql_where=text("is_cut")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int | None] = mapped_column(ForeignKey("vio.id"), index=True)
    scope: Mapped[str] = mapped_column(String(12), index=True)
    subject_id: Mapped[int | None] = mapped_column(index=True)  # the assignment or volunteer of the scope
    state: Mapped[str] = mapped_column(String(10), default="queued", index=True)
    seed: Mapped[int] = mapped_column()
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    weights: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of the installation
    # VIO -> the version of the score (score_model.id) that ranked its assignments; a VIO without one had the weights.
    models: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Of a run over everything: who weighs how much in the lot, by id of assignments and of volunteers.
    spread: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # SHA-256 of its rows as they were found; empty while it runs, and of runs before inputs were kept.
    result: Mapped[str] = mapped_column(String(64), default="", server_default="")
    is_look: Mapped[bool] = mapped_column(default=False, server_default=false())  # nothing had changed: whole_lists
    # Whether an assignment of it has more people than a run keeps: whoever is beyond these has no match by it.
    is_cut: Mapped[bool] = mapped_column(default=False, server_default=false())
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    seconds_left: Mapped[int | None] = mapped_column()  # at the pace so far; None: not known
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column()
    heartbeat_at: Mapped[datetime | None] = mapped_column()
    finished_at: Mapped[datetime | None] = mapped_column()


class Match(Base):
    """A computed suggestion with its reasons. `is_current` marks the newest of a pair; older ones stay as shown."""

    __tablename__ = "match"
    __table_args__ = (
        one_of("status", MATCH_STATUSES),
        UniqueConstraint("run_id", "assignment_id", "volunteer_id"),
        # What is shown no more, and what a run under way has found, is in neither.
        Index("ix_match_of_assignment", "assignment_id", "status", "score", **SHOWN),
        Index("ix_match_of_volunteer", "volunteer_id", "status", "band", "lot", "assignment_id", **SHOWN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("match_run.id"))
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    is_current: Mapped[bool] = mapped_column(default=True)
    status: Mapped[str] = mapped_column(String(10))
    score: Mapped[float] = mapped_column()
    band: Mapped[int] = mapped_column()
    lot: Mapped[str] = mapped_column(String(16))  # orders the people of one band
    missing: Mapped[list[Any]] = mapped_column(default=list)
    reasons: Mapped[list[Any]] = mapped_column(PackedJson, default=list)

    run: Mapped[MatchRun] = relationship()
    assignment: Mapped[Assignment] = relationship()
    volunteer: Mapped[Volunteer] = relationship()


class Exclusion(Base):
    """How many volunteers a rule left out of an assignment in its newest run (counts, never names)."""

    __tablename__ = "exclusion"
    __table_args__ = (UniqueConstraint("run_id", "assignment_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("match_run.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(CODE)
    people: Mapped[int] = mapped_column()


class Review(Base):
    """A coordinator's word on a match: endorse, dismiss, propose for the shortlist, invite; its reason is kept."""

    __tablename__ = "review"
    __table_args__ = (
        one_of("verdict", VERDICTS),
        CheckConstraint("length(reason_code) > 0", name="has_reason"),
        Index("ix_review_pair", "assignment_id", "volunteer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"))
    match_id: Mapped[int | None] = mapped_column(ForeignKey("match.id", ondelete="SET NULL"), index=True)
    verdict: Mapped[str] = mapped_column(String(10))
    reason_code: Mapped[str] = mapped_column(CODE)
    note: Mapped[str] = mapped_column(Text, default="")
    was_blind: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column()

    assignment: Mapped[Assignment] = relationship()
    volunteer: Mapped[Volunteer] = relationship()


class MatchInvitation(Base):
    """A coordinator's invitation to a volunteer to look at an assignment; the answer is the volunteer's."""

    __tablename__ = "match_invitation"
    __table_args__ = (
        one_of("state", ("sent", "accepted", "declined")),
        UniqueConstraint("assignment_id", "volunteer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="sent")
    words: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    sent_at: Mapped[datetime] = mapped_column()
    answered_at: Mapped[datetime | None] = mapped_column()

    assignment: Mapped[Assignment] = relationship()
    volunteer: Mapped[Volunteer] = relationship()


class PutForward(Base):
    """A sending VIO's volunteer put forward, with consent, to a receiving VIO's assignment under a partnership."""

    __tablename__ = "put_forward"
    __table_args__ = (
        one_of("state", ("asked", "agreed", "declined", "withdrawn")),
        UniqueConstraint("assignment_id", "volunteer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="asked")  # asked: the volunteer has not answered yet
    words: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column()
    answered_at: Mapped[datetime | None] = mapped_column()

    assignment: Mapped[Assignment] = relationship()
    volunteer: Mapped[Volunteer] = relationship()
