"""Reasons of matches lie compressed, only matches that are shown stand in the indexes for lists, and a run says how
long it will take.

A ranking of everything changes each of its rows three times; among half a million, pages and indexes of gigabytes were
written anew, and whoever saved something meanwhile waited for half a minute.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

AT_ONCE = 5_000


def upgrade() -> None:
    """Go up."""
    op.add_column("match_run", sa.Column("seconds_left", sa.Integer(), nullable=True))
    for name in ("ix_match_of_assignment", "ix_match_of_volunteer", "ix_match_run_id"):
        op.drop_index(name, "match")
    _change(sa.LargeBinary(), sa.JSON(), _packed)
    shown: dict[str, Any] = {"sqlite_where": sa.text("is_current = 1"), "postgresql_where": sa.text("is_current")}
    ordered = ["volunteer_id", "status", "band", "lot", "assignment_id"]
    op.create_index("ix_match_of_assignment", "match", ["assignment_id", "status", "score"], **shown)
    op.create_index("ix_match_of_volunteer", "match", ordered, **shown)
    op.create_index("ix_match_assignment_id", "match", ["assignment_id"])
    op.create_index("ix_match_volunteer_id", "match", ["volunteer_id"])


def downgrade() -> None:
    """Go back."""
    for name in ("ix_match_of_assignment", "ix_match_of_volunteer", "ix_match_assignment_id", "ix_match_volunteer_id"):
        op.drop_index(name, "match")
    _change(sa.JSON(), sa.LargeBinary(), _unpacked)
    op.create_index("ix_match_run_id", "match", ["run_id"])
    op.create_index("ix_match_of_assignment", "match", ["assignment_id", "is_current", "status", "score"])
    op.create_index(
        "ix_match_of_volunteer", "match", ["volunteer_id", "is_current", "status", "band", "lot", "assignment_id"]
    )
    op.drop_column("match_run", "seconds_left")


def _packed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _unpacked(value: bytes) -> Any:
    return json.loads(zlib.decompress(value))


def _change(new: sa.types.TypeEngine[Any], old: sa.types.TypeEngine[Any], written: Callable[[Any], Any]) -> None:
    """Write the reasons of all matches into a column of another kind, which takes the place of the old one."""
    blank = "'[]'" if isinstance(new, sa.JSON) else "''"
    op.add_column("match", sa.Column("written", new, nullable=False, server_default=sa.text(blank)))
    table = sa.table("match", sa.column("id"), sa.column("reasons", old), sa.column("written", new))
    setting = sa.update(table).where(table.c.id == sa.bindparam("number")).values(written=sa.bindparam("told"))
    connection, last = op.get_bind(), 0
    query = sa.select(table.c.id, table.c.reasons).where(table.c.id > sa.bindparam("last")).order_by(table.c.id)
    while rows := connection.execute(query.limit(AT_ONCE), {"last": last}).all():
        connection.execute(setting, [{"number": row.id, "told": written(row.reasons)} for row in rows])
        last = rows[-1].id
    # No table in the place of the old one: words on matches would lose the match that they are about.
    op.drop_column("match", "reasons")
    op.execute('ALTER TABLE "match" RENAME COLUMN written TO reasons')
    if connection.dialect.name == "postgresql":
        op.alter_column("match", "reasons", server_default=None)
