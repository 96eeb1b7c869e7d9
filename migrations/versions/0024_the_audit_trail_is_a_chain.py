"""Each event of the audit trail follows the one before by its hash, and the database refuses to change one."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from webapp.config import config_from_environment

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ACTOR = "fk_audit_event_actor_id_user"
AT_ONCE = 1000
EVENT = sa.table(
    "audit_event",
    sa.column("id", sa.Integer),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("actor_id", sa.Integer),
    sa.column("vio_id", sa.Integer),
    sa.column("action", sa.String),
    sa.column("subject_kind", sa.String),
    sa.column("subject_id", sa.Integer),
    sa.column("detail", sa.JSON),
    sa.column("seq", sa.Integer),
    sa.column("prev_hash", sa.String),
    sa.column("hash", sa.String),
)
HEAD = sa.table(
    "audit_head",
    sa.column("id", sa.Integer),
    sa.column("seq", sa.Integer),
    sa.column("hash", sa.String),
    sa.column("mark", sa.String),
)
# An event without a place is of the transaction that writes it, and gets its place at the end of that.
SQLITE = (
    "CREATE TRIGGER audit_event_stays BEFORE UPDATE ON audit_event WHEN OLD.seq IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'an audit event is never changed'); END",
    "CREATE TRIGGER audit_event_remains BEFORE DELETE ON audit_event "
    "BEGIN SELECT RAISE(ABORT, 'an audit event is never deleted'); END",
    "CREATE TRIGGER audit_event_is_new BEFORE INSERT ON audit_event "
    "WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'an audit event is never replaced'); END",
    "CREATE TRIGGER audit_head_remains BEFORE DELETE ON audit_head "
    "BEGIN SELECT RAISE(ABORT, 'the end of the audit trail is never deleted'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'an audit event is never changed or deleted'; END $$",
    "CREATE TRIGGER audit_event_stays BEFORE UPDATE ON audit_event FOR EACH ROW "
    "WHEN (OLD.seq IS NOT NULL) EXECUTE FUNCTION audit_stays()",
    "CREATE TRIGGER audit_event_remains BEFORE DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_stays()",
    "CREATE TRIGGER audit_event_is_kept BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT "
    "EXECUTE FUNCTION audit_stays()",
    "CREATE TRIGGER audit_head_remains BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_stays()",
)


def upgrade() -> None:
    """Go up: what was written before gets its place by its number."""
    with op.batch_alter_table("audit_event") as batch:
        batch.drop_constraint(ACTOR, type_="foreignkey")
        batch.add_column(sa.Column("seq", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("prev_hash", sa.String(64), nullable=False, server_default=""))
        batch.add_column(sa.Column("hash", sa.String(64), nullable=False, server_default=""))
        batch.create_unique_constraint(op.f("uq_audit_event_seq"), ["seq"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    number, last = _chain(op.get_bind())
    op.get_bind().execute(HEAD.insert().values(id=1, seq=number, hash=last, mark=_mark(number, last)))
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(sa.text(statement))


def _chain(bind: sa.Connection) -> tuple[int, str]:
    """Give every event its place; return how many there are, with the last hash."""
    number, last, after = 0, "", 0
    setting = EVENT.update().where(EVENT.c.id == sa.bindparam("which"))
    setting = setting.values({name: sa.bindparam(f"new_{name}") for name in ("seq", "prev_hash", "hash")})
    while rows := bind.execute(EVENT.select().where(EVENT.c.id > after).order_by(EVENT.c.id).limit(AT_ONCE)).all():
        places = []
        for row in rows:
            number, before, after = number + 1, last, row.id
            last = _digest(row, number, before)
            places.append({"which": row.id, "new_seq": number, "new_prev_hash": before, "new_hash": last})
        bind.execute(setting, places)
    return number, last


def _digest(row: Any, number: int, before: str) -> str:
    """As services/audit_chain.py had it when this step was written."""
    content = {
        "seq": number,
        "before": before,
        "id": row.id,
        "at": _utc(row.at).isoformat(timespec="microseconds"),
        "actor": row.actor_id,
        "vio": row.vio_id,
        "action": row.action,
        "subject": [row.subject_kind, row.subject_id],
        "detail": row.detail,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _mark(number: int, last: str) -> str:
    """Return the mark of the chain's end, as the service makes it."""
    given = op.get_context().config
    data_key = given.attributes.get("data_key") if given else None
    key = hashlib.sha256(f"audit {data_key or config_from_environment().data_key}".encode()).digest()
    return hmac.new(key, f"{number} {last}".encode(), "sha256").hexdigest()


def downgrade() -> None:
    """Go back: events lose the chain, and the actor where the account is gone."""
    bind = op.get_bind()
    tables = {
        "audit_event_stays": "audit_event",
        "audit_event_remains": "audit_event",
        "audit_event_is_new": "audit_event",
        "audit_event_is_kept": "audit_event",
        "audit_head_remains": "audit_head",
    }
    for name, table in tables.items():
        place = "" if bind.dialect.name == "sqlite" else f" ON {table}"
        op.execute(sa.text(f"DROP TRIGGER IF EXISTS {name}{place}"))
    if bind.dialect.name == "postgresql":
        op.execute(sa.text("DROP FUNCTION audit_stays()"))
    op.drop_table("audit_head")
    op.execute(sa.text('UPDATE audit_event SET actor_id = NULL WHERE actor_id NOT IN (SELECT id FROM "user")'))
    with op.batch_alter_table("audit_event") as batch:
        batch.drop_constraint(op.f("uq_audit_event_seq"), type_="unique")
        for name in ("seq", "prev_hash", "hash"):
            batch.drop_column(name)
        batch.create_foreign_key(ACTOR, "user", ["actor_id"], ["id"], ondelete="SET NULL")
