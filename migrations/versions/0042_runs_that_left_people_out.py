"""A run says whether it left people out for want of room, so that these are ranked when somebody looks at them, and
whether it was made by such a look; and words are found by their match, so that old matches can go.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

MOST = 100  # people of each state that a run kept of an assignment until now


def upgrade() -> None:
    """Go up."""
    for name in ("is_cut", "is_look"):
        op.add_column("match_run", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    run = sa.table("match_run", sa.column("id", sa.Integer()), sa.column("is_cut", sa.Boolean()))
    many = sa.select(sa.column("run_id", sa.Integer())).select_from(sa.table("exclusion"))
    many = many.where(sa.column("code").in_(("eligible", "near")), sa.column("people") > MOST)
    op.execute(sa.update(run).where(run.c.id.in_(many)).values(is_cut=sa.true()))
    cut: dict[str, Any] = {"sqlite_where": sa.text("is_cut = 1"), "postgresql_where": sa.text("is_cut")}
    op.create_index("ix_match_run_cut", "match_run", ["id"], **cut)
    op.create_index("ix_match_run_subject_id", "match_run", ["subject_id"])
    op.create_index("ix_review_match_id", "review", ["match_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_review_match_id", "review")
    op.drop_index("ix_match_run_subject_id", "match_run")
    op.drop_index("ix_match_run_cut", "match_run")
    for name in ("is_cut", "is_look"):
        op.drop_column("match_run", name)
