"""A volunteer's profile."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, COUNTRY, Base, OneLine, one_of

if TYPE_CHECKING:
    from webapp.models.accounts import User
    from webapp.models.consents import Consent
    from webapp.models.vios import Vio

LANGUAGE_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2", "N")
KNOWN_BY = ("own", "certificate", "interview")
WISHES = ("country", "route", "excluded")
CONDITION_ANSWERS = ("fine", "ask", "cannot")
KEPT = text("erased_at IS NULL")
CLAIMED = text("user_id IS NOT NULL")  # of whole offices that came in with a list few are


class Volunteer(Base):
    """Who offers to serve. Without `user_id` the profile is unclaimed (imported by a VIO)."""

    __tablename__ = "volunteer"
    __table_args__ = (
        CheckConstraint("stay_min_weeks IS NULL OR stay_min_weeks BETWEEN 1 AND 260", name="stay_min_weeks"),
        CheckConstraint("stay_max_weeks IS NULL OR stay_max_weeks BETWEEN 1 AND 260", name="stay_max_weeks"),
        CheckConstraint("online_hours IS NULL OR online_hours BETWEEN 1 AND 60", name="online_hours"),
        UniqueConstraint("vio_id", "external_id"),
        # Of part of the rows: with `erased_at` before the name PostgreSQL reads a whole office to sort it.
        Index("ix_volunteer_of_vio", "vio_id", "full_name", "id", sqlite_where=KEPT, postgresql_where=KEPT),
        Index("ix_volunteer_claimed", "vio_id", "full_name", "id", sqlite_where=CLAIMED, postgresql_where=CLAIMED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), unique=True)
    external_id: Mapped[str | None] = mapped_column(String(100))  # the office's own number, from an import
    full_name: Mapped[str] = mapped_column(
        OneLine(200)
    )  # as the person writes it, in one field: order and script are theirs
    call_me: Mapped[str | None] = mapped_column(OneLine(100))
    email: Mapped[str | None] = mapped_column(String(255))
    phone: Mapped[str | None] = mapped_column(String(50))
    residence: Mapped[str | None] = mapped_column(COUNTRY)
    is_adult: Mapped[bool] = mapped_column(default=False)  # the person's own "I am 18 or over"
    experience: Mapped[str] = mapped_column(Text, default="")
    motivation: Mapped[str] = mapped_column(Text, default="")  # for people only: no model reads it
    anywhere: Mapped[bool] = mapped_column(default=False)
    stay_min_weeks: Mapped[int | None] = mapped_column()
    stay_max_weeks: Mapped[int | None] = mapped_column()
    on_site: Mapped[bool | None] = mapped_column()
    online: Mapped[bool | None] = mapped_column()
    online_hours: Mapped[int | None] = mapped_column()
    online_from: Mapped[str | None] = mapped_column(String(5))  # HH:MM in time_zone
    online_to: Mapped[str | None] = mapped_column(String(5))
    time_zone: Mapped[str | None] = mapped_column(String(64))
    open_to_all: Mapped[bool] = mapped_column(default=False)  # other VIOs see matches without a name
    availability_confirmed_on: Mapped[date | None] = mapped_column()
    barred_at: Mapped[datetime | None] = mapped_column()  # while a bar of the own VIO stands
    causes: Mapped[list[str]] = mapped_column(default=list)  # SDG goals
    assumed: Mapped[dict[str, Any]] = mapped_column(default=dict)  # field -> why, for values an import filled in
    erased_at: Mapped[datetime | None] = mapped_column()  # the person is gone, and in no list
    created_at: Mapped[datetime] = mapped_column()
    updated_at: Mapped[datetime] = mapped_column()

    vio: Mapped[Vio] = relationship()
    user: Mapped[User | None] = relationship(back_populates="volunteer")
    skills: Mapped[list[VolunteerSkill]] = relationship(cascade="all, delete-orphan", order_by="VolunteerSkill.skill")
    licences: Mapped[list[Licence]] = relationship(cascade="all, delete-orphan", order_by="Licence.id")
    languages: Mapped[list[VolunteerLanguage]] = relationship(
        cascade="all, delete-orphan", order_by="VolunteerLanguage.language"
    )
    windows: Mapped[list[AvailabilityWindow]] = relationship(
        cascade="all, delete-orphan", order_by="AvailabilityWindow.starts_on"
    )
    wishes: Mapped[list[CountryWish]] = relationship(cascade="all, delete-orphan", order_by="CountryWish.id")
    services: Mapped[list[EarlierService]] = relationship(cascade="all, delete-orphan", order_by="EarlierService.id")
    conditions: Mapped[list[ConditionAnswer]] = relationship(cascade="all, delete-orphan")
    consents: Mapped[list[Consent]] = relationship(cascade="all, delete-orphan", order_by="Consent.id")

    @property
    def is_claimed(self) -> bool:
        """Whether the person has an account of their own on this profile."""
        return self.user_id is not None

    @property
    def called(self) -> str:
        """How to address the person."""
        return self.call_me or self.full_name


class VolunteerSkill(Base):
    """A taxonomy skill with evidence: 1 with guidance, 2 alone, 3 in hard conditions or leading, 4 I teach others."""

    __tablename__ = "volunteer_skill"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 4", name="level"), UniqueConstraint("volunteer_id", "skill"))

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    skill: Mapped[str] = mapped_column(CODE)
    level: Mapped[int] = mapped_column()
    last_used: Mapped[int | None] = mapped_column()  # a year


class Licence(Base):
    """A licence to practise that the volunteer says to hold."""

    __tablename__ = "licence"

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    skill: Mapped[str] = mapped_column(CODE)
    country: Mapped[str] = mapped_column(COUNTRY)
    valid_until: Mapped[date | None] = mapped_column()


class VolunteerLanguage(Base):
    """A language with CEFR level (N: first language) and how the level is known."""

    __tablename__ = "volunteer_language"
    __table_args__ = (
        one_of("level", LANGUAGE_LEVELS),
        one_of("known_by", KNOWN_BY),
        UniqueConstraint("volunteer_id", "language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(15))
    level: Mapped[str] = mapped_column(String(2))
    known_by: Mapped[str] = mapped_column(String(12), default="own")


class AvailabilityWindow(Base):
    """From the first to the last day on which the volunteer can serve, both included."""

    __tablename__ = "availability_window"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    starts_on: Mapped[date] = mapped_column()
    ends_on: Mapped[date] = mapped_column()


class CountryWish(Base):
    """A country or whole route where the volunteer would serve, or a country that is excluded."""

    __tablename__ = "country_wish"
    __table_args__ = (one_of("kind", WISHES), UniqueConstraint("volunteer_id", "kind", "code"))

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(CODE)


class EarlierService(Base):
    """Where the volunteer has served before; hosts never see it by country."""

    __tablename__ = "earlier_service"

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    country: Mapped[str] = mapped_column(COUNTRY)
    year: Mapped[int | None] = mapped_column()
    what: Mapped[str] = mapped_column(String(300), default="")


class ConditionAnswer(Base):
    """By condition of life: fine, ask me, cannot. Private to the volunteer; stored in no match."""

    __tablename__ = "condition_answer"
    __table_args__ = (one_of("answer", CONDITION_ANSWERS), UniqueConstraint("volunteer_id", "condition"))

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id", ondelete="CASCADE"), index=True)
    condition: Mapped[str] = mapped_column(CODE)
    answer: Mapped[str] = mapped_column(String(8))
