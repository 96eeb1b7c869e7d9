"""Who may do what: the table of `table.toml`, read once. Pages, services and tests ask here; no rule stands twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from webapp.permissions.table import ANONYMOUS, Action, Table, TableError, read

__all__ = [
    "ANONYMOUS",
    "Action",
    "Table",
    "TableError",
    "fields",
    "held",
    "may",
    "opens",
    "read",
    "relations",
    "roles_of",
    "table",
]

OPEN_TO_DELEGATED = {"delegated", "any", "self", "link"}
TABLE = Path(__file__).with_name("table.toml")


@cache
def table() -> Table:
    """Return the whole table."""
    return read(TABLE.read_text(encoding="utf-8"))


def roles_of(endpoint: str) -> frozenset[str]:
    """Return the roles that open a page; none for one that no action names."""
    action = table().by_page.get(endpoint)
    return action.pages[endpoint] if action else frozenset()


def opens(role: str, is_delegated: bool, endpoint: str) -> bool:
    """Whether a role opens a page; one with delegated countries only where the table names them, or asks nothing."""
    action = table().by_page.get(endpoint)
    if action is None or role not in action.pages[endpoint]:
        return False
    return not is_delegated or bool(OPEN_TO_DELEGATED & set(action.gives[role]))


def relations(action: str, role: str) -> tuple[str, ...]:
    """Return the relations that give a role something of an action, the one that counts first at first."""
    return tuple(table().actions[action].gives.get(role, {}))


def fields(action: str, role: str, relation: str | None) -> frozenset[str]:
    """Return what a relation gives a role; nothing where none holds."""
    return table().actions[action].gives.get(role, {}).get(relation or "", frozenset())


def held(action: str, role: str, holds: Mapping[str, Callable[..., bool]], *row: Any) -> str | None:
    """Return the first relation that gives a role something of an action and holds for the row, if one does."""
    return next((one for one in relations(action, role) if holds[one](*row)), None)


def may(action: str, role: str, *held: str | None) -> bool:
    """Whether one of the relations that hold gives a role the action, or a part of it."""
    return any(fields(action, role, relation) for relation in held)
