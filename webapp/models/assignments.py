"""An assignment: a described piece of work with places, conditions, money and safety."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, COUNTRY, Base, OneLine, one_of

if TYPE_CHECKING:
    from webapp.models.hosts import Host
    from webapp.models.teams import TeamRole
    from webapp.models.vios import Vio

ASSIGNMENT_STATES = ("draft", "submitted", "changes_requested", "open", "filled", "closed", "cancelled")
EXPERIENCE_LEVELS = ("newcomer", "experienced", "specialist")
MODES = ("on_site", "online", "either")
CONTACT = ("none", "supervised", "unsupervised")
YES_NO = ("yes", "no")


# What lists of open assignments are narrowed and ordered by: read without the long texts beside it.
IN_STATE = ("state", "start_on", "id", "host_id", "end_on", "country", "sector", "mode", "experience_level")


class Assignment(Base):
    """What a host asks for. Only `title` is needed for a draft; services/assignments.py says what publishing needs."""

    __tablename__ = "assignment"
    __table_args__ = (
        one_of("state", ASSIGNMENT_STATES),
        one_of("experience_level", EXPERIENCE_LEVELS, nullable=True),
        one_of("mode", MODES, nullable=True),
        one_of("contact_children", CONTACT, nullable=True),
        one_of("contact_adults", CONTACT, nullable=True),
        CheckConstraint("end_on IS NULL OR start_on IS NULL OR end_on >= start_on", name="dates"),
        CheckConstraint(
            "places_international >= 0 AND places_national >= 0 AND places_local >= 0", name="places_not_negative"
        ),
        CheckConstraint("state <> 'open' OR (published_at IS NOT NULL)", name="open_was_published"),
        UniqueConstraint("vio_id", "external_id"),
        Index("ix_assignment_of_vio", "vio_id", "state", "start_on", "id"),
        Index("ix_assignment_in_state", *IN_STATE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"))  # the receiving VIO
    host_id: Mapped[int] = mapped_column(ForeignKey("host.id"), index=True)
    external_id: Mapped[str | None] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(20), default="draft")

    # the work
    title: Mapped[str] = mapped_column(OneLine(200))
    sector: Mapped[str | None] = mapped_column(CODE)
    tasks: Mapped[str] = mapped_column(Text, default="")
    plain_day: Mapped[str] = mapped_column(Text, default="")
    hardest_thing: Mapped[str] = mapped_column(Text, default="")
    expected_results: Mapped[str] = mapped_column(Text, default="")
    learning: Mapped[str] = mapped_column(Text, default="")
    local_strengths: Mapped[str] = mapped_column(Text, default="")
    skills_text: Mapped[str] = mapped_column(Text, default="")  # skills in the host's own words
    experience_level: Mapped[str | None] = mapped_column(String(12))
    hours: Mapped[int | None] = mapped_column()  # a week

    # where and when
    mode: Mapped[str | None] = mapped_column(String(8))
    country: Mapped[str | None] = mapped_column(COUNTRY, index=True)
    location: Mapped[str] = mapped_column(String(200), default="")
    start_on: Mapped[date | None] = mapped_column()
    end_on: Mapped[date | None] = mapped_column()
    weeks: Mapped[int | None] = mapped_column()  # the shortest stay that works
    time_zone: Mapped[str | None] = mapped_column(String(64))
    online_from: Mapped[str | None] = mapped_column(String(5))
    online_to: Mapped[str | None] = mapped_column(String(5))
    places_international: Mapped[int] = mapped_column(default=0)
    places_national: Mapped[int] = mapped_column(default=0)
    places_local: Mapped[int] = mapped_column(default=0)

    # conditions as facts (blank: not stated)
    lodging: Mapped[str] = mapped_column(String(300), default="")
    water: Mapped[str] = mapped_column(CODE, default="")  # running, well, carried: see vocabulary.CONDITIONS
    power: Mapped[str] = mapped_column(CODE, default="")
    internet: Mapped[str] = mapped_column(CODE, default="")
    hospital_hours: Mapped[int | None] = mapped_column()
    hottest_celsius: Mapped[int | None] = mapped_column()
    coldest_celsius: Mapped[int | None] = mapped_column()
    altitude_metres: Mapped[int | None] = mapped_column()
    walking_km: Mapped[int | None] = mapped_column()  # a day
    step_free: Mapped[str | None] = mapped_column(String(3))
    conditions_text: Mapped[str] = mapped_column(Text, default="")

    # people and safety
    contact_children: Mapped[str | None] = mapped_column(String(12))
    contact_adults: Mapped[str | None] = mapped_column(String(12))
    supervisor: Mapped[str] = mapped_column(String(200), default="")
    supervision_hours: Mapped[int | None] = mapped_column()  # a week
    counterpart: Mapped[str] = mapped_column(String(200), default="")
    community_consulted: Mapped[str] = mapped_column(Text, default="")
    # structured answers on which services/refusals.py refuses; None: not answered yet
    is_child_institution: Mapped[bool | None] = mapped_column()
    has_clinical_acts: Mapped[bool | None] = mapped_column()
    is_security_work: Mapped[bool | None] = mapped_column()
    is_party_or_religious_work: Mapped[bool | None] = mapped_column()
    replaces_strikers: Mapped[bool | None] = mapped_column()
    has_fees_not_listed: Mapped[bool | None] = mapped_column()

    # What keeps it from displacing anyone (R10), and its ties (R19):
    was_paid_post: Mapped[bool | None] = mapped_column()  # within the last two years
    locals_sought: Mapped[str] = mapped_column(Text, default="")
    why_not_paid_local: Mapped[str] = mapped_column(Text, default="")
    handover: Mapped[str] = mapped_column(Text, default="")
    funder: Mapped[str] = mapped_column(String(300), default="")
    sponsor: Mapped[str] = mapped_column(String(300), default="")
    project_ties: Mapped[str] = mapped_column(Text, default="")
    community_dispute: Mapped[str] = mapped_column(Text, default="")
    national_priority: Mapped[str] = mapped_column(Text, default="")
    sdg_targets: Mapped[list[str]] = mapped_column(default=list)

    assumed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    words_to_host: Mapped[str] = mapped_column(Text, default="")  # the reviewer's last words
    created_at: Mapped[datetime] = mapped_column()
    updated_at: Mapped[datetime] = mapped_column()
    submitted_at: Mapped[datetime | None] = mapped_column()
    published_at: Mapped[datetime | None] = mapped_column()

    vio: Mapped[Vio] = relationship()
    host: Mapped[Host] = relationship()
    skills: Mapped[list[AssignmentSkill]] = relationship(cascade="all, delete-orphan", order_by="AssignmentSkill.id")
    languages: Mapped[list[AssignmentLanguage]] = relationship(
        cascade="all, delete-orphan", order_by="AssignmentLanguage.id"
    )
    money: Mapped[list[MoneyLine]] = relationship(cascade="all, delete-orphan", order_by="MoneyLine.id")
    team: Mapped[list[TeamRole]] = relationship(cascade="all, delete-orphan", order_by="TeamRole.position")

    @property
    def places(self) -> int:
        """All places together."""
        return self.places_international + self.places_national + self.places_local


class AssignmentSkill(Base):
    """A skill that the work asks for."""

    __tablename__ = "assignment_skill"
    __table_args__ = (
        CheckConstraint("level IS NULL OR level BETWEEN 1 AND 4", name="level"),
        UniqueConstraint("assignment_id", "skill"),
        Index("ix_assignment_skill_of_skill", "skill", "assignment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), index=True)
    skill: Mapped[str] = mapped_column(CODE)
    level: Mapped[int | None] = mapped_column()
    is_essential: Mapped[bool] = mapped_column(default=True)
    needs_licence: Mapped[bool] = mapped_column(default=False)


class AssignmentLanguage(Base):
    """A language needed at least at `level`, or (`is_required` false) one that helps."""

    __tablename__ = "assignment_language"
    __table_args__ = (
        UniqueConstraint("assignment_id", "language"),
        Index("ix_assignment_language_of_language", "language", "assignment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(15))
    level: Mapped[str] = mapped_column(String(2), default="B1")
    is_required: Mapped[bool] = mapped_column(default=True)
    for_safety: Mapped[bool] = mapped_column(default=False)


class MoneyLine(Base):
    """Who pays whom, what, how much and when; in either direction."""

    __tablename__ = "money_line"
    __table_args__ = (
        one_of("payer", ("host", "vio", "volunteer", "sponsor")),
        one_of("payee", ("host", "vio", "volunteer", "third_party")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), index=True)
    payer: Mapped[str] = mapped_column(String(12))
    payee: Mapped[str] = mapped_column(String(12))
    what: Mapped[str] = mapped_column(String(200))
    amount: Mapped[str] = mapped_column(String(60))  # "120 USD a month", "free room": as agreed, never computed with
    when: Mapped[str] = mapped_column(String(120), default="")
