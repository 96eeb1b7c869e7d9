"""Words that lie encrypted in their column, under a key that is made of DATA_KEY and is not in the database."""

from __future__ import annotations

from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import operators

from webapp.db import data_key_in_use
from webapp.keys import fernet_key
from webapp.plain import one_line

USE = "words in columns"
_EQUALS = (operators.eq, operators.ne, operators.is_, operators.is_not)


class Unreadable(LookupError):
    """The words were changed in the database, or lie under another DATA_KEY."""


class Encrypted(TypeDecorator[str]):
    """A text that only who has DATA_KEY can read. Nothing (None, "") stays as it is, so that it can be asked for.

    With `line` it is kept as one plain line of at most so many letters, as OneLine does it. The database cannot look
    into it: any other comparison than with nothing is a TypeError.
    """

    impl = Text
    cache_ok = True

    def __init__(self, line: int | None = None) -> None:
        super().__init__()
        self.line = line

    class Comparator(TypeDecorator.Comparator[str]):
        """Compares with nothing, and refuses all else."""

        def operate(self, op: Any, *other: Any, **options: Any) -> Any:
            """Refuse what would compare, sort or search what is encrypted."""
            if op not in _EQUALS or other[0] not in ("", None):
                raise TypeError(f"{self.expr} lies encrypted: ask the database whether it is empty, and nothing else")
            return super().operate(op, *other, **options)

    @property
    def is_one_line(self) -> bool:
        """Whether it is kept as one plain line, as OneLine is."""
        return self.line is not None

    comparator_factory = Comparator

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypt what is more than nothing; ValueError for a line that is too long."""
        plain = _line(value, self.line) if value and self.line is not None else value
        return close(data_key_in_use(), plain) if plain else plain

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Decrypt; Unreadable where it is not as it was put in, or lies under another key."""
        return open_with(data_key_in_use(), value) if value else value


def close(data_key: str, text: str) -> str:
    """Return words as they lie in a column."""
    return _fernet(data_key).encrypt(text.encode()).decode()


def open_with(data_key: str, sealed: str) -> str:
    """Return the words that lie in a column; Unreadable where it is not as it was put in, or lies under another key."""
    try:
        return _fernet(data_key).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable(
            "Words in the database cannot be read: they lie under another DATA_KEY, or were changed there."
        ) from error


@cache
def _fernet(data_key: str) -> Fernet:
    return Fernet(fernet_key(USE, data_key))


def _line(value: str, longest: int) -> str:
    plain = one_line(value)
    if len(plain) > longest:
        raise ValueError(f"A line of {len(plain)} letters does not fit: at most {longest}")
    return plain
