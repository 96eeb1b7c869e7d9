"""Sensitive facts have a consent of their own. Nobody is given it: what is stored stays, and the next storing asks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _allow("purpose IN ('matching', 'abroad', 'alumni', 'sensitive')")


def downgrade() -> None:
    """Go back: these consents go, since the place before knows no such purpose."""
    op.execute(sa.text("DELETE FROM consent WHERE purpose = 'sensitive'"))
    _allow("purpose IN ('matching', 'abroad', 'alumni')")


def _allow(purposes: str) -> None:
    triggers = _triggers()
    with op.batch_alter_table("consent") as batch:
        batch.drop_constraint(op.f("ck_consent_purpose"), type_="check")
        batch.create_check_constraint(op.f("ck_consent_purpose"), purposes)
    for statement in triggers:
        op.execute(sa.text(statement))


def _triggers() -> list[str]:
    """Return the triggers that go with the table where SQLite makes it anew: they draw stamps of profiles."""
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return []
    found = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'consent' ORDER BY name")
    return list(bind.execute(found).scalars())
