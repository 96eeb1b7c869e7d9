"""The application as tests make it, often: its templates are compiled once for each process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from webapp import create_app
from webapp.config import Config


class Compiled(BytecodeCache):
    """Templates as code, kept in memory; a template that has changed since is compiled anew."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what was kept of its template."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what the bucket holds."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def make_app(config: Config, wake: Callable[[], Any] | None = None) -> Flask:
    """Return the application, which finds its templates compiled where another one of this process used them."""
    app = create_app(config, wake)
    app.jinja_env.bytecode_cache = COMPILED
    return app
