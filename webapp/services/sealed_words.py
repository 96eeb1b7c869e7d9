"""Words that lie encrypted in columns, from an old DATA_KEY to a new one."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Integer, Table, TableClause, Text, bindparam, column, select, table, update
from sqlalchemy.orm import Session

from webapp.models import Base
from webapp.models.sealed import Encrypted, Unreadable, close, open_with

AT_ONCE = 500
WITNESSES = 3  # words of a column that tell under which key the database lies


def sealed_columns() -> dict[Table, list[str]]:
    """Return the names of the columns whose words lie encrypted, by table."""
    found: dict[Table, list[str]] = {}
    for one in Base.metadata.sorted_tables:
        names = [it.name for it in one.columns if isinstance(it.type, Encrypted)]
        if names:
            found[one] = names
    return found


def reads(session: Session, key: str) -> bool | None:
    """Return whether a key opens any of the newest words of each column; None where no words lie there."""
    found = [words for one, names in sealed_columns().items() for words in _newest(session, one.name, names)]
    return any(_opens(key, words) for words in found) if found else None


def _newest(session: Session, name: str, names: list[str]) -> Iterator[str]:
    raw = _as_stored(name, names)
    for which in names:
        query = select(raw.c[which]).where(raw.c[which] != "").order_by(raw.c.id.desc()).limit(WITNESSES)
        yield from session.scalars(query)


def _opens(key: str, sealed: str) -> bool:
    try:
        open_with(key, sealed)
    except Unreadable:
        return False
    return True


def _as_stored(name: str, names: list[str]) -> TableClause:
    """Return a table as the database has it: the model would open its words under the one key that is in use."""
    return table(name, column("id", Integer), *(column(one, Text) for one in names))


def rotate(session: Session, old_key: str, new_key: str) -> None:
    """Bring all words under the new key; what cannot be read stays as it is, and its page says so."""
    for one, names in sealed_columns().items():
        _rotate_table(session, _as_stored(one.name, names), names, (old_key, new_key))


def _rotate_table(session: Session, raw: TableClause, names: list[str], keys: tuple[str, str]) -> None:
    setting = update(raw).where(raw.c.id == bindparam("which"))
    setting = setting.values({name: bindparam(f"new_{name}") for name in names})
    rows = select(raw).order_by(raw.c.id).limit(AT_ONCE)
    after = 0
    while found := session.execute(rows.where(raw.c.id > after)).mappings().all():
        after = found[-1]["id"]
        words = [{f"new_{name}": _under(keys, row[name]) for name in names} | {"which": row["id"]} for row in found]
        session.connection().execute(setting, words)


def _under(keys: tuple[str, str], sealed: str | None) -> str | None:
    """Return words that lie under the first key as they lie under the second."""
    try:
        return close(keys[1], open_with(keys[0], sealed)) if sealed else sealed
    except Unreadable:
        return sealed
