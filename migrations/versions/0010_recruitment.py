"""Recruitment: questions and answers, the declaration on conduct, references, scorecards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "question_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vio_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_question_set_number")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name=op.f("fk_question_set_made_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["vio_id"], ["vio.id"], name=op.f("fk_question_set_vio_id_vio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_set")),
        sa.UniqueConstraint("vio_id", "number", name=op.f("uq_question_set_vio_id_number")),
    )
    op.create_index(op.f("ix_question_set_vio_id"), "question_set", ["vio_id"])
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=13), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('motivation', 'intercultural')", name=op.f("ck_question_kind")),
        sa.CheckConstraint("prompt <> ''", name=op.f("ck_question_prompt")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_question_position")),
        sa.ForeignKeyConstraint(
            ["set_id"], ["question_set.id"], name=op.f("fk_question_set_id_question_set"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("set_id", "position", name=op.f("uq_question_set_id_position")),
    )
    op.create_index(op.f("ix_question_set_id"), "question", ["set_id"])
    op.create_table(
        "application_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_answer_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_application_answer_question_id_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_answer")),
        sa.UniqueConstraint(
            "application_id", "question_id", name=op.f("uq_application_answer_application_id_question_id")
        ),
    )
    op.create_index(op.f("ix_application_answer_application_id"), "application_answer", ["application_id"])
    op.create_index(op.f("ix_application_answer_question_id"), "application_answer", ["question_id"])
    op.create_table(
        "conduct_declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_conduct_declaration_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conduct_declaration")),
        sa.UniqueConstraint("application_id", name=op.f("uq_conduct_declaration_application_id")),
    )
    op.create_table(
        "reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("relation", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("last_letter_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "relation IN ('host', 'supervisor', 'colleague', 'teacher', 'other')", name=op.f("ck_reference_relation")
        ),
        sa.CheckConstraint(
            "state IN ('named', 'asked', 'answered', 'declined', 'withdrawn')", name=op.f("ck_reference_state")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_reference_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference")),
    )
    op.create_index(op.f("ix_reference_application_id"), "reference", ["application_id"])
    op.create_table(
        "scorecard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seat BETWEEN 1 AND 2", name=op.f("ck_scorecard_seat")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_scorecard_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["rater_id"], ["user.id"], name=op.f("fk_scorecard_rater_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard")),
        sa.UniqueConstraint("application_id", "rater_id", name=op.f("uq_scorecard_application_id_rater_id")),
        sa.UniqueConstraint("application_id", "seat", name=op.f("uq_scorecard_application_id_seat")),
    )
    op.create_index(op.f("ix_scorecard_application_id"), "scorecard", ["application_id"])
    op.create_table(
        "reference_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("misconduct", sa.String(length=40), nullable=False),
        sa.Column("misconduct_words", sa.Text(), nullable=False),
        sa.Column("may_be_read", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_by_id", sa.Integer(), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_words", sa.Text(), nullable=False),
        sa.CheckConstraint("(looked_at IS NULL) = (looked_words = '')", name=op.f("ck_reference_answer_look_is_whole")),
        sa.CheckConstraint(
            "misconduct <> 'yes' OR misconduct_words <> ''", name=op.f("ck_reference_answer_yes_has_words")
        ),
        sa.CheckConstraint(
            "misconduct IN ('not_asked', 'no', 'yes', 'cannot_say')", name=op.f("ck_reference_answer_misconduct")
        ),
        sa.ForeignKeyConstraint(
            ["looked_by_id"], ["user.id"], name=op.f("fk_reference_answer_looked_by_id_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reference_id"],
            ["reference.id"],
            name=op.f("fk_reference_answer_reference_id_reference"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_answer")),
        sa.UniqueConstraint("reference_id", name=op.f("uq_reference_answer_reference_id")),
    )
    op.create_table(
        "reference_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference_id"],
            ["reference.id"],
            name=op.f("fk_reference_link_reference_id_reference"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_reference_link_token_hash")),
    )
    op.create_index(op.f("ix_reference_link_reference_id"), "reference_link", ["reference_id"])
    op.create_table(
        "scorecard_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("competency", sa.String(length=40), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 4", name=op.f("ck_scorecard_line_score")),
        sa.ForeignKeyConstraint(
            ["card_id"], ["scorecard.id"], name=op.f("fk_scorecard_line_card_id_scorecard"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard_line")),
    )
    op.create_index(op.f("ix_scorecard_line_card_id"), "scorecard_line", ["card_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("scorecard_line")
    op.drop_table("reference_link")
    op.drop_table("reference_answer")
    op.drop_table("scorecard")
    op.drop_table("reference")
    op.drop_table("conduct_declaration")
    op.drop_table("application_answer")
    op.drop_table("question")
    op.drop_table("question_set")
