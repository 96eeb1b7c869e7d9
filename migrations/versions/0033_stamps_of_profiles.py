"""A stamp for each profile that changes with it: what is worked out from a profile elsewhere tells by it if it is old.

The database sets the stamps, whoever writes. A stamp is drawn and not counted, so that none comes twice after a
rollback or a restored backup.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

READ = (
    "vio_id, residence, experience, anywhere, stay_min_weeks, stay_max_weeks, on_site, online, online_hours, "
    "online_from, online_to, time_zone, causes"
)
PARTS = (
    "volunteer_skill",
    "licence",
    "volunteer_language",
    "availability_window",
    "country_wish",
    "earlier_service",
    "consent",
)
# How the two kinds of databases draw a whole number of more than 50 bits.
DRAWN = {"sqlite": "random()", "postgresql": "CAST(random() * 9007199254740992 AS bigint)"}
OF_VIO = "volunteer_id IN (SELECT id FROM volunteer WHERE vio_id = NEW.id)"
OF_PART = "volunteer_id IN (OLD.volunteer_id, NEW.volunteer_id)"


def _drawn_for(kind: str, where: str) -> str:
    return " ".join(["UPDATE profile_stamp SET stamp =", DRAWN[kind], "WHERE", where])


def _made(kind: str) -> str:
    return " ".join(["INSERT INTO profile_stamp (volunteer_id, stamp) VALUES (NEW.id,", DRAWN[kind], ")"])


def _sqlite() -> list[str]:
    def on(name: str, event: str, where: str) -> str:
        return f"CREATE TRIGGER {name} AFTER {event} BEGIN {_drawn_for('sqlite', where)}; END"

    found = [
        f"CREATE TRIGGER volunteer_is_stamped AFTER INSERT ON volunteer BEGIN {_made('sqlite')}; END",
        on("volunteer_stamp", f"UPDATE OF {READ} ON volunteer", "volunteer_id = NEW.id"),
        on("vio_stamp", "UPDATE OF no_go ON vio", OF_VIO),
    ]
    for table in PARTS:
        found += [
            on(f"{table}_stamp_insert", f"INSERT ON {table}", "volunteer_id = NEW.volunteer_id"),
            on(f"{table}_stamp_update", f"UPDATE ON {table}", OF_PART),
            on(f"{table}_stamp_delete", f"DELETE ON {table}", "volunteer_id = OLD.volunteer_id"),
        ]
    return found


def _postgresql() -> list[str]:
    def function(name: str, body: str) -> str:
        return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NULL; END $$"

    def on(name: str, event: str, called: str) -> str:
        return f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW EXECUTE FUNCTION {called}()"

    found = [
        function("profile_made", _made("postgresql")),
        function("profile_changed", _drawn_for("postgresql", "volunteer_id = NEW.id")),
        # A row that is not there is NULL: of an insertion the old one, of a deletion the new one.
        function("profile_part_changed", _drawn_for("postgresql", OF_PART)),
        function("profile_vio_changed", _drawn_for("postgresql", OF_VIO)),
        on("volunteer_is_stamped", "INSERT ON volunteer", "profile_made"),
        on("volunteer_stamp", f"UPDATE OF {READ} ON volunteer", "profile_changed"),
        on("vio_stamp", "UPDATE OF no_go ON vio", "profile_vio_changed"),
    ]
    return found + [
        on(f"{table}_stamp", f"INSERT OR UPDATE OR DELETE ON {table}", "profile_part_changed") for table in PARTS
    ]


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "profile_stamp",
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=True),
        sa.Column("kept_stamp", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_profile_stamp_volunteer_id_volunteer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("volunteer_id", name=op.f("pk_profile_stamp")),
    )
    kind = op.get_bind().dialect.name
    op.execute(" ".join(["INSERT INTO profile_stamp (volunteer_id, stamp) SELECT id,", DRAWN[kind], "FROM volunteer"]))
    for statement in _sqlite() if kind == "sqlite" else _postgresql():
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Go back."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    named = [("volunteer_is_stamped", "volunteer"), ("volunteer_stamp", "volunteer"), ("vio_stamp", "vio")]
    for table in PARTS:
        parts = [f"{table}_stamp_{event}" for event in ("insert", "update", "delete")]
        named += [(name, table) for name in (parts if is_sqlite else [f"{table}_stamp"])]
    for name, table in named:
        op.execute(sa.text(f"DROP TRIGGER IF EXISTS {name}" + ("" if is_sqlite else f" ON {table}")))
    if not is_sqlite:
        for name in ("profile_made", "profile_changed", "profile_part_changed", "profile_vio_changed"):
            op.execute(sa.text(f"DROP FUNCTION {name}()"))
    op.drop_table("profile_stamp")
