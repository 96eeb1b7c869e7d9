"""The data map: for each column whose it is, why and how long it is kept, and what happens with it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from webapp.config import ROOT

FILE = ROOT / "data" / "privacy" / "map.toml"
# What erasure does with the rows of a person. `held`: emptied as soon as what they are about is over.
ERASURES = ("deleted", "emptied", "held", "kept", "stays")


@dataclass(frozen=True)
class Mapped:
    """A table. `way`: its columns that lead to the person, `id` where the table itself is the person's.

    Of its columns, `keys` and `facts` stay when a person is erased, `goes` and `hidden` are emptied; a copy holds
    `facts` and `goes`. `inner` stays and is in no copy. `copy_once_ended`: rows that judge somebody are in a copy only
    once the application has ended. `protected` says how a column is kept from those who can read
    the database. Of a `sensitive` table, the words in `sealed` lie encrypted under DATA_KEY, and `clear` says of every
    other why it does not.
    """

    whose: str
    why: str
    kept: str
    erasure: str
    way: tuple[str, ...] = ()
    copy: bool = True
    copy_if: MappingProxyType[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    copy_once_ended: bool = False
    keys: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    goes: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    protected: MappingProxyType[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sensitive: bool = False
    sealed: tuple[str, ...] = ()
    clear: MappingProxyType[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def columns(self) -> list[str]:
        """Return every column that the map names."""
        return [*self.keys, *self.facts, *self.goes, *self.hidden, *self.inner]


@cache
def data_map() -> dict[str, Mapped]:
    """Read the map: table by table."""
    with FILE.open("rb") as file:
        return {name: Mapped(**{key: _frozen(value) for key, value in said.items()}) for name, said in _load(file)}


def _load(file: Any) -> list[tuple[str, dict[str, Any]]]:
    return list(tomllib.load(file).items())


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return MappingProxyType(value) if isinstance(value, dict) else value
