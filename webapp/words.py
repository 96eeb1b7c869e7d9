"""Words that wait for their reader: services speak in these, pages and letters say them (no Flask needed below)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Words:
    """A sentence in English with named values (`%(name)s`), to be translated where it is printed.

    A value may itself be words, a day or a moment, or a function that names a thing in a language.
    """

    text: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the English sentence, for logs and the command line."""
        return self.text % self.values if self.values else self.text


@dataclass(frozen=True)
class Counted(Words):
    """A sentence about a number: `text` where it is one, `many` where not; other languages have more forms."""

    many: str = ""
    number: int = 0

    def __str__(self) -> str:
        """Return the English sentence, for logs and the command line."""
        return (self.text if self.number == 1 else self.many) % self.values


def lazy(text: str, **values: Any) -> Words:
    """Mark `text` for translation and keep its values; `pybabel extract -k lazy` finds it."""
    return Words(text, values)


def counted(one: str, many: str, number: int, **values: Any) -> Words:
    """Mark a sentence about `number`, which both forms may name; `pybabel extract -k counted:1,2` finds it."""
    return Counted(one, {"number": number, **values}, many, number)


def joined(parts: Iterable[Any], by: str = "\n\n") -> Words:
    """Return words that are several, one after the other; a part may be all that a value may be."""
    values = {f"part{place}": part for place, part in enumerate(parts)}
    return Words(by.join(f"%({name})s" for name in values), values)
