"""A statement that goes out with every page, as text in which words stand as literals."""

from __future__ import annotations

import re
from typing import Any, cast

from sqlalchemy import CompoundSelect, Executable, Select, TextClause, bindparam, column, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BindParameter

AnySelect = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
_NAMED = sqlite.dialect(paramstyle="named")
_LITERAL = re.compile(r"'(?:[^']|'')*'")


def for_database(statement: AnySelect, database: str) -> Executable:
    """Return a statement that brings columns: spelled out for SQLite, as it is for another database."""
    return spelled_out(statement) if database == "sqlite" else statement


def rows_for_database(statement: AnySelect, database: str) -> Executable:
    """Return a statement that brings days, lists and answers too, which take the types of its columns."""
    if database != "sqlite":
        return statement
    return spelled_out(statement).columns(*(column(one.name, one.type) for one in statement.selected_columns))


def spelled_out(statement: AnySelect) -> TextClause:
    """Return a statement for SQLite with its words, which are our own codes, spelled out; numbers and days are not.

    SQLite reads a statement anew each time it is sent, where a value beside it tells whether an index over some rows
    serves (`state = ?` beside an index of rows `WHERE state = 'made'`). A long one takes longer to read than to
    answer. With numbers beside it, the text is the same for many readers, and is read once for all of them.
    """
    told: Any = visitors.replacement_traverse(statement, {}, cast(Any, _literal))
    made = told.compile(dialect=_NAMED, compile_kwargs={"render_postcompile": True})
    # A colon within a word is no sign of a value beside the statement.
    told_plainly = _LITERAL.sub(lambda word: word[0].replace(":", r"\:"), str(made))
    types = {name: one.type for one, name in made.bind_names.items()}  # so that a day may be given later too
    given = made.params.items()
    return text(told_plainly).bindparams(*(bindparam(name, value, types.get(name)) for name, value in given))


def _literal(part: Any, **_kw: Any) -> Any:
    return part.render_literal_execute() if isinstance(part, BindParameter) and _is_words(part.value) else None


def _is_words(value: Any) -> bool:
    return all(isinstance(one, str) for one in value) if isinstance(value, list | tuple) else isinstance(value, str)
