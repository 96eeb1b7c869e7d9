"""Which steps over whole columns a process takes: compiled loops where these were loaded, else whole arrays.

Both find the same. Loading takes about a second, and the first time on a machine, and after each change of the library,
some more: so it is done when somebody opens a store, or in the background, and never by a ranking.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from matching.engine import arrays

_taken: list[ModuleType] = [arrays]


def steps() -> ModuleType:
    """Return what takes the steps."""
    return _taken[0]


def load() -> None:
    """Take compiled loops from now on, where the extra `fast` is installed."""
    if find_spec("numba") is not None:
        _taken[0] = import_module("matching.engine.fast")
