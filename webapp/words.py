"""Words that wait for their reader: services speak in these, pages translate them (no Flask needed below)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Words:
    """A sentence in English with named values (`%(name)s`), to be translated where it is printed."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the English sentence, for logs and the command line."""
        return self.text % self.values if self.values else self.text


def lazy(text: str, **values: Any) -> Words:
    """Mark `text` for translation and keep its values; `pybabel extract -k lazy` finds it."""
    return Words(text, values)
