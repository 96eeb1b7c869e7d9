"""The table of permissions as a page that people read: docs/permissions.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from webapp.permissions.table import EVERYTHING, Action, Table

HEAD = """# Who may do what

Made from `webapp/permissions/table.toml` by `python -m webapp.permissions`; change it there. Pages, services and tests
ask that table ([ADR 26](adr/0026-permissions-are-one-table.md)). What is not given here is not given. What belongs to
somebody else answers as if it did not exist.
"""
EVERYBODY, EVERY_ACCOUNT = "everybody", "every account"


def page(table: Table) -> str:
    """Return the whole page."""
    lines = [HEAD, "## Roles", "", *_list(table.roles), "", "## How somebody stands to it", ""]
    lines += ["Where several could hold for a person, the first one counts.", "", *_list(table.relations), ""]
    lines += ["## What can be given apart", "", *_list(table.fields), ""]
    lines += ["## What it gives", "", "| to | role | if | what of it |", "|---|---|---|---|"]
    lines += [row for action in table.actions.values() for row in _rows(action, table)]
    return "\n".join(lines) + "\n"


def _list(meanings: Mapping[str, str]) -> list[str]:
    return [f"- `{name}`: {meaning}" for name, meaning in meanings.items()]


def _rows(action: Action, table: Table) -> Iterator[str]:
    """Yield a row for each relation; what all roles have alike is one."""
    given = [(role, relation, one) for role, held in action.gives.items() for relation, one in held.items()]
    alike = {(relation, one) for _role, relation, one in given}
    everybody = {len(table.roles): EVERYBODY, len(table.roles) - 1: EVERY_ACCOUNT}.get(len(action.gives), "")
    if everybody and len(alike) == 1:
        given = [(everybody, *alike.pop())]
    for role, relation, one in given:
        what = "all" if EVERYTHING in one else ", ".join(sorted(one)).replace("_", " ")
        yield f"| {action.says} | {role.replace('_', ' ')} | `{relation}` | {what} |"
