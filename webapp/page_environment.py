"""Jinja's environment of our pages."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class PageEnvironment(Environment):
    """As Flask's, but a template has the names that are common to all in a dictionary of its own.

    Jinja's has two layers, for names that come later, and looks through both, name by name, for each import of each
    page. All of ours are there before the first template is read.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the names for a template, those of its own before those of all."""
        return {**self.globals, **(d or {})}
