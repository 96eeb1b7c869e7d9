"""What a VIO asks its applicants in words, in versions, and what each of them answered and confirmed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import CODE, Base, one_of

if TYPE_CHECKING:
    from webapp.models.accounts import User

QUESTION_KINDS = ("motivation", "intercultural")


class QuestionSet(Base):
    """The questions of a VIO as they were kept at one time. Never changed: a change makes the next number."""

    __tablename__ = "question_set"
    __table_args__ = (UniqueConstraint("vio_id", "number"), CheckConstraint("number >= 1", name="number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    vio_id: Mapped[int] = mapped_column(ForeignKey("vio.id"), index=True)
    number: Mapped[int] = mapped_column()  # 1, 2, 3 ... of this VIO; the highest is in force
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column()

    made_by: Mapped[User | None] = relationship()
    questions: Mapped[list[Question]] = relationship(cascade="all, delete-orphan", order_by="Question.position")


class Question(Base):
    """One question. With a `code` it is one of our suggestions and is read in the reader's own language."""

    __tablename__ = "question"
    __table_args__ = (
        one_of("kind", QUESTION_KINDS),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("prompt <> ''", name="prompt"),
        UniqueConstraint("set_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("question_set.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(String(13))
    code: Mapped[str] = mapped_column(CODE, default="")
    prompt: Mapped[str] = mapped_column(Text)
    is_required: Mapped[bool] = mapped_column(default=False)


class ApplicationAnswer(Base):
    """What an applicant wrote; it hangs on the question as it was asked then."""

    __tablename__ = "application_answer"
    __table_args__ = (UniqueConstraint("application_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    text: Mapped[str] = mapped_column(Text)

    question: Mapped[Question] = relationship()


class ConductDeclaration(Base):
    """That an applicant confirmed the declaration on conduct, in which version of its wording, and when."""

    __tablename__ = "conduct_declaration"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), unique=True)
    version: Mapped[str] = mapped_column(String(20))
    confirmed_at: Mapped[datetime] = mapped_column()
