"""The data map names every column of the schema, and leaves no free text of a person standing."""

from __future__ import annotations

import pytest
from sqlalchemy import JSON, Table, Text

from webapp.models import Base
from webapp.models.base import OneLine
from webapp.models.sealed import Encrypted
from webapp.services.own_data.data_map import ERASURES, data_map

WORDS = (Text, OneLine, JSON, Encrypted)
TABLES = {table.name: table for table in Base.metadata.sorted_tables}
# Words that an office wrote about its work, not about the person; of codes, the kinds of marks that are alike, and the
# countries for which it lets one of its own act.
ABOUT_WORK = {"clearance.title", "bar_likeness.kinds", "user.delegated"}


def test_every_table_stands_in_the_map() -> None:
    assert set(data_map()) == set(TABLES)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_column_stands_in_the_map_once(name: str) -> None:
    mapped = data_map()[name]
    assert sorted(mapped.columns) == sorted(column.name for column in TABLES[name].columns), name
    assert mapped.whose and mapped.why and mapped.kept
    assert mapped.erasure in ERASURES
    assert set(mapped.way) <= set(mapped.keys)
    assert set(mapped.protected) <= set(mapped.columns)


def test_no_words_of_a_person_outlive_an_erasure() -> None:
    """A column of free text in a person's rows goes with them, or is named above with the reason."""
    standing = [
        f"{name}.{column}"
        for name, mapped in data_map().items()
        for column in (*mapped.facts, *mapped.inner, *mapped.keys)
        if mapped.way and mapped.erasure != "deleted" and isinstance(TABLES[name].c[column].type, WORDS)
    ]
    assert set(standing) == ABOUT_WORK


@pytest.mark.parametrize("name", sorted(TABLES))
def test_words_of_a_sensitive_table_lie_encrypted_or_the_map_says_why_not(name: str) -> None:
    mapped = data_map()[name]
    encrypted = {column.name for column in TABLES[name].columns if isinstance(column.type, Encrypted)}
    assert set(mapped.sealed) == encrypted
    assert set(mapped.clear) <= set(mapped.columns)
    assert mapped.sensitive or not (encrypted or mapped.clear)
    words = {column.name for column in TABLES[name].columns if isinstance(column.type, WORDS)}
    assert not mapped.sensitive or words <= {*mapped.sealed, *mapped.clear, *mapped.protected}


def test_whatever_points_at_a_person_has_a_way_or_is_no_persons_row() -> None:
    """A new table that points at a volunteer, or at what a volunteer has, cannot be forgotten."""
    forgotten = [name for name, table in TABLES.items() if _points_at_a_person(table) and not data_map()[name].way]
    assert sorted(forgotten) == ["bar_mark", "help_hand", "host_link", "incident"]  # of others, or outlive an erasure


def _points_at_a_person(table: Table) -> bool:
    roots = {name for name, mapped in data_map().items() if mapped.way and name != "user"}
    return any(key.column.table.name in roots for key in table.foreign_keys)
