"""JSON that lies compressed: lists that are many, long and alike, and that no query looks into."""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlalchemy import Dialect, LargeBinary, TypeDecorator


class PackedJson(TypeDecorator[list[Any]]):
    """A list as JSON under zlib; a database need not rewrite pages of text where something short beside it changes."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> bytes | None:
        """Return what is stored; numbers come back from it to the last bit."""
        if value is None:
            return None
        return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> list[Any] | None:
        """Return the list that was stored."""
        return None if value is None else json.loads(zlib.decompress(value))
