"""Reads the table of permissions, and refuses one that says less or more than it seems to say."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ANONYMOUS = "anonymous"
EVERYTHING = "*"
EVERYONE, ACCOUNTS = "everyone", "accounts"
WITHOUT_BLUEPRINT = "app"  # how the table writes the endpoints that belong to no blueprint

Gives = Mapping[str, Mapping[str, frozenset[str]]]


class TableError(ValueError):
    """The table names what it does not explain, or names something twice."""


@dataclass(frozen=True)
class Action:
    """What can be done; `gives` is role -> relation -> fields, in the order in which relations count."""

    name: str
    says: str
    gives: Gives
    pages: Mapping[str, frozenset[str]]  # endpoint -> roles that open it


@dataclass(frozen=True)
class Table:
    """All roles, relations and fields, each with what it means, and all actions by name."""

    roles: Mapping[str, str]
    relations: Mapping[str, str]
    fields: Mapping[str, str]
    actions: Mapping[str, Action]
    by_page: Mapping[str, Action]  # by endpoint


def read(text: str) -> Table:
    """Read a table; TableError says what is wrong in it."""
    cells = tomllib.loads(text)
    roles, relations, fields = (cells.pop(name) for name in ("roles", "relations", "fields"))
    actions: dict[str, Action] = {}
    by_page: dict[str, Action] = {}
    for thing, verbs in cells.items():
        for verb, cell in verbs.items():
            action = actions[f"{thing}.{verb}"] = _action(f"{thing}.{verb}", cell, roles, list(relations))
            _check_fields(action, fields)
            if twice := by_page.keys() & action.pages.keys():
                raise TableError(f"{action.name} names pages of another action: {sorted(twice)}")
            by_page.update(dict.fromkeys(action.pages, action))
    return Table(roles, relations, fields, actions, by_page)


def _action(name: str, cell: dict[str, Any], roles: Mapping[str, str], relations: list[str]) -> Action:
    says, pages = cell.pop("says"), cell.pop("pages", {})
    gives: dict[str, dict[str, frozenset[str]]] = {}
    for written, given in cell.items():
        for role in _meant(name, written, roles):
            if unknown := set(given) - set(relations):
                raise TableError(f"{name} names relations that are not explained: {sorted(unknown)}")
            inorder = sorted(given, key=relations.index)
            gives.setdefault(role, {}).update({one: frozenset(given[one].split()) for one in inorder})
    return Action(name, says, gives, dict(_pages(name, pages, gives, roles)))


def _check_fields(action: Action, fields: Mapping[str, str]) -> None:
    given = {one for held in action.gives.values() for some in held.values() for one in some}
    if unknown := given - fields.keys() - {EVERYTHING}:
        raise TableError(f"{action.name} names fields that are not explained: {sorted(unknown)}")


def _meant(name: str, written: str, roles: Mapping[str, str]) -> list[str]:
    if written in (EVERYONE, ACCOUNTS):
        return [role for role in roles if written == EVERYONE or role != ANONYMOUS]
    if written not in roles:
        raise TableError(f"{name} names a role that is not explained: {written}")
    return [written]


def _pages(
    name: str, pages: Mapping[str, str], gives: Gives, roles: Mapping[str, str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each endpoint with who opens it: in a role's blueprint that role, elsewhere all that the action names."""
    for blueprint, written in pages.items():
        if blueprint in roles and blueprint not in gives:
            raise TableError(f"{name} has pages of a role to which it gives nothing: {blueprint}")
        opened_by = frozenset({blueprint} if blueprint in roles else gives)
        for page in written.split():
            yield page if blueprint == WITHOUT_BLUEPRINT else f"{blueprint}.{page}", opened_by
