"""Words that lie encrypted in columns, from an old DATA_KEY to a new one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, Table, Text, bindparam, column, select, table, update
from sqlalchemy.orm import Session

from webapp.models import Base
from webapp.models.sealed import Encrypted, Unreadable, close, open_with

AT_ONCE = 500


def sealed_columns() -> dict[Table, list[str]]:
    """Return the names of the columns whose words lie encrypted, by table."""
    found = {
        one: [it.name for it in one.columns if isinstance(it.type, Encrypted)] for one in Base.metadata.sorted_tables
    }
    return {one: names for one, names in found.items() if names}


def rotate(session: Session, old_key: str, new_key: str) -> None:
    """Bring all words under the new key; what cannot be read stays as it is, and its page says so."""
    for one, names in sealed_columns().items():
        _rotate_table(session, one.name, names, (old_key, new_key))


def _rotate_table(session: Session, name: str, names: list[str], keys: tuple[str, str]) -> None:
    # As the database has it: the model would open it under the one key that is in use.
    raw = table(name, column("id", Integer), *(column(one, Text) for one in names))
    setting = update(raw).where(raw.c.id == bindparam("which"))
    setting = setting.values({one: bindparam(f"new_{one}") for one in names})
    after = 0
    while (
        rows := session.execute(select(raw).where(raw.c.id > after).order_by(raw.c.id).limit(AT_ONCE)).mappings().all()
    ):
        after = rows[-1]["id"]
        changed: list[dict[str, Any]] = [
            {"which": row["id"], **{f"new_{one}": _under(keys, row[one]) for one in names}} for row in rows
        ]
        session.connection().execute(setting, changed)


def _under(keys: tuple[str, str], sealed: str | None) -> str | None:
    if not sealed:
        return sealed
    try:
        return close(keys[1], open_with(keys[0], sealed))
    except Unreadable:
        return sealed
